// The clients, in a process of their own, run by round.mjs: plain sockets of Node, that do no more than the measuring needs.

import { connect } from "node:net";

const tell = (/** @type {object} */ answer) => process.send?.(answer);
const monotonicUs = () => Number(process.hrtime.bigint() / 1000n);

function dial(/** @type {number} */ port, /** @type {string} */ path, /** @type {string} */ more) {
	const socket = connect(port, "127.0.0.1").setNoDelay(true);
	const ask = () => socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`);
	ask();
	return { socket, ask };
}

/** Asks for the page over and over on one connection while `more()`. @returns How many answers came whole. */
function pages(/** @type {number} */ port, /** @type {() => boolean} */ more) {
	return new Promise((resolve, reject) => {
		const { socket, ask } = dial(port, "/", "Accept-Encoding: gzip\r\n");
		let count = 0;
		let head = "";
		/** Bytes of the body that are still to come; -1 while the head is. */
		let left = -1;
		socket.on("error", reject);
		socket.on("close", () => reject(new Error("closed before the answer was whole")));
		socket.on("data", bytes => {
			left -= left < 0 ? 0 : bytes.byteLength;
			if (left < 0) {
				head += bytes.toString("latin1");
				const end = head.indexOf("\r\n\r\n");
				if (end < 0) return;
				const length = Number(/\r\nContent-Length: (\d+)/i.exec(head)?.[1]);
				if (!head.startsWith("HTTP/1.1 200 ") || !(length > 0)) return reject(new Error(head.slice(0, end)));
				left = length - (head.length - end - 4);
				head = "";
			}
			if (left > 0) return;
			count++;
			left = -1;
			if (more()) return ask();
			socket.destroy();
			resolve(count);
		});
	});
}

/** Opens a stream. @param onReading Called with the time at which each reading was published, as the server writes it. */
function stream(/** @type {number} */ port, /** @type {(publishedUs: number) => void} */ onReading) {
	const { socket } = dial(port, "/sensor-data-events", "Accept: text/event-stream\r\n");
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

const orders = {
	/** Asks for the page `requests` times, on `connections` at once. */
	async page({ port = 0, connections = 1, requests = 1 }) {
		const start = performance.now();
		let left = requests - connections;
		const counts = await Promise.all(Array.from({ length: connections }, () => pages(port, () => left-- > 0)));
		const answers = counts.reduce((sum, count) => sum + count, 0);
		tell({ answers, seconds: (performance.now() - start) / 1000 });
	},
	/** Opens a stream `count` times, and closes it with its first reading. */
	async first({ port = 0, count = 0 }) {
		const times = [];
		for (let turn = 0; turn < count; turn++) {
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

/** No order takes so long, ms, unless a server has stopped answering. */
const limitMs = 60_000;

process.on("message", async (/** @type {{ order: keyof typeof orders }} */ { order, ...rest }) => {
	const limit = setTimeout(() => process.exit(1), limitMs);
	await orders[order](rest);
	clearTimeout(limit);
});
process.on("disconnect", () => process.exit());
