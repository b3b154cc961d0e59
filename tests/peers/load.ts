// The clients, in a process of their own, run by tools/peers/round.mjs: plain sockets of Node, that do no more than the measuring needs.

import { connect, type Socket } from "node:net";
import { operations, visits } from "../instructions/household.js";
import { nowUs, tell } from "./process.js";

/** What the program is told, and its further words. */
interface Command {
	readonly command: "ask" | "mix" | "first" | "open" | "collect";
	readonly port: number;
	readonly kind: keyof typeof operations;
	/** Clients at once; of a mix households. */
	readonly clients: number;
	readonly count: number;
}

/** A reading on a stream. */
const isReading = /"temperature":.*"uptimeMs":(\d+)/g;

/** @returns The length of the response that `received` begins with, a character a byte; of a stream up to a reading; -1 while it is not whole. */
function lengthOf(received: string): number {
	const end = received.indexOf("\r\n\r\n");
	if (end < 0) return -1;
	const content = end + 4;
	if (received.startsWith("HTTP/1.1 304 ")) return content;
	const head = received.slice(0, content);
	if (head.includes("text/event-stream")) return received.search(isReading) < 0 ? -1 : received.length;
	const stated = /\r\nContent-Length: (\d+)/i.exec(head)?.[1];
	if (stated !== undefined) return received.length >= content + Number(stated) ? content + Number(stated) : -1;
	const last = received.indexOf("\r\n0\r\n\r\n", end);
	return last < 0 ? -1 : last + 7;
}

/** A connection that asks for one thing after the other. */
class Client {
	readonly #socket: Socket;
	#received = "";
	#onData: () => void = () => {};
	#onEnd: () => void = () => {};

	constructor(port: number) {
		this.#socket = connect(port, "127.0.0.1").setNoDelay(true);
		this.#socket.on("error", () => {});
		this.#socket.on("close", () => this.#onEnd());
		this.#socket.on("data", bytes => {
			this.#received += bytes.toString("latin1");
			this.#onData();
		});
	}

	/** @returns The response. @throws {Error} It is another than `status`, or ends early. */
	ask(request: string | Uint8Array, status: number): Promise<string> {
		return new Promise((resolve, reject) => {
			this.#received = "";
			this.#onEnd = () => reject(new Error("closed before the response was whole"));
			this.#onData = () => {
				const received = this.#received;
				const length = lengthOf(received);
				if (length < 0) return;
				this.#onData = () => {};
				if (length === received.length && received.startsWith(`HTTP/1.1 ${status} `)) resolve(received);
				else reject(new Error(received.slice(0, 200)));
			};
			this.#socket.write(request);
		});
	}

	close(): void {
		this.#onEnd = () => {};
		this.#socket.destroy();
	}
}

/** The lines of the household's plan. */
async function plan(port: number, rounds: number): Promise<string[]> {
	// Its first request needs no tag.
	const page = new Client(port);
	const [first = ""] = requestsOf(visits(1, ""), "page");
	const response = await page.ask(first, 200);
	page.close();
	return visits(rounds, /\r\nETag: (.*)\r\n/i.exec(response)?.[1] ?? "");
}

const decode = (hex = "") => Buffer.from(hex, "hex").toString("latin1");

/** @returns Those of one operation, in the plan's order. */
function requestsOf(lines: readonly string[], kind: keyof typeof operations): string[] {
	const found: string[] = [];
	let sent = "";
	for (const line of lines) {
		if (line.startsWith("send ")) sent = decode(line.split(" ")[2]);
		if (line === `end ${operations[kind]}`) found.push(sent);
	}
	return found;
}

/** The kinds that open a connection each; others send so many on one. */
const isNew: ReadonlySet<string> = new Set(["page", "reload"]);
const polls = 50;

/** Does the plan's steps; the time between them is left out. @returns The number of requests. */
async function live(port: number, lines: readonly string[]): Promise<number> {
	const open = new Map<string, Client>();
	let request = "";
	let count = 0;
	const client = (name: string) => {
		const found = open.get(name) ?? new Client(port);
		open.set(name, found);
		return found;
	};
	for (const line of lines) {
		const [word, name = "", rest = ""] = line.split(" ");
		if (word === "close") {
			open.get(name)?.close();
			open.delete(name);
		}
		if (word === "send") request = decode(rest);
		if (word !== "expect") continue;
		await client(name).ask(request, Number(rest));
		count++;
	}
	for (const each of open.values()) each.close();
	return count;
}

/** Opens a stream. @param onReading Called with the time at which each reading was published, as the server writes it. */
function stream(port: number, request: string, onReading: (publishedUs: number) => void): Socket {
	const socket = connect(port, "127.0.0.1").setNoDelay(true);
	socket.write(request);
	let text = "";
	socket.on("error", () => {});
	socket.on("data", bytes => {
		text += bytes.toString("latin1");
		const whole = text.lastIndexOf("\n\n");
		if (whole < 0) return;
		for (const [, at] of text.slice(0, whole).matchAll(isReading)) onReading(Number(at));
		text = text.slice(whole);
	});
	return socket;
}

const streams = requestsOf(visits(4, ""), "stream");
const streamOf = (index: number) => streams[index % streams.length] ?? "";
/** The streams of `open`. */
let sockets: Socket[] = [];
/** How late each event came to each stream, µs. */
let delays: number[] = [];

const commands: Record<Command["command"], (command: Command) => Promise<void>> = {
	/** Sends `count` requests of a kind, by turns of all programs, from `clients` at once. */
	async ask({ port, kind, clients, count }) {
		const requests = requestsOf(await plan(port, 4), kind);
		const start = performance.now();
		let left = count;
		const client = async () => {
			while (left > 0) {
				const connection = new Client(port);
				for (let sends = isNew.has(kind) ? 1 : polls; sends > 0 && left > 0; sends--)
					await connection.ask(requests[left-- % requests.length] ?? "", kind === "reload" ? 304 : 200);
				connection.close();
			}
		};
		await Promise.all(Array.from({ length: clients }, client));
		tell({ seconds: (performance.now() - start) / 1000 });
	},
	/** Each of `clients` lives through `count` rounds of the household, one after the other without a pause. */
	async mix({ port, clients, count }) {
		const lines = await plan(port, count);
		const start = performance.now();
		const counts = await Promise.all(Array.from({ length: clients }, () => live(port, lines)));
		tell({ seconds: (performance.now() - start) / 1000, requests: counts.reduce((sum, each) => sum + each, 0) });
	},
	/** Opens a stream `count` times, and closes it with its first reading. */
	async first({ port, count }) {
		const times = [];
		for (let round = 0; round < count; round++) {
			const start = performance.now();
			await new Promise<void>(resolve => {
				const socket = stream(port, streamOf(round), () => {
					socket.destroy();
					resolve();
				});
			});
			times.push(performance.now() - start);
		}
		tell({ times });
	},
	/** Opens `count` streams, each of which has had the newest reading when this is told. */
	async open({ port, count }) {
		delays = [];
		const opened = (_: unknown, index: number) =>
			new Promise<void>(resolve => {
				let isFirst = true;
				sockets.push(
					stream(port, streamOf(index), at => {
						if (!isFirst) delays.push(nowUs() - at);
						isFirst = false;
						resolve();
					}),
				);
			});
		await Promise.all(Array.from({ length: count }, opened));
		tell({});
	},
	/** Waits for `count` events over all streams, until a second has brought none, and closes them. */
	async collect({ count }) {
		for (let seen = -1; delays.length < count && seen < delays.length; ) {
			seen = delays.length;
			await new Promise(resolve => setTimeout(resolve, 1000));
		}
		for (const socket of sockets) socket.destroy();
		sockets = [];
		tell({ delays });
	},
};

/** No command takes so long, ms, unless a server has stopped responding. */
const limitMs = 60_000;

process.on("message", async (command: Command) => {
	const limit = setTimeout(() => {
		console.error(`${command.command}: not done within ${limitMs} ms`);
		process.exit(1);
	}, limitMs);
	await commands[command.command](command);
	clearTimeout(limit);
});
process.on("disconnect", () => process.exit());
