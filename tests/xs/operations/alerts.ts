// What an alert costs: a zone that is entered and left, with the event on a stream and the request to a receiver.

import { Alerts } from "../../../modules/alerts/alerts.js";
import { readSettings } from "../../../modules/config/settings.js";
import { Log } from "../../../modules/log/log.js";
import type { TCPClientConstructor, TCPClientOptions } from "../../../modules/platform/io.js";
import type { SensorState } from "../../../modules/sampling/reading.js";
import { fakeHost } from "../../fakes/host.js";
import { text } from "../../fakes/text.js";
import { type Cost, cost, kept } from "../costs.js";
import { type BenchClock, BenchTCP, window } from "../sockets.js";
import { openStream, PageServer } from "./harness.js";

/** Requests that the receiver has taken. */
let taken = 0;
let opened: { tcp: BenchTCP; options: TCPClientOptions };
const ok = text.encode("HTTP/1.1 200 OK\r\n\r\n");

class BenchReceiver extends BenchTCP {
	constructor(options: TCPClientOptions) {
		super();
		this.target = options.target;
		opened = { tcp: this, options };
	}
}

/** The receiver takes the request under way. */
function take(): void {
	const { tcp, options } = opened;
	tcp.free = window;
	options.onWritable?.call(tcp, window);
	tcp.unread = ok.slice().buffer;
	options.onReadable?.call(tcp, ok.byteLength);
	taken++;
}

const limits = { maxConnections: 16, sendBuffer: window, storage: 0 };
const room = { name: "Room", model: "DHT22", pin: 4, warn: { temperature: { above: 30 }, delayMs: 0 } };

/** Alerts of one sensor with one receiver, beside `server`'s streams. */
function watching(server: PageServer): Alerts {
	const webhooks = [{ url: "http://192.168.1.9/dht" }];
	const host = fakeHost({
		clock: server.clock,
		TCP: BenchReceiver as unknown as TCPClientConstructor,
		resolve: (name, onResolved) => onResolved(name),
	});
	return new Alerts({
		host,
		configuration: { settings: readSettings({ sensors: [room], webhooks }, limits) },
		log: new Log(host),
		sensors: { states: [{ name: "Room", intervalMs: 2000 } as SensorState] },
		broadcaster: server.broadcaster,
	});
}

function read(alerts: Alerts, clock: BenchClock, temperature: number): void {
	// So far apart that no message waits for others.
	clock.ticks += 1_200_000;
	const { ticks } = clock;
	const raw = { calibrated: false, rawHumidity: 50, rawTemperature: temperature };
	alerts.onReading({ sensor: "Room", temperature, humidity: 50, ticks, ...raw });
}

/** A zone that is entered and left. */
function cycle(alerts: Alerts, clock: BenchClock): void {
	for (const temperature of [31, 20]) {
		read(alerts, clock, temperature);
		take();
	}
}

function alerting(): Cost {
	const server = new PageServer();
	const alerts = watching(server);
	const stream = openStream();
	const total = cost(
		() => {
			read(alerts, server.clock, 31);
			take();
			stream.acknowledge();
		},
		() => {
			if (alerts.of("Room").length === 0) return;
			read(alerts, server.clock, 20);
			take();
			stream.acknowledge();
		},
	);
	if (alerts.of("Room").length !== 1 || taken < 7) throw new Error("there was no alert");
	return total;
}

function keptAfterwards(): Cost {
	const server = new PageServer();
	const alerts = watching(server);
	for (let count = 0; count < 10; count++) cycle(alerts, server.clock);
	return kept(() => {
		for (let count = 0; count < 50; count++) cycle(alerts, server.clock);
	}, 1);
}

export const alerts: Record<string, () => Cost> = {
	"an alert: a zone entered, an event to a stream, a request to a receiver": alerting,
	"kept after 100 alerts that a receiver took": keptAfterwards,
};
