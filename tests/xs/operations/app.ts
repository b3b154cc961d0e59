// The whole app: at rest, visited and polled.

import { App } from "../../../modules/app/app.js";
import { LogEvents } from "../../../modules/app/log-events.js";
import { Configuration } from "../../../modules/config/configuration.js";
import type { Host } from "../../../modules/platform/host.js";
import { chromium, fetched, homeAssistant, prometheus, stream } from "../../fakes/clients.js";
import { fakeHost } from "../../fakes/host.js";
import { text } from "../../fakes/text.js";
import { type Cost, cost, inSlots, kept } from "../costs.js";
import { BenchClock, BenchListener, connect, window } from "../sockets.js";
import { ask, askAlone, assets, BenchCapture, bytesOf, expect, openStream, pulses, warmerPulses } from "./harness.js";

export const host = (clock: BenchClock): Host =>
	fakeHost({
		clock,
		assets,
		address: "192.168.1.50",
		Listener: BenchListener,
		PulseCapture: BenchCapture,
		random: () => 0x5f3a,
	});

export const configurationFor = (sensors: number) =>
	new Configuration({
		config: {
			sensors: Array.from({ length: sensors }, (_, at) => ({
				name: sensors < 8 ? `Room ${at}` : `${at}${"n".repeat(63)}`,
				model: "DHT22",
				pin: 4 + at,
			})),
		},
		limits: { maxConnections: 16, sendBuffer: window, storage: 0 },
		storage: undefined,
		text,
		log() {},
	});

/** The app after its start, each sensor read once, with open streams. */
function atRest(sensors: number, streams: number, size?: () => number): Cost {
	const configuration = configurationFor(sensors);
	return kept(
		() => {
			BenchCapture.all.length = 0;
			const clock = new BenchClock();
			const app = new App({ host: host(clock), configuration });
			const log = app.log.from("bench");
			for (let count = 0; count < 40; count++) log("a line of the log, of usual length, as often as fills it");
			// As often as fills the ring of events that clients may have missed.
			for (let round = 0; round < 5; round++)
				for (const capture of BenchCapture.all) {
					clock.ticks += 1000;
					clock.due?.();
					capture.respond({ pulses, level: 1, ticks: clock.ticks });
				}
			return [app, Array.from({ length: streams }, () => openStream())];
		},
		1,
		size,
	);
}

/** A device with one sensor, read once. @returns Lets the sensor be read again, with two values alternately. */
function runningApp(): () => void {
	BenchCapture.all.length = 0;
	const clock = new BenchClock();
	new App({ host: host(clock), configuration: configurationFor(1) });
	let warmer = false;
	const read = () => {
		clock.ticks += 2000;
		clock.due?.();
		warmer = !warmer;
		BenchCapture.all[0]?.respond({ pulses: warmer ? warmerPulses : pulses, level: 1, ticks: clock.ticks });
	};
	read();
	return read;
}

/** The log as events of the stream, beside the lines that the log itself keeps. */
function logEvents(): Cost {
	const running = new App({ host: host(new BenchClock()), configuration: configurationFor(1) });
	return kept(() => new LogEvents(running));
}

/** A request on a connection that stays, after a new reading each time. */
function polling(request: string): Cost {
	const read = runningApp();
	expect(200, request);
	const tcp = connect();
	const arrived = bytesOf(request);
	return cost(() => ask(tcp, arrived), read);
}

/** Connections and requests of a browser that comes for the first time. */
function visiting(): Cost {
	const read = runningApp();
	const requests = [chromium, fetched("/api/readings"), fetched("/api/history?sensor=Room%200&span=15m"), stream()];
	for (const request of requests) expect(200, request);
	const arrived = requests.map(bytesOf);
	const events = arrived.pop()!;
	return cost(() => {
		const tcp = connect();
		for (let at = 0; at < arrived.length; at++) ask(tcp, arrived[at]!);
		tcp.leave();
		askAlone(events);
	}, read);
}

export const app: Record<string, () => Cost> = {
	"a first visit: page, readings, history and stream": visiting,
	"GET /api/readings, polled by Home Assistant": () => polling(homeAssistant),
	"GET /metrics, polled by Prometheus": () => polling(prometheus),
	"kept by the log as events of the stream": logEvents,
	"the app at rest, 1 sensor": () => atRest(1, 0),
	"the app at rest, 1 sensor, in slots": () => atRest(1, 0, inSlots),
	"the app at rest, 8 sensors and 8 streams": () => atRest(8, 8),
	"the app at rest, 8 sensors and 8 streams, in slots": () => atRest(8, 8, inSlots),
};
