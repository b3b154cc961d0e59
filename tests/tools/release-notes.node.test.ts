// What a release says of itself, from the changelog.

import { equal, throws } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { changelogSection } = await import(pathToFileURL(join("tools/release/notes.mjs")).href);

const changelog = (unreleased = "") => `# Changelog

## [Unreleased]

${unreleased}
## [1.1.0] - 2026-10-01

### Added

- A [thing](docs/thing.md), as [its site](https://example.org/) says.

## [1.0.0] - 2026-09-01

- First.
`;
const next = "- Next ([how](docs/next.md)).\n";

test("the section of the version, without its heading and without links that lead nowhere", () => {
	equal(
		changelogSection(changelog(), "1.1.0", true),
		"### Added\n\n- A thing, as [its site](https://example.org/) says.",
	);
	equal(changelogSection(changelog(), "1.0.0", true), "- First.");
});

test("a tag whose version has no section, or whose changes are in another one, is an error", () => {
	throws(() => changelogSection(changelog(next), "1.2.0", true), /CHANGELOG\.md has no section "## \[1\.2\.0\]"$/);
	throws(
		() => changelogSection(changelog(next), "1.1.0", true),
		/has entries in "## \[Unreleased\]", which are to be in "## \[1\.1\.0\]"$/,
	);
	throws(
		() => changelogSection("## [1.2.0] - 2026-11-01\n", "1.2.0", true),
		/no section "## \[1\.2\.0\]" with an entry$/,
	);
});

test("without a tag what is not released yet stands for the version, or the newest version does", () => {
	equal(changelogSection(changelog(next), "1.1.0", false), "- Next (how).");
	equal(changelogSection(changelog(), "1.0.0", false), "- First.");
});
