// Counts the processor's instructions of a household's requests: the app on XS, over the chip's sockets and lwIP, under Valgrind.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../compile.mjs";
import { creation } from "../xs/chip.mjs";
import { compiler } from "../xs/engine.mjs";
import { program, script } from "./build.mjs";

/**
 * Of one operation, the mean of its rounds: native instructions, with its share of all collections by the bytes of XS's heap that it
 * allocates, since in which operation a collection falls is chance; those bytes; calls of malloc; switches between lwIP's task and XS's; bytes of frames sent.
 * @typedef {{ instructions: number, heap: number, allocations: number, switches: number, sent: number }} Figures
 */
/** Bytes that are kept: slots and chunks of XS's heap, and what is taken outside of it, now and at most before. */
/** @typedef {{ slots: number, chunks: number, outside: number, outsideMost: number }} Kept */
/** @typedef {{ operations: Record<string, Figures>, kept: Record<string, Kept> }} Measured */
/**
 * Sensors, more settings, the plan in place of the household's, its rounds, a folder in which the profiles stay.
 * @typedef {{ sensors?: number, config?: object, plan?: string, rounds?: number, profile?: string }} Options
 */

/** The functions in which the device is at work, and one within that is its clients'. */
const counted = ["deviceReceive", "deviceWork", "peerTake"].map(name => `--toggle-collect=${name}`);

/** Why nothing can be counted here; else `undefined`. */
export function noCount() {
	if (!compiler()) return "there is no C compiler for 32 bits";
	if (spawnSync("valgrind", ["--version"]).status !== 0) return "there is no valgrind";
	return undefined;
}

/** The `ETag` of the page of tests/instructions/device.ts: the checksum and length at its end. */
function pageTag() {
	const end = Buffer.from(Array.from({ length: 8 }, (_, at) => ((8940 + at) * 31) & 0xff));
	return `"${end.toString("hex")}-gz"`;
}

/** @returns {Promise<Measured>} @throws {Error} As of `run`. */
export async function measure(/** @type {Options} */ { plan, rounds = 4, ...options } = {}) {
	const { household } = await import(pathToFileURL(join(root, "build/node/tests/instructions/household.js")).href);
	return run({ ...options, plan: plan ?? household(rounds, pageTag()) }, evaluate);
}

/**
 * Runs a plan. @param options Without `counts` nothing is counted but bytes, at a fiftieth of the time.
 * @returns {Promise<T>} What `read` makes of the lines that the program prints, and of the folder with the profiles.
 * @throws {Error} What the program printed, when it failed.
 * @template T
 */
export async function run(
	/** @type {Options & { counts?: boolean }} */ { sensors = 1, config = {}, plan = "", profile, counts = true },
	/** @type {(output: string, folder: string) => T} */ read,
) {
	const path = await program();
	if (!path) throw new Error("lwIP's sources cannot be had");
	const folder = profile ?? mkdtempSync(join(tmpdir(), "dht-bench-"));
	try {
		writeFileSync(join(folder, "app.js"), await script({ sensors, config }));
		writeFileSync(join(folder, "plan"), plan);
		const { chunk, heap } = creation();
		const sizes = [heap.initial, heap.incremental, chunk.initial, chunk.incremental].map(String);
		const valgrind = ["valgrind", "--tool=callgrind", "--instr-atstart=no", ...counted, "--callgrind-out-file=profile"];
		const args = ["-R", ...(counts ? valgrind : []), path, "app.js", "plan", ...sizes];
		// The environment is on the stack.
		const env = { PATH: process.env.PATH, HOME: "/" };
		const { status, stdout, stderr } = spawnSync("setarch", args, { cwd: folder, encoding: "utf8", env });
		if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
		return read(stdout, folder);
	} finally {
		if (!profile) rmSync(folder, { recursive: true });
	}
}

/** @typedef {{ total: number, collection: number }} Part Instructions; of them the collector's. */

/** @returns {Part[]} Each part of the profile, in order. */
function parts(/** @type {string} */ folder) {
	return readdirSync(folder)
		.map(name => Number(/^profile\.(\d+)$/.exec(name)?.[1] ?? 0))
		.filter(number => number > 0)
		.sort((a, b) => a - b)
		.map(number => part(readFileSync(join(folder, `profile.${number}`), "utf8")));
}

/** @returns {Part} @param profile In Callgrind's format: `cfn=(ID)`, `calls=…`, and a line that ends with what the call took. */
function part(/** @type {string} */ profile) {
	const total = Number(/^totals: (\d+)/m.exec(profile)?.[1]);
	const id = /\((\d+)\) collectHeap$/m.exec(profile)?.[1];
	const calls = profile.matchAll(new RegExp(`^cfn=\\(${id}\\).*\\ncalls=.*\\n.* (\\d+)$`, "gm"));
	return { total, collection: [...calls].reduce((sum, [, cost]) => sum + Number(cost), 0) };
}

/**
 * One operation, once: as `Figures`, but its instructions are without the collector's, and these apart.
 * @typedef {Figures & { name: string, collection: number }} Lap
 */

/** @returns {{ laps: Lap[], kept: Record<string, Kept> }} What the program printed, and Valgrind counted, in order. */
export function read(/** @type {string} */ output, /** @type {string} */ folder) {
	/** @type {Record<string, Kept>} */
	const kept = {};
	/** @type {Lap[]} */
	const laps = [];
	const profile = parts(folder);
	for (const line of output.trim().split("\n")) {
		const { name, ...figures } = JSON.parse(line);
		if ("slots" in figures) kept[name] = figures;
		else {
			const { total, collection } = profile.shift() ?? { total: 0, collection: 0 };
			laps.push({ name, instructions: total - collection, collection, ...figures });
		}
	}
	return { laps, kept };
}

/** @returns {Measured} */
function evaluate(/** @type {string} */ output, /** @type {string} */ folder) {
	const { laps, kept } = read(output, folder);
	const sum = (/** @type {Lap[]} */ all, /** @type {Exclude<keyof Lap, "name">} */ key) =>
		all.reduce((total, lap) => total + lap[key], 0);
	const price = sum(laps, "collection") / sum(laps, "heap");
	const keys = /** @type {const} */ (["instructions", "heap", "allocations", "switches", "sent"]);
	const operations = [...new Set(laps.map(({ name }) => name))].map(name => {
		const all = laps.filter(lap => lap.name === name);
		const means = keys.map(key => [key, Math.round(sum(all, key) / all.length)]);
		const figures = /** @type {Figures} */ (Object.fromEntries(means));
		return [name, { ...figures, instructions: figures.instructions + Math.round(figures.heap * price) }];
	});
	return { operations: Object.fromEntries(operations), kept };
}

const path = join(root, "tests/xs/instructions.json");

/** The budgets: figures by operation, and bytes kept. @returns {Measured & { compiler: string | undefined }} */
export const budgets = () => JSON.parse(readFileSync(path, "utf8"));

/** Puts these figures into the table. */
export const setBudgets = (/** @type {Measured} */ measured) =>
	writeFileSync(path, `${JSON.stringify({ compiler: compiler(), ...measured }, null, "\t")}\n`);

/** A figure over its budget by more than this share fails; a compiler of another version makes other code. */
const tolerance = { same: 0.02, other: 0.1 };
/** A figure that is better by this share warns. */
const better = 0.05;

/** @returns What is worse than its budget, and what is better. */
export function judge(/** @type {Measured} */ measured, table = budgets(), own = compiler()) {
	/** @type {string[]} */
	const over = [];
	/** @type {string[]} */
	const under = [];
	const margin = own === table.compiler ? tolerance.same : tolerance.other;
	for (const group of /** @type {const} */ (["operations", "kept"])) {
		const budget = /** @type {Record<string, Record<string, number>>} */ (table[group]);
		const figures = /** @type {Record<string, Record<string, number>>} */ (measured[group]);
		for (const name of new Set([...Object.keys(figures), ...Object.keys(budget)]))
			for (const [key, limit] of Object.entries(budget[name] ?? { budget: 0 })) {
				const figure = figures[name]?.[key];
				const line = `${name}: ${key} ${figure ?? "is not measured"}, the budget is ${limit}`;
				if (figure === undefined || figure > limit * (1 + margin)) over.push(line);
				else if (figure < limit * (1 - better)) under.push(line);
			}
	}
	return { over, under };
}
