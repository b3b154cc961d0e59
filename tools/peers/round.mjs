// One server measured once: it and its clients are processes of their own, and talk over the loopback interface.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/**
 * @typedef {object} Size
 * @property {number} requests Of each kind.
 * @property {number} connections That are open at once.
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

/** Starts a program of this folder. @returns How it is told what to do, each time with a reply, and ended. */
function program(/** @type {string} */ name, /** @type {string[]} */ ...args) {
	const child = fork(fileURLToPath(new URL(name, import.meta.url)), args, { execArgv: ["--expose-gc"] });
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

/** @returns {Promise<Record<string, number>>} Figures by name, of the server in the file `name`.mjs. @throws {Error} A process ended, or a response was not the one asked for. */
export async function round(/** @type {string} */ name, /** @type {Size} */ size) {
	const server = program("server.mjs", name, String(Math.max(...size.streams)));
	const load = program("load.mjs");
	/** @type {Record<string, number>} */
	const figures = {};
	const remember = async (/** @type {string} */ when) => {
		const { rss, heapUsed } = await server.tell({ command: "memory" });
		figures[`memory ${when}, MB`] = rss / 1e6;
		figures[`of it heap ${when}, MB`] = heapUsed / 1e6;
	};
	const cpuUs = async () => (await server.tell({ command: "cpu" })).us;
	try {
		const { port } = await server.reply();
		await remember("at rest");
		const { firsts, connections, requests, events, everyMs } = size;
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
			// Once to be warm: V8 compiles what runs often.
			await publish();
			const { delays, us } = await publish();
			figures[`an event to ${count} streams, µs of processor`] = us;
			figures[`its delay to ${count} streams, median, ms`] = quantile(delays) / 1000;
			figures[`its delay to ${count} streams, 99 %, ms`] = quantile(delays, 0.99) / 1000;
			figures[`events lost of ${events * count}`] = events * count - delays.length;
		}

		for (const kind of ["a first visit", "a reload", "/api/readings, polled", "/metrics, polled"]) {
			const ask = () => load.tell({ command: "ask", port, kind, connections, count: requests });
			await ask();
			const before = await cpuUs();
			const { seconds } = await ask();
			figures[`${kind}, requests a second`] = requests / seconds;
			figures[`${kind}, µs of processor`] = ((await cpuUs()) - before) / requests;
		}
		return figures;
	} finally {
		server.stop();
		load.stop();
	}
}
