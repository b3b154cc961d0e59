// One server measured once: it and its clients are processes of their own, and talk over the loopback interface.

import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../compile.mjs";

/**
 * @typedef {object} Size
 * @property {number} rounds That each household lives through.
 * @property {number} requests Of each kind.
 * @property {number} clients At once; of the mix households.
 * @property {number} firsts Streams opened one after another for the first event.
 * @property {number[]} streams Open at once, a measuring each.
 * @property {number} events Published to them.
 * @property {number} everyMs From one to the next.
 */

/** @typedef {{ command: string } & Record<string, unknown>} Command */

/** The value below which this share of `values` lies. */
export function quantile(/** @type {number[]} */ values, share = 0.5) {
	const sorted = values.slice().sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The servers, each a file of its own. */
export const names = ["own", "better-sse"];
const folder = join(root, "build/peers");

/** Bundles servers and clients alike, as they are deployed: without types and source maps. */
export async function bundle() {
	await build({
		absWorkingDir: root,
		entryPoints: [...names, "load"].map(name => `tests/peers/${name}.ts`),
		outdir: folder,
		bundle: true,
		minifySyntax: true,
		platform: "node",
		format: "esm",
		target: "es2022",
	});
}

/** Starts one of the bundles. @returns How it is told what to do, each time with a reply, and ended. */
function program(/** @type {string} */ name, /** @type {string[]} */ ...args) {
	const child = fork(join(folder, `${name}.js`), args, { execArgv: ["--expose-gc"] });
	const ended = once(child, "exit").then(([status]) => {
		throw new Error(`${name} ended with ${status}`);
	});
	// Its end is an error only to whoever waits for a reply.
	ended.catch(() => {});
	const reply = async () => (await Promise.race([once(child, "message"), ended]))[0];
	return {
		reply,
		tell(/** @type {Command} */ command) {
			const told = reply();
			child.send(command);
			return told;
		},
		stop: () => child.kill(),
	};
}

/** What is asked for over and over, by its name among the operations of tests/instructions/household.ts. */
const kinds = Object.freeze({
	page: "a first visit",
	reload: "a reload",
	readingsPolled: "/api/readings, polled",
	device: "/api/device, polled",
	metrics: "/metrics, polled",
	minutes: "history of 15 minutes",
	day: "history of a day",
});

/** @returns {Promise<Record<string, number>>} Figures by name, of the server `name`. @throws {Error} A process ended, or a response was not the one asked for. */
export async function round(/** @type {string} */ name, /** @type {Size} */ size) {
	const server = program(name, String(Math.max(...size.streams)), join(root, "build/www"));
	const load = program("load");
	/** @type {Record<string, number>} */
	const figures = {};
	const remember = async (/** @type {string} */ when) => {
		const { rss, heapUsed } = await server.tell({ command: "memory" });
		figures[`memory ${when}, MB`] = rss / 1e6;
		figures[`of it heap ${when}, MB`] = heapUsed / 1e6;
	};
	const cpuUs = async () => (await server.tell({ command: "cpu" })).us;
	/** Does something twice: once to be warm, for V8 compiles what runs often. */
	const repeat = async (/** @type {string} */ what, /** @type {Command} */ command) => {
		await load.tell(command);
		const before = await cpuUs();
		const { seconds, requests = command.count } = await load.tell(command);
		figures[`${what}, requests a second`] = requests / seconds;
		figures[`${what}, µs of processor`] = ((await cpuUs()) - before) / requests;
	};
	try {
		const { port } = await server.reply();
		await remember("at rest");
		await server.tell({ command: "fill" });
		const { firsts, rounds, clients, requests, events, everyMs } = size;
		const { times } = await load.tell({ command: "first", port, count: firsts });
		figures["time to the first event, ms"] = quantile(times);

		for (const count of size.streams) {
			const publish = async () => {
				await load.tell({ command: "open", port, count });
				await remember(`with ${count} streams`);
				const before = await cpuUs();
				await server.tell({ command: "publish", count: events, everyMs });
				const { delays } = await load.tell({ command: "collect", count: events * count });
				return { delays, us: ((await cpuUs()) - before) / events };
			};
			await publish();
			const { delays, us } = await publish();
			figures[`an event to ${count} streams, µs of processor`] = us;
			figures[`its delay to ${count} streams, median, ms`] = quantile(delays) / 1000;
			figures[`its delay to ${count} streams, 99 %, ms`] = quantile(delays, 0.99) / 1000;
			figures[`events lost of ${events * count}`] = events * count - delays.length;
		}

		await repeat("the household's mix", { command: "mix", port, clients, count: rounds });
		for (const [kind, what] of Object.entries(kinds))
			await repeat(what, { command: "ask", port, kind, clients, count: requests });
		await remember("after all");
		return figures;
	} finally {
		server.stop();
		load.stop();
	}
}
