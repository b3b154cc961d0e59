// What a release says of itself, from the changelog.

import { equal, throws } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { changelogSection } = await import(pathToFileURL(join("tools/release/notes.mjs")).href);

const changelog = `# Changelog

## [Unreleased]

- Next ([how](docs/next.md)).

## [1.1.0] - 2026-10-01

### Added

- A [thing](docs/thing.md), as [its site](https://example.org/) says.

## [1.0.0] - 2026-09-01

- First.
`;

test("the section of the version, without its heading and without links that lead nowhere", () => {
	equal(
		changelogSection(changelog, "1.1.0", false),
		"### Added\n\n- A thing, as [its site](https://example.org/) says.",
	);
	equal(changelogSection(changelog, "1.0.0", false), "- First.");
});

test("a version without a section: for a tag an error, before it what is not released yet", () => {
	throws(() => changelogSection(changelog, "1.2.0", false), /CHANGELOG\.md has no section "## \[1\.2\.0\]"/);
	equal(changelogSection(changelog, "1.2.0", true), "- Next (how).");
});
