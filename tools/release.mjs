// `npm run release`: builds the firmware for every chip and puts what is installed and published into dist/. Ends with status 3
// where a tool is missing, and says what it could not make. `-- --tag v1.2.3` is for a release: the tag must be the version's.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./compile.mjs";
import { lacksLwip } from "./esp32/firmware.mjs";
import { lwipHeaders } from "./lwip/build.mjs";
import { buildImages } from "./release/build.mjs";
import { chips } from "./release/chips.mjs";
import { folderProblem, writeRelease } from "./release/folder.mjs";
import { files } from "./release/images.mjs";
import { changelogSection } from "./release/notes.mjs";
import { readCSV } from "./release/partitions.mjs";
import { prepare } from "./sdk.mjs";
import { findIDF, findMcconfig, findSDK } from "./toolchain.mjs";
import { refuse } from "./words.mjs";

/** @typedef {import("./release/folder.mjs").Build} Build */

const folder = resolve(root, process.env.RELEASE_FOLDER ?? "dist");
const read = (/** @type {string} */ file) => readFileSync(join(root, file), "utf8");
const { name, version } = JSON.parse(read("package.json"));
const partitions = readCSV(read("partitions.csv"));

/** @returns The version's section of the changelog, checked against what was typed. */
function section() {
	const [option, tag, ...more] = process.argv.slice(2);
	if (option !== undefined && (option !== "--tag" || tag === undefined || more.length > 0))
		refuse(
			`"${process.argv.slice(2).join(" ")}" is not allowed; a release takes no configuration, only --tag v${version}`,
		);
	if (tag !== undefined && tag !== `v${version}`) refuse(`the tag is ${tag}, and package.json has version ${version}`);
	try {
		return changelogSection(read("CHANGELOG.md"), version, tag !== undefined);
	} catch (error) {
		return refuse(/** @type {Error} */ (error).message);
	}
}

/** Compilers take the time for `__DATE__` from here: that of the commit, so that whoever builds it gets the same. */
function fixTime() {
	process.env.TZ = "UTC";
	if (process.env.SOURCE_DATE_EPOCH) return;
	const { stdout } = spawnSync("git", ["log", "-1", "--format=%ct"], { cwd: root, encoding: "utf8" });
	if (!stdout) refuse("git does not tell the commit's time: set SOURCE_DATE_EPOCH to it, in seconds");
	process.env.SOURCE_DATE_EPOCH = stdout.trim();
}

const text = section();
const wrongFolder = folderProblem(folder);
if (wrongFolder !== undefined) refuse(wrongFolder);
const sdk = findSDK();
const problem = sdk.problem ?? findMcconfig(sdk.path ?? "").problem;
const { settings } = await prepare([]);
fixTime();
const headers = problem === undefined && lacksLwip() ? await lwipHeaders() : undefined;

/** @type {Build[]} */
const builds = [];
const failures = [];
for (const chip of chips) {
	const { images, made, reason, failure } =
		problem === undefined
			? await buildImages(chip, { sdk: sdk.path ?? "", headers, sensors: settings.sensors, partitions, name, version })
			: { made: [], reason: problem };
	if (failure !== undefined) failures.push(failure);
	if (images) builds.push({ chip, images });
	const steps = made.length > 0 ? `made: ${made.join(", ")}; ` : "";
	const rest = images ? "all made" : `${steps}not made: ${Object.values(files).join(", ")} (${reason})`;
	console.log(`${chip.name.padEnd(8)} ${rest}`);
}
if (failures.length > 0) {
	for (const line of failures) console.error(line);
	process.exit(1);
}
const complete = builds.length === chips.length;
const tools = `Built with the Moddable SDK ${sdk.version} and ESP-IDF ${findIDF(sdk.path ?? "").version}, SOURCE_DATE_EPOCH=${process.env.SOURCE_DATE_EPOCH}.`;
const listed = writeRelease(folder, { name, version }, complete ? builds : [], complete ? [text, tools] : [text]);
for (const { path, bytes, sha256 } of listed) console.log(`${String(bytes).padStart(8)} ${sha256} ${path}`);
if (!complete) console.error("dist/ has the notes alone: a release has all chips or none.");
process.exit(complete ? 0 : 3);
