// `npm run release` with an SDK that is a few lines of shell, and stand-ins for the images that ESP-IDF makes.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { app, boards, bootloader, partitionTable, rows, images as standIns, version } from "./release-images.js";
import { mcconfig, run } from "./sdk.js";

const make = spawnSync("make", ["--version"]).status === 0;
const options = { skip: make ? false : "make is not installed" };

/** The images of a board, `changed` ones in place of the right ones. */
type Images = Record<string, Uint8Array | undefined>;

interface Released {
	status: number | null;
	stdout: string;
	stderr: string;
	files: string[];
	read(name: string): Buffer;
}

/** As if the commit were of that time, so that no git is needed. */
const time = { SOURCE_DATE_EPOCH: "1700000000" };

/** Releases with stand-ins; those of the C3 may be changed. */
function release(t: TestContext, changed: Images = {}, env: NodeJS.ProcessEnv = {}, ...words: string[]): Released {
	return releaseTree(t, { cwd: ".", of: version }, changed, env, ...words);
}

/** Releases the tree in the folder `cwd`, of the version `of`. */
function releaseTree(
	t: TestContext,
	{ cwd, of }: { cwd: string; of: string },
	changed: Images = {},
	env: NodeJS.ProcessEnv = {},
	...words: string[]
): Released {
	const images = mkdtempSync(join(tmpdir(), "dht-gauges-images-"));
	t.after(() => rmSync(images, { recursive: true }));
	for (const [board, { chip, id }] of Object.entries(boards)) {
		mkdirSync(join(images, board), { recursive: true });
		const all: Images = { ...standIns(id, of), ...(chip === "esp32c3" ? changed : {}) };
		for (const [name, bytes] of Object.entries(all)) if (bytes) writeFileSync(join(images, board, name), bytes);
	}
	const folder = join(images, "dist");
	const programs = { mcconfig: mcconfig("false"), "test-elf-gcc": "", "idf.py": "" };
	const ran = run(t, "release", words, {
		programs,
		cwd,
		env: { ...time, IMAGES: images, RELEASE_FOLDER: folder, ...env },
	});
	const files = readdirSync(images).includes("dist") ? readdirSync(folder).sort() : [];
	return { ...ran, files, read: name => readFileSync(join(folder, name)) };
}

const kinds = { bootloader: "-bootloader", "partition-table": "-partition-table", "ota-data": "-ota-data", app: "" };

test("all chips: the images, their sums, the manifest and the notes", options, t => {
	const { status, stderr, files, read } = release(t);
	deepEqual([status, stderr], [0, ""]);
	const images = Object.values(boards).flatMap(({ chip }) =>
		Object.values(kinds).map(kind => `dht-gauges-${version}-${chip}${kind}.bin`),
	);
	deepEqual(files, [...images, "SHA256SUMS", "manifest.json", "notes.md"].sort());
	const sum = (name: string) => createHash("sha256").update(read(name)).digest("hex");
	const sums = read("SHA256SUMS").toString().trim().split("\n");
	deepEqual(sums.sort(), images.map(name => `${sum(name)}  ${name}`).sort());
	const notes = read("notes.md").toString();
	for (const name of images) ok(notes.includes(`| \`${name}\` | ${read(name).length} | \`${sum(name)}\` |`), name);
});

test("the manifest writes each image where the chip reads it", options, t => {
	const { read } = release(t);
	const manifest = JSON.parse(read("manifest.json").toString());
	const offset = (name: string) => Number(rows.find(([row]) => row === name)![3]);
	deepEqual(manifest, {
		name: "dht-gauges",
		version,
		new_install_prompt_erase: true,
		new_install_improv_wait_time: 10,
		builds: Object.values(boards).map(({ chip, family, bootloader }) => ({
			chipFamily: family,
			parts: [
				{ path: `dht-gauges-${version}-${chip}-bootloader.bin`, offset: bootloader },
				{ path: `dht-gauges-${version}-${chip}-partition-table.bin`, offset: 0x8000 },
				{ path: `dht-gauges-${version}-${chip}.bin`, offset: offset("ota_0") },
				{ path: `dht-gauges-${version}-${chip}-ota-data.bin`, offset: offset("otadata") },
			],
		})),
	});
	for (const { parts } of manifest.builds as { parts: { path: string; offset: number }[] }[])
		parts.forEach(({ path, offset }, index) => {
			const next = parts[index + 1]?.offset ?? 4 << 20;
			ok(offset + read(path).length <= next, `${path} runs into what follows`);
		});
});

test("the same stand-ins give the same folder", options, t => {
	const [one, other] = [release(t), release(t)];
	deepEqual(one.files, other.files);
	for (const name of one.files) ok(one.read(name).equals(other.read(name)), name);
});

const commit = spawnSync("git", ["log", "-1", "--format=%ct"], { encoding: "utf8" }).stdout?.trim();

test("the compilers are given the commit's time", { skip: make && commit ? false : "make or git is missing" }, t => {
	const { read } = release(t, {}, { SOURCE_DATE_EPOCH: "" });
	match(read("notes.md").toString(), new RegExp(`ESP-IDF .*, SOURCE_DATE_EPOCH=${commit}\\.`));
});

/** What stands in for an image of the C3, and the line about it. */
const refused: [what: string, changed: Images, line: RegExp][] = [
	[
		"an app beyond its slot",
		{ "xs_esp32.bin": app(5, [0x1e0000]) },
		/app is refused: it has \d+ bytes, and ota_0 takes 1966080/,
	],
	["another chip's app", { "xs_esp32.bin": app(0) }, /app is refused: it is for ESP32, this is ESP32-C3/],
	["another version", { "xs_esp32.bin": app(5, [600], "0.0.1") }, /app is refused: it is version 0\.0\.1, not/],
	[
		"an app with a flipped bit",
		{ "xs_esp32.bin": app(5).map((byte, at) => (at === 300 ? byte ^ 1 : byte)) },
		/its digest is wrong/,
	],
	["an empty app", { "xs_esp32.bin": new Uint8Array() }, /app is refused: it is no firmware image/],
	["another chip's boot loader", { "bootloader.bin": bootloader(9) }, /bootloader is refused: it is for chip 9/],
	["a boot loader over the table", { "bootloader.bin": bootloader(5, { size: 0x8001 }) }, /it ends at 0x8001, beyond/],
	[
		"a boot loader for less flash",
		{ "bootloader.bin": bootloader(5, { flashMB: 2 }) },
		/says 2 MB of flash, and the partitions take 4 MB/,
	],
	[
		"another table",
		{ "partition-table.bin": partitionTable().fill(1, 4, 5) },
		/partition-table is refused: it is not that of partitions\.csv/,
	],
	[
		"data that start another slot",
		{ "ota_data_initial.bin": Buffer.alloc(0x2000) },
		/ota-data is refused: it is not blank/,
	],
	["too few data", { "ota_data_initial.bin": Buffer.alloc(0x1000, 0xff) }, /it has 4096 bytes, the partition 8192/],
];

for (const [what, changed, line] of refused)
	test(`refused: ${what}`, options, t => {
		const { status, stderr, files } = release(t, changed);
		deepEqual([status, files], [1, []]);
		match(stderr, line);
	});

test("a build that left an image out is refused, by the image's name", options, t => {
	const { status, stderr } = release(t, {}, { IMAGES: "/nowhere", FIRMWARE: "1" });
	equal(status, 1);
	match(stderr, /^esp32: the build left no bootloader\.bin, no partition-table\.bin, no ota_data_initial\.bin$/m);
});

test("a build with an owner's keys in it is refused", options, t => {
	for (const key of ["password", "ssid", "adminPassword", "accessPointPassword"]) {
		const { status, stderr, files } = release(t, {}, { CONFIG: `"${key}": "owners-own",` });
		deepEqual([status, files], [1, []]);
		match(stderr, new RegExp(`^esp32: ${key} is in the build, and a release is for everybody`, "m"));
	}
});

test("a build that a setting did not reach is refused: the boot loader must know how to go back", options, t => {
	const { status, stderr, files } = release(t, {}, { LOST: "ROLLBACK_ENABLE" });
	deepEqual([status, files], [1, []]);
	match(stderr, /^esp32: release: CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE is not set, y is wanted$/m);
});

test("a release takes no configuration", options, t => {
	const { status, stderr } = release(t, {}, {}, "password=secret-of-mine");
	equal(status, 2);
	match(stderr, /"password=secret-of-mine" is not allowed; a release takes no configuration/);
});

test("a tag of another version is refused", options, t => {
	const { status, stderr } = release(t, {}, {}, "--tag", "v0.0.1");
	deepEqual([status, stderr], [2, `the tag is v0.0.1, and package.json has version ${version}\n`]);
});

/** What a release reads of the project. */
const tree = [
	...[
		"CHANGELOG.md",
		"package.json",
		"package-lock.json",
		"manifest.json",
		"moddable.config.json",
		"partitions.csv",
		"main.ts",
	],
	...["modules", "www", "tools", "sdkconfig", "typings"],
	...readdirSync(".").filter(name => name.startsWith("tsconfig")),
];

test(
	"a release as docs/release.md says: the section becomes the version's, and the tag is the version's",
	options,
	t => {
		const cwd = mkdtempSync(join(tmpdir(), "dht-gauges-tree-"));
		t.after(() => rmSync(cwd, { recursive: true }));
		for (const name of tree) cpSync(name, join(cwd, name), { recursive: true });
		symlinkSync(resolve("node_modules"), join(cwd, "node_modules"));
		const of = "99.1.0";
		equal(spawnSync("npm", ["version", "--no-git-tag-version", of], { cwd }).status, 0);
		const next = "## [Unreleased]\n\n### Added\n\n- A way to the moon.\n";
		const changelog = readFileSync("CHANGELOG.md", "utf8").replace(
			/^## \[Unreleased\]\n[\s\S]*?(?=^## )/m,
			`${next}\n`,
		);
		const write = (text: string) => writeFileSync(join(cwd, "CHANGELOG.md"), text);
		write(changelog);
		const early = releaseTree(t, { cwd, of }, {}, {}, "--tag", `v${of}`);
		deepEqual([early.status, early.stderr], [2, `CHANGELOG.md has no section "## [${of}]"\n`]);
		write(changelog.replace("## [Unreleased]", `## [Unreleased]\n\n## [${of}] - 2026-12-24`));
		const { status, stderr, read } = releaseTree(t, { cwd, of }, {}, {}, "--tag", `v${of}`);
		deepEqual([status, stderr], [0, ""]);
		match(read("notes.md").toString(), /^### Added\n\n- A way to the moon\.\n\nBuilt with the Moddable SDK 8\.2\.3 /);
		equal(JSON.parse(read("manifest.json").toString()).version, of);
	},
);

test("a folder with something else in it is left alone", options, t => {
	const folder = mkdtempSync(join(tmpdir(), "dht-gauges-other-"));
	t.after(() => rmSync(folder, { recursive: true }));
	writeFileSync(join(folder, "thesis.txt"), "three years");
	const { status, stderr } = release(t, {}, { RELEASE_FOLDER: folder });
	equal(status, 2);
	match(stderr, /has no release in it, but thesis\.txt/);
	deepEqual(readdirSync(folder), ["thesis.txt"]);
});

test("without ESP-IDF: what was made and what was not, for each chip, and status 3", options, t => {
	const folder = mkdtempSync(join(tmpdir(), "dht-gauges-dist-"));
	t.after(() => rmSync(folder, { recursive: true }));
	const { status, stdout } = run(t, "release", [], {
		programs: { mcconfig: mcconfig() },
		env: { ...time, RELEASE_FOLDER: folder },
	});
	equal(status, 3);
	const rest =
		"made: types, mc.xs.c, resources; not made: bootloader.bin, partition-table.bin, ota_data_initial.bin, xs_esp32.bin";
	const why = "(test-elf-gcc is not on the PATH)";
	equal(
		stdout,
		Object.values(boards)
			.map(({ chip }) => `${chip.padEnd(8)} ${rest} ${why}\n`)
			.join(""),
	);
	deepEqual(readdirSync(folder), ["notes.md"]);
});

test("without the SDK: nothing is made, it says why, and status 3", t => {
	const folder = mkdtempSync(join(tmpdir(), "dht-gauges-dist-"));
	t.after(() => rmSync(folder, { recursive: true }));
	const { MODDABLE, ...others } = process.env;
	const env = { ...others, ...time, RELEASE_FOLDER: folder };
	const { status, stdout } = spawnSync(process.execPath, ["tools/release.mjs"], { encoding: "utf8", env });
	equal(status, 3);
	match(stdout, /^esp32 {4}not made: bootloader\.bin, .*\(MODDABLE is not set: /);
});
