// The project's server on the desktop host's sockets, with slots for more streams than a chip has.

import { Device, files, module, text } from "./device.mjs";

/** Connections beside the streams. */
const others = 20;

/** @param {number} streams Most at once. @returns {Promise<{ port: number, publish(reading: import("./device.mjs").Reading): void }>} */
export async function start(streams) {
	const { Broadcaster } = await module("sse/broadcaster");
	const { Server } = await module("http/server");
	const { site } = await module("app/routes");
	const { ReadingsHandler } = await module("api/readings");
	const { Metrics } = await module("api/metrics");
	const { requestOptions } = await module("app/http-service");
	const { NodeClock } = await module("platform/node/clock");
	const { limits } = await module("platform/node/host");
	const { listen, listenerFor } = await module("platform/node/sockets");

	const device = new Device();
	const clock = new NodeClock();
	const maxConnections = streams + others;
	const listening = await listen("127.0.0.1", 0, { maxConnections });
	const broadcaster = new Broadcaster({
		clock,
		text,
		boot: device.boot,
		hello: () => device.hello(),
		heartbeat: () => ({ uptimeMs: clock.ticks }),
		limit: streams,
	});
	const resources = new Map([
		["/sensor-data-events", broadcaster],
		["/api/readings", new ReadingsHandler({ text, source: device })],
		["/metrics", new Metrics({ text, source: device })],
	]);
	new Server({
		Listener: listenerFor(listening, limits),
		clock,
		text,
		maxConnections,
		...requestOptions,
		routes: site(text, { get: (/** @type {string} */ name) => files.get(name) }, resources),
	});
	return {
		port: listening.port,
		publish(reading) {
			device.newest = reading;
			broadcaster.publish("sensor-data", reading.sensor, reading);
		},
	};
}
