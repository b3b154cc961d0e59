// The clients, in a process of their own, run by round.mjs: plain sockets of Node, that do no more than the measuring needs.

import { connect } from "node:net";

/** @type {typeof import("../../tests/fakes/clients.js")} */
const clients = await import(new URL("../../build/node/tests/fakes/clients.js", import.meta.url).href);

const tell = (/** @type {object} */ result) => process.send?.(result);
const monotonicUs = () => Number(process.hrtime.bigint() / 1000n);

/** @returns The length of the response that `received` begins with, a character a byte; -1 while it is not whole. */
function lengthOf(/** @type {string} */ received) {
	const head = received.indexOf("\r\n\r\n");
	if (head < 0) return -1;
	const content = head + 4;
	if (received.startsWith("HTTP/1.1 304 ")) return content;
	const stated = /\r\nContent-Length: (\d+)/i.exec(received.slice(0, content))?.[1];
	if (stated !== undefined) return received.length >= content + Number(stated) ? content + Number(stated) : -1;
	const last = received.indexOf("\r\n0\r\n\r\n", head);
	return last < 0 ? -1 : last + 7;
}

/** Asks for one thing over and over. @param sends On each connection. @returns The last response. */
function ask(
	/** @type {number} */ port,
	/** @type {string} */ request,
	/** @type {number} */ sends,
	/** @type {number} */ status,
) {
	return new Promise((resolve, reject) => {
		const socket = connect(port, "127.0.0.1").setNoDelay(true);
		let left = sends;
		let received = "";
		socket.write(request);
		socket.on("error", reject);
		socket.on("close", () => reject(new Error("closed before the response was whole")));
		socket.on("data", bytes => {
			received += bytes.toString("latin1");
			const length = lengthOf(received);
			if (length < 0) return;
			if (length !== received.length || !received.startsWith(`HTTP/1.1 ${status} `))
				return reject(new Error(received.slice(0, 200)));
			if (--left === 0) {
				resolve(received);
				socket.destroy();
			} else socket.write(request);
			received = "";
		});
	});
}

/** Each kind of request: its text, the status expected, and how many come on a connection. */
const kinds = {
	"a first visit": { request: () => clients.chromium, status: 200, each: 1 },
	"a reload": { request: (/** @type {string} */ etag) => clients.reload(etag), status: 304, each: 1 },
	"/api/readings, polled": { request: () => clients.homeAssistant, status: 200, each: 50 },
	"/metrics, polled": { request: () => clients.prometheus, status: 200, each: 50 },
};

/** Opens a stream. @param onReading Called with the time at which each reading was published, as the server writes it. */
function stream(/** @type {number} */ port, /** @type {(publishedUs: number) => void} */ onReading) {
	const socket = connect(port, "127.0.0.1").setNoDelay(true);
	socket.write(clients.stream());
	let text = "";
	socket.on("error", () => {});
	socket.on("data", bytes => {
		text += bytes.toString("latin1");
		const whole = text.lastIndexOf("\n\n");
		if (whole < 0) return;
		for (const [, at] of text.slice(0, whole).matchAll(/"temperature":.*"uptimeMs":(\d+)/g)) onReading(Number(at));
		text = text.slice(whole);
	});
	return socket;
}

/** The streams of `open`. @type {import("node:net").Socket[]} */
let sockets = [];
/** How late each event came to each stream, µs. @type {number[]} */
let delays = [];

const commands = {
	/** Sends `count` requests of a kind, from `connections` clients at once. */
	async ask({ port = 0, kind = /** @type {keyof typeof kinds} */ ("a first visit"), connections = 1, count = 1 }) {
		const { request, status, each } = kinds[kind];
		const page = await ask(port, clients.chromium, 1, 200);
		const bytes = request(/\r\nETag: (.*)\r\n/i.exec(page)?.[1] ?? "");
		const start = performance.now();
		let left = count;
		const client = async () => {
			while (left > 0) {
				const sends = Math.min(left, each);
				left -= sends;
				await ask(port, bytes, sends, status);
			}
		};
		await Promise.all(Array.from({ length: connections }, client));
		tell({ seconds: (performance.now() - start) / 1000 });
	},
	/** Opens a stream `count` times, and closes it with its first reading. */
	async first({ port = 0, count = 0 }) {
		const times = [];
		for (let round = 0; round < count; round++) {
			const start = performance.now();
			await new Promise(resolve => {
				const socket = stream(port, () => {
					socket.destroy();
					resolve(undefined);
				});
			});
			times.push(performance.now() - start);
		}
		tell({ times });
	},
	/** Opens `count` streams, each of which has had the newest reading when this is told. */
	async open({ port = 0, count = 0 }) {
		delays = [];
		const opened = () =>
			new Promise(resolve => {
				let isNew = false;
				sockets.push(
					stream(port, at => {
						if (isNew) delays.push(monotonicUs() - at);
						isNew = true;
						resolve(undefined);
					}),
				);
			});
		await Promise.all(Array.from({ length: count }, opened));
		tell({});
	},
	/** Waits for `count` events over all streams, until a second has brought none, and closes them. */
	async collect({ count = 0 }) {
		for (let seen = -1; delays.length < count && seen < delays.length; ) {
			seen = delays.length;
			await new Promise(resolve => setTimeout(resolve, 1000));
		}
		for (const socket of sockets) socket.destroy();
		sockets = [];
		tell({ delays });
	},
};

/** No command takes so long, ms, unless a server has stopped answering. */
const limitMs = 60_000;

process.on("message", async (/** @type {{ command: keyof typeof commands }} */ { command, ...rest }) => {
	const limit = setTimeout(() => process.exit(1), limitMs);
	await commands[command](rest);
	clearTimeout(limit);
});
process.on("disconnect", () => process.exit());
