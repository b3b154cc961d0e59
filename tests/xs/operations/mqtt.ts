// What a broker costs: a reading that is published, and what is kept for it.

import { sensorData } from "../../../modules/app/sensor-events.js";
import { DevicePublisher } from "../../../modules/mqtt/publisher.js";
import type { TCPClientConstructor, TCPClientOptions } from "../../../modules/platform/io.js";
import { text } from "../../fakes/text.js";
import { type Cost, cost, kept } from "../costs.js";
import { BenchClock, BenchTCP, window } from "../sockets.js";

/** Of the newest connection. */
let opened: { tcp: BenchTCP; options: TCPClientOptions };

class BenchClient extends BenchTCP {
	constructor(options: TCPClientOptions) {
		super();
		this.target = options.target;
		opened = { tcp: this, options };
	}
}

/** The broker sends. */
function send(...bytes: number[]): void {
	const { tcp, options } = opened;
	tcp.unread = Uint8Array.from(bytes).buffer;
	options.onReadable?.call(tcp, bytes.length);
	acknowledge();
}

function acknowledge(): void {
	const { tcp, options } = opened;
	tcp.free = window;
	options.onWritable?.call(tcp, window);
}

/** The broker accepts the connection, and acknowledges status and discovery. */
function announce(): void {
	acknowledge();
	send(0x20, 2, 0, 0);
	send(0x90, 3, 0, 1, 0);
	for (let id = 2; id < 4; id++) {
		send(0x40, 2, 0, id);
		for (let window = 0; window < 8; window++) acknowledge();
	}
}

const names = Array.from({ length: 8 }, (_, index) => `${index}${"n".repeat(63)}`);

/** A publisher of `count` sensors that has announced all. */
function publisher(clock: BenchClock, count: number): DevicePublisher {
	const published = new DevicePublisher({
		clock,
		text,
		TCP: BenchClient as unknown as TCPClientConstructor,
		resolve: (_name, onResolved) => onResolved("192.168.1.9"),
		random: () => 0,
		log() {},
		host: "broker.local",
		port: 1883,
		pingMs: 15_000,
		responseMs: 10_000,
		prefix: "dht",
		discovery: true,
		discoveryPrefix: "homeassistant",
		device: { id: "dht246f28abcdef", name: "dht", version: "1.0.0", url: "http://192.168.1.50/", hardware: "esp32" },
		sensors: names.slice(0, count).map((name, index) => ({ name, pin: index, model: "DHT22", intervalMs: 2000 })),
		state: () => ({ version: "1.0.0", uptimeMs: 0, signalDbm: -60, restart: "power-on", update: null }),
	});
	published.open();
	announce();
	if (published.announcedAt("broker.local", 1883)?.pins.length !== count) throw new Error("it is not announced");
	return published;
}

function publishing(): Cost {
	const clock = new BenchClock();
	const published = publisher(clock, 1);
	const reading = { sensor: names[0]!, humidity: 46.4, temperature: 21.5, rawHumidity: 46.4, rawTemperature: 21.5 };
	return cost(() => {
		clock.ticks += 2000;
		published.onReading(sensorData({ ...reading, ticks: clock.ticks, calibrated: false }));
		acknowledge();
	});
}

/** Home Assistant starts anew. */
function discovering(): Cost {
	const clock = new BenchClock();
	const published = publisher(clock, 8);
	const online = text.encode("online");
	const topic = text.encode("homeassistant/status");
	let id = 3;
	const total = cost(() => {
		send(0x30, 2 + topic.byteLength + online.byteLength, 0, topic.byteLength, ...topic, ...online);
		clock.due?.();
		for (let window = 0; window < 8; window++) acknowledge();
		send(0x40, 2, 0, ++id);
	});
	if (published.connection.state !== "connected") throw new Error("the connection ended");
	return total;
}

/** A broker that accepts, takes all and ends the connection, 100 times. */
function reconnecting(): Cost {
	const clock = new BenchClock();
	const published = publisher(clock, 1);
	const reconnect = () => {
		const { tcp, options } = opened;
		options.onError?.call(tcp);
		clock.ticks += 60_000;
		clock.due?.();
		published.onReading({ sensor: names[0]!, uptimeMs: clock.ticks });
		announce();
	};
	for (let count = 0; count < 10; count++) reconnect();
	return kept(() => {
		for (let count = 0; count < 100; count++) reconnect();
	}, 1);
}

export const mqtt: Record<string, () => Cost> = {
	"a reading, published by MQTT": publishing,
	"8 sensors of long names, discovered by MQTT": discovering,
	"kept after 100 connections that a broker ended": reconnecting,
	"kept for a broker, 1 sensor": () => kept(() => publisher(new BenchClock(), 1), 1),
	"kept for a broker, 8 sensors of long names": () => kept(() => publisher(new BenchClock(), 8), 1),
};
