// Builds the program that counts instructions: XS of npm without its debugger and meter, lwIP, the chip's sockets, and the C of this
// folder, for 32 bits. It stays in build/instructions until one of these, the flags or the compiler change.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../compile.mjs";
import {
	bundle,
	chipFiles,
	chipSources,
	engine,
	engineObjects,
	files,
	hash,
	include,
	lwip,
	once,
} from "../lwip/build.mjs";
import { compileAll, compiler, defines, run } from "../xs/engine.mjs";

const own = join(root, "tools/instructions");
const shared = join(root, "tools/lwip");
/** Of the program that runs the app over lwIP. */
const sharedSources = ["builtins.c", "machine.c"].map(name => join(shared, name));

/** As on the chip: no debugger, no meter, and code that is where it was linked. */
const released = [...defines.filter(one => !/mxDebug|mxMetering/.test(one)), "-fno-pie"];
/** The loops of memory.c are not to become calls of themselves. */
const flags = ["-std=gnu17", "-g", "-O2", "-fno-common", "-m32", "-fno-tree-loop-distribute-patterns"];
const wrapped = ["fxAbort", "fxAllocateChunks", "fxAllocateSlots", "fxCStackLimit"];

/** @returns {Promise<string | undefined>} The program, built if need be; `undefined` where it cannot be built. */
export async function program() {
	const stack = compiler() && (await lwip());
	if (!stack) return undefined;
	const ours = [...files(own, /\.[ch]$/), ...files(join(shared, "shims"), /\.h$/), ...chipFiles];
	const read = [...ours, ...sharedSources, join(shared, "machine.h"), join(shared, "lwipopts.h")];
	const key = hash([...flags, ...released, compiler() ?? "", ...read.map(path => readFileSync(path))]);
	const target = join(root, "build/instructions", key);
	if (!existsSync(target)) console.log("instructions: building the program that counts instructions");
	await once(target, fresh => link(fresh, stack));
	return join(target, "bench");
}

async function link(/** @type {string} */ target, /** @type {string} */ stack) {
	const { package_, includes } = await engine();
	const objects = await engineObjects(32, released);
	const paths = [
		own,
		join(shared, "shims"),
		join(stack, "src/include"),
		join(stack, "port/include"),
		dirname(chipFiles[0] ?? own),
	];
	const options = [...flags, ...released, ...include(paths), ...include(includes, "-isystem")];
	const stackSources = [
		...files(join(stack, "src/core"), /(?<!^sys)\.c$/),
		...files(join(stack, "src/core/ipv4"), /\.c$/),
		join(stack, "src/netif/ethernet.c"),
	];
	const counted = ["-include", join(own, "counted.h")];
	await compileAll(stackSources, [...options, ...counted, "-w"], target);
	await compileAll(chipSources, [...options, ...counted], target);
	await compileAll([...files(own, /\.c$/), ...sharedSources], [...options, "-Wall", "-Wextra"], target);
	await compileAll([countedMemory(package_, target)], [...options, "-w"], target);
	const replaced = ["heap.o", "xsMemory.o"].map(name => join(objects, name));
	const all = [objects, target].flatMap(path => files(path, /\.o$/)).filter(path => !replaced.includes(path));
	const libraries = ["-ldl", "-lm", "-lpthread", ...wrapped.map(name => `-Wl,--wrap=${name}`)];
	await run("cc", [...flags, "-no-pie", "-rdynamic", ...all, ...libraries, "-o", "bench"], target);
	for (const path of files(target, /\.o$/)) await rm(path);
}

/** @returns XS's source of its heap, whose collector is called by flash.c. */
function countedMemory(/** @type {string} */ package_, /** @type {string} */ target) {
	const path = join(target, "xsMemory.c");
	const text = readFileSync(join(package_, "moddable/xs/sources/xsMemory.c"), "utf8");
	writeFileSync(path, text.replace("\nvoid fxCollect(", "\nvoid collectHeap("));
	return path;
}

/** @returns The script of the module `entry`. Its functions in C are found once: on the chip their addresses are in the code. */
export async function script(/** @type {object} */ settings, entry = "tests/instructions/device.ts") {
	const text = await bundle(entry, readFileSync(join(own, "prelude.js"), "utf8"));
	const names = [...new Set([...text.matchAll(/\bnative\("(\w+)"\)/g)].map(([, name]) => name))];
	const natives = names.map(name => `${name}: host.function("${name}")`).join(", ");
	const before = `globalThis.settings = ${JSON.stringify(settings)};\nglobalThis.natives = { ${natives} };\n`;
	return before + text.replaceAll(/\bnative\("(\w+)"\)/g, "natives.$1");
}
