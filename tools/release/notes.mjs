// A release's notes: what CHANGELOG.md says of the version.

/**
 * @param allowUnreleased Whether the section `Unreleased` may stand for a version without one.
 * @returns The section without its heading. @throws {Error} There is none.
 */
export function changelogSection(
	/** @type {string} */ changelog,
	/** @type {string} */ version,
	/** @type {boolean} */ allowUnreleased,
) {
	const sections = changelog.split(/^## /m).slice(1);
	const of = (/** @type {string} */ name) => sections.find(section => section.startsWith(`[${name}]`));
	const found = of(version) ?? (allowUnreleased ? of("Unreleased") : undefined);
	if (found === undefined) throw new Error(`CHANGELOG.md has no section "## [${version}]"`);
	// Links to files would not resolve beside a release.
	const text = found.slice(found.indexOf("\n")).replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, "$1");
	return text.trim();
}

/** @typedef {{ path: string, bytes: number, sha256: string }} Listed */

/** @returns The notes in Markdown: the paragraphs, then the files with their sizes and sums. */
export function notes(/** @type {string[]} */ paragraphs, /** @type {readonly Listed[]} */ listed) {
	const rows = listed.map(({ path, bytes, sha256 }) => `| \`${path}\` | ${bytes} | \`${sha256}\` |`);
	const table = ["## Files", ["| file | bytes | SHA-256 |", "| --- | --- | --- |", ...rows].join("\n")];
	return `${[...paragraphs, ...(listed.length > 0 ? table : [])].join("\n\n")}\n`;
}
