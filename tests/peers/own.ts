// The project's server on the desktop host's sockets, with slots for more streams than a chip has.

import { DeviceHandler } from "../../modules/api/device.js";
import { HistoryHandler } from "../../modules/api/history.js";
import { Metrics } from "../../modules/api/metrics.js";
import { ReadingsHandler } from "../../modules/api/readings.js";
import { requestOptions } from "../../modules/app/http-service.js";
import { site } from "../../modules/app/routes.js";
import type { Handler } from "../../modules/http/handler.js";
import { Server } from "../../modules/http/server.js";
import { NodeClock } from "../../modules/platform/node/clock.js";
import { limits } from "../../modules/platform/node/host.js";
import { listen, listenerFor } from "../../modules/platform/node/sockets.js";
import { Broadcaster } from "../../modules/sse/broadcaster.js";
import { text } from "./device.js";
import { type Options, type Started, serve } from "./server.js";

/** Connections beside the streams. */
const others = 40;

async function start({ device, files, streams }: Options): Promise<Started> {
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
	const server = new Server({
		Listener: listenerFor(listening, limits),
		clock,
		text,
		maxConnections,
		...requestOptions,
		routes: site(
			text,
			files,
			new Map<string, Handler>([
				["/sensor-data-events", broadcaster],
				["/api/readings", new ReadingsHandler({ text, source: device })],
				["/api/device", new DeviceHandler({ text, source: device })],
				["/api/history", new HistoryHandler({ text, clock, source: device })],
				["/metrics", new Metrics({ text, source: device })],
			]),
		),
	});
	device.statuses = server.statuses;
	return {
		port: listening.port,
		publish: reading => broadcaster.publish("sensor-data", reading.sensor, reading),
	};
}

await serve(start);
