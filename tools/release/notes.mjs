// A release's notes: what CHANGELOG.md says of the version.

/**
 * @param isTagged Whether the version is released now. Otherwise the section `Unreleased`, where it has something, is what a build has.
 * @returns The section without its heading. @throws {Error} There is none; a tag would leave out what is in `Unreleased`.
 */
export function changelogSection(
	/** @type {string} */ changelog,
	/** @type {string} */ version,
	/** @type {boolean} */ isTagged,
) {
	const sections = changelog.split(/^## /m).slice(1);
	const of = (/** @type {string} */ name) => {
		const found = sections.find(section => section.startsWith(`[${name}]`));
		// Links to files would not resolve beside a release.
		return found
			?.slice(found.indexOf("\n"))
			.replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, "$1")
			.trim();
	};
	const [own, unreleased] = [of(version), of("Unreleased")];
	if (isTagged && own && unreleased)
		throw new Error(`CHANGELOG.md has entries in "## [Unreleased]", which are to be in "## [${version}]"`);
	const found = isTagged ? own : unreleased || own;
	if (!found) throw new Error(`CHANGELOG.md has no section "## [${version}]"${own === "" ? " with an entry" : ""}`);
	return found;
}

/** @typedef {{ path: string, bytes: number, sha256: string }} Listed */

/** @returns The notes in Markdown: the paragraphs, then the files with their sizes and sums. */
export function notes(/** @type {string[]} */ paragraphs, /** @type {readonly Listed[]} */ listed) {
	const rows = listed.map(({ path, bytes, sha256 }) => `| \`${path}\` | ${bytes} | \`${sha256}\` |`);
	const table = ["## Files", ["| file | bytes | SHA-256 |", "| --- | --- | --- |", ...rows].join("\n")];
	return `${[...paragraphs, ...(listed.length > 0 ? table : [])].join("\n\n")}\n`;
}
