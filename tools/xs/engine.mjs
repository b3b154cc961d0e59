// The chip's JavaScript engine, for tests: XS's sources out of npm's @agoric/xsnap, checked, compiled with natives.c, and kept in
// build/xs until the version, the flags, the natives or the compiler change.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root } from "../compile.mjs";

const version = "0.15.0";
const integrity = "sha512-ZBm4DZxbtfacxMHVVdJjZi0Y8zOxN77vpu1WwI5RWfPkaRh0aHkz/dVdTGKXalDNzWfz183lljKxlxl3/h0n+A==";

const folder = join(root, "build/xs");
const natives = join(root, "tools/xs/natives.c");
const memory = join(root, "tools/xs/memory.h");

/** What only compiles takes memory that the chip, whose modules are compiled by the SDK, does not. */
const compiling = ["xsScript.c", "xsCode.c"];

/** As the package's own makefile has them for a release; debug builds count otherwise. */
export const defines = [
	"-DINCLUDE_XSPLATFORM",
	'-DXSPLATFORM="xsnapPlatform.h"',
	`-DXSNAP_VERSION="${version}"`,
	"-DXSNAP_TEST_RECORD=0",
	"-DmxLockdown=1",
	"-DmxMetering=1",
	"-DmxDebug=1",
	"-UmxInstrument",
	"-DmxNoConsole=1",
	"-DmxBoundsCheck=1",
	"-DmxParse=1",
	"-DmxRun=1",
	"-DmxSloppy=1",
	"-DmxSnapshot=1",
	"-DmxRegExpUnicodePropertyEscapes=1",
	"-DmxStringNormalize=1",
	"-DmxMinusZero=1",
];
const flags = ["-fno-common", "-w", "-O2"];

/** What the machine's C compiler says of itself; `undefined` where there is none that makes programs of 32 bits. */
export function compiler() {
	const input = "#include <stdio.h>\nint main(void) { return 0; }\n";
	if (spawnSync("cc", ["-m32", "-x", "c", "-", "-o", "/dev/null"], { input }).status !== 0) return undefined;
	return spawnSync("cc", ["--version"], { encoding: "utf8" }).stdout.split("\n")[0];
}

/** Runs a command to its end. @throws {Error} What it printed, when it failed. */
export function run(/** @type {string} */ command, /** @type {string[]} */ args, cwd = folder) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		child.stdout.on("data", piece => {
			output += piece;
		});
		child.stderr.on("data", piece => {
			output += piece;
		});
		child.once("error", reject);
		child.once("close", status =>
			status === 0 ? resolve(undefined) : reject(new Error(`${command} ${args.join(" ")}\n${output}`)),
		);
	});
}

/** Gives the finished folder `fresh` its name, unless another process was first with the same. */
export async function settle(/** @type {string} */ fresh, /** @type {string} */ target) {
	try {
		await rename(fresh, target);
	} catch (error) {
		if (!existsSync(target)) throw error;
		await rm(fresh, { recursive: true });
	}
}

/** @returns The folder of the package's sources. @throws {Error} They cannot be had, or are not what they were. */
export async function sources() {
	const unpacked = join(folder, version);
	if (existsSync(unpacked)) return join(unpacked, "package");
	const fresh = `${unpacked}.${process.pid}`;
	await mkdir(fresh, { recursive: true });
	await run("npm", ["pack", "--silent", `@agoric/xsnap@${version}`], fresh);
	const archive = join(fresh, `agoric-xsnap-${version}.tgz`);
	const hash = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
	if (hash !== integrity) throw new Error(`@agoric/xsnap@${version}: ${hash} in place of ${integrity}`);
	await run("tar", ["-xzf", archive], fresh);
	await rm(archive);
	await settle(fresh, unpacked);
	return join(unpacked, "package");
}

/** Compiles `files` in `target`, as many at a time as the machine has processors. */
export async function compileAll(
	/** @type {string[]} */ files,
	/** @type {string[]} */ options,
	/** @type {string} */ target,
) {
	const left = files.slice();
	const worker = async () => {
		for (let file = left.pop(); file; file = left.pop()) await run("cc", [...options, "-c", file], target);
	};
	await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/**
 * @param bits 32, as on the chip, which needs the compiler's 32-bit libraries; 64 for what runs anywhere.
 * @returns The engine's program, built if need be.
 */
export async function engine(/** @type {32 | 64} */ bits = 32) {
	const options = [...flags, ...defines, `-m${bits}`];
	const key = createHash("sha256")
		.update([version, ...options, compiler(), readFileSync(natives), readFileSync(memory)].join("\n"))
		.digest("hex")
		.slice(0, 16);
	const target = join(folder, `${bits}-${key}`);
	if (existsSync(target)) return join(target, "xs");

	console.log(`XS: building the engine of @agoric/xsnap ${version} for ${bits} bits`);
	await mkdir(folder, { recursive: true });
	const source = await sources();
	const engineSources = join(source, "moddable/xs/sources");
	const own = join(source, "xsnap-native/xsnap/sources");
	const text = join(source, "moddable/modules/data/text");
	const counted = readdirSync(engineSources)
		.filter(name => name.endsWith(".c") && !compiling.includes(name))
		.map(name => join(engineSources, name));
	const others = [
		...compiling.map(name => join(engineSources, name)),
		join(own, "xsnapPlatform.c"),
		join(own, "xsnap-worker.c"),
		join(text, "decoder/textdecoder.c"),
		join(text, "encoder/textencoder.c"),
		natives,
	];
	const includes = [engineSources, own, join(source, "moddable/xs/includes"), join(source, "moddable/xs/platforms")];
	const fresh = `${target}.${process.pid}`;
	await mkdir(fresh, { recursive: true });
	try {
		const all = [...options, ...includes.map(path => `-I${path}`)];
		await compileAll(counted, [...all, "-include", memory], fresh);
		await compileAll(others, all, fresh);
		const objects = readdirSync(fresh).filter(name => name.endsWith(".o"));
		await run("cc", [`-m${bits}`, "-rdynamic", ...objects, "-ldl", "-lm", "-lpthread", "-o", "xs"], fresh);
		for (const name of objects) await rm(join(fresh, name));
		await settle(fresh, target);
	} finally {
		await rm(fresh, { recursive: true, force: true });
	}
	return join(target, "xs");
}
