// Builds the device's program: XS of npm, lwIP from Debian's source package, the chip's sockets, and the C of this folder.
// It stays in build/lwip until one of these, the flags or the compiler change.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { root } from "../compile.mjs";
import { compileAll, compiler, defines, run, settle, sources } from "../xs/engine.mjs";

const folder = join(root, "build/lwip");
const own = join(root, "tools/lwip");
const chip = join(root, "modules/platform/esp32");

export const files = (/** @type {string} */ path, /** @type {RegExp} */ pattern) =>
	readdirSync(path)
		.filter(name => pattern.test(name))
		.map(name => join(path, name));

/** Of the chip's C and headers those that need nothing of ESP-IDF but lwIP. */
export const chipFiles = files(chip, /^(lwip.*|head)\.[ch]$/);
/** The C among them. */
export const chipSources = chipFiles.filter(path => path.endsWith(".c"));

/** @returns The folder of lwIP's sources; `undefined`, with a line, without the package. */
export async function lwip() {
	const unpacked = join(folder, "lwip");
	if (!existsSync(unpacked)) {
		const fresh = `${unpacked}.${process.pid}`;
		await mkdir(fresh, { recursive: true });
		try {
			await run("apt-get", ["source", "--download-only", "lwip"], fresh);
			const description = (await readdir(fresh)).find(name => name.endsWith(".dsc"));
			await run("dpkg-source", ["--no-check", "-x", description ?? "lwip.dsc", "source"], fresh);
			await settle(join(fresh, "source"), unpacked);
		} catch (error) {
			console.log(`lwIP: its source package cannot be had: ${/** @type {Error} */ (error).message.trim()}`);
			return undefined;
		} finally {
			await rm(fresh, { recursive: true, force: true });
		}
	}
	return unpacked;
}

/** @returns The folder of lwIP's headers; `undefined`, with a line, without the package. */
export async function lwipHeaders() {
	const stack = await lwip();
	return stack && join(stack, "src/include");
}

/** @typedef {32 | 64} Bits */

export const include = (/** @type {string[]} */ paths, option = "-I") => paths.map(path => `${option}${path}`);

/** @returns The name of a build with these inputs. */
export const hash = (/** @type {(string | Buffer)[]} */ parts) =>
	createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);

/** Lets `make` fill the folder `target`, unless it is there. */
export async function once(/** @type {string} */ target, /** @type {(folder: string) => Promise<void>} */ make) {
	if (existsSync(target)) return target;
	const fresh = `${target}.${process.pid}`;
	await mkdir(fresh, { recursive: true });
	try {
		await make(fresh);
		await settle(fresh, target);
	} finally {
		await rm(fresh, { recursive: true, force: true });
	}
	return target;
}

/** Finds XS's headers. @returns {Promise<{ package_: string, includes: string[] }>} */
export async function engine() {
	const package_ = await sources();
	const xs = join(package_, "moddable/xs");
	const own = join(package_, "xsnap-native/xsnap/sources");
	return { package_, includes: [join(xs, "sources"), own, join(xs, "includes"), join(xs, "platforms")] };
}

/** @returns The folder of XS's objects. */
export async function engineObjects(/** @type {Bits} */ bits, /** @type {string[]} */ options = defines) {
	const { package_, includes } = await engine();
	const flags = [`-m${bits}`, "-g", "-O2", "-fno-common", "-w", ...options];
	const text = join(package_, "moddable/modules/data/text");
	const target = join(
		folder,
		`xs-${bits}-${hash([...flags, compiler() ?? "", package_, readFileSync(join(own, "heap.c"))])}`,
	);
	return once(target, fresh =>
		compileAll(
			[
				...files(join(package_, "moddable/xs/sources"), /\.c$/),
				join(package_, "xsnap-native/xsnap/sources/xsnapPlatform.c"),
				join(text, "decoder/textdecoder.c"),
				join(text, "encoder/textencoder.c"),
				join(own, "heap.c"),
			],
			[...flags, ...include(includes)],
			fresh,
		),
	);
}

/**
 * @param {Bits} bits 32, as on the chip.
 * @param {boolean} checked Whether ThreadSanitizer watches all but XS; it needs 64 bits.
 * @returns {Promise<string | undefined>} The program, built if need be; `undefined` where it cannot be built.
 */
export async function device(bits = 32, checked = false) {
	if (!compiler()) return undefined;
	const stack = await lwip();
	if (!stack) return undefined;
	const flags = ["-std=gnu17", "-g", "-O2", "-fno-common", `-m${bits}`, ...(checked ? ["-fsanitize=thread"] : [])];
	const read = [...files(own, /\.[ch]$/), ...files(join(own, "shims"), /\.h$/), ...chipFiles];
	const key = hash([...flags, ...defines, compiler() ?? "", ...read.map(path => readFileSync(path))]);
	const target = join(folder, `${bits}${checked ? "-checked" : ""}-${key}`);
	if (!existsSync(target)) console.log(`lwIP: building the device for ${bits} bits${checked ? ", checked" : ""}`);
	await once(target, fresh => link(fresh, stack, bits, flags));
	return join(target, "device");
}

async function link(
	/** @type {string} */ target,
	/** @type {string} */ stack,
	/** @type {Bits} */ bits,
	/** @type {string[]} */ flags,
) {
	const { includes } = await engine();
	const objects = await engineObjects(bits);
	const stackIncludes = [own, join(own, "shims"), join(stack, "src/include"), join(stack, "port/include"), chip];
	await compileAll(
		[
			...files(join(stack, "src/core"), /\.c$/),
			...files(join(stack, "src/core/ipv4"), /\.c$/),
			join(stack, "src/api/tcpip.c"),
			join(stack, "src/api/err.c"),
			join(stack, "src/netif/ethernet.c"),
			join(stack, "port/sys_arch.c"),
		],
		[...flags, "-w", ...include(stackIncludes)],
		target,
	);
	const strict = ["-Wall", "-Wextra", "-Werror", ...defines];
	const options = [...flags, ...strict, ...include(stackIncludes), ...include(includes, "-isystem")];
	await compileAll(chipSources, [...options, "-include", join(own, "memory.h")], target);
	await compileAll(
		files(own, /\.c$/).filter(path => !path.endsWith("heap.c")),
		options,
		target,
	);
	const all = [objects, target].flatMap(path => files(path, /\.o$/));
	const libraries = ["-ldl", "-lm", "-lpthread", "-Wl,--wrap=fxAbort"];
	await run("cc", [...flags, "-rdynamic", ...all, ...libraries, "-o", "device"], target);
	for (const path of files(target, /\.o$/)) await rm(path);
}

/** Modules whose specifiers in the chip's manifest are not their paths. */
const aliases = {
	"embedded:io/socket/tcp": "lwiptcp.js",
	"embedded:io/socket/listener": "lwiplistener.js",
	"embedded:io/socket/udp": "lwipudp.js",
	head: "head.js",
	resolve: "lwipname.js",
};

/** Bundles the module `entry` with all that it imports, for the device. @param prelude What runs first. @returns The script. */
export async function bundle(/** @type {string} */ entry, prelude = readFileSync(join(own, "prelude.js"), "utf8")) {
	const { outputFiles } = await esbuild.build({
		absWorkingDir: root,
		entryPoints: [entry],
		bundle: true,
		format: "iife",
		target: "es2022",
		write: false,
		alias: Object.fromEntries(Object.entries(aliases).map(([name, file]) => [name, join(chip, file)])),
		banner: { js: prelude },
	});
	return outputFiles[0]?.text ?? "";
}
