// The project's server on the desktop host's sockets, with room for more streams than a chip has.

import { readFileSync } from "node:fs";

const built = (/** @type {string} */ path) => new URL(`../../build/${path}`, import.meta.url);
const module = (/** @type {string} */ path) => import(built(`node/modules/${path}.js`).href);

/** @typedef {{ temperature: number, humidity: number, sensor: string, uptimeMs: number }} Reading */

/** Connections beside the streams. */
const others = 20;

/** @param {number} streams Most at once. @returns {Promise<{ port: number, publish(reading: Reading): void }>} */
export async function start(streams) {
	const [{ Broadcaster }, { Server }, { site }, { clock }, { limits }, { listen, listenerFor }] = await Promise.all(
		[
			"sse/broadcaster",
			"http/server",
			"app/routes",
			"platform/node/clock",
			"platform/node/host",
			"platform/node/sockets",
		].map(module),
	);
	const maxConnections = streams + others;
	const listening = await listen("127.0.0.1", 0, { maxConnections });
	const encoder = new TextEncoder();
	const decoder = new TextDecoder("utf-8", { fatal: true });
	const text = {
		encode: (/** @type {string} */ string) => encoder.encode(string),
		decode: (/** @type {Uint8Array} */ bytes) => decoder.decode(bytes),
	};
	const files = new Map(
		["index.html", "index.html.gz", "index.csp"].map(name => [
			name,
			new Uint8Array(readFileSync(built(`www/${name}`))),
		]),
	);
	const boot = "5f3a";
	const hello = () => ({
		boot,
		uptimeMs: clock.ticks,
		intervalMs: 2000,
		heartbeatMs: 5000,
		version: "1.0.0",
		name: "dht",
	});
	const heartbeat = () => ({ uptimeMs: clock.ticks });
	const broadcaster = new Broadcaster({ clock, text, boot, hello, heartbeat, limit: streams });
	new Server({
		Listener: listenerFor(listening, limits),
		clock,
		text,
		maxConnections,
		routes: site(
			text,
			{ get: (/** @type {string} */ name) => files.get(name) },
			new Map([["/sensor-data-events", broadcaster]]),
		),
	});
	return {
		port: listening.port,
		publish: reading => broadcaster.publish("sensor-data", reading.sensor, reading),
	};
}
