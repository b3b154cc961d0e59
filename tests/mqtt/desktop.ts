// A device that publishes from this computer. As a program it takes the broker's port, and reads every 100 ms.

import { fileURLToPath } from "node:url";
import { DevicePublisher, type PublisherOptions } from "../../modules/mqtt/publisher.js";
import { NodeClock } from "../../modules/platform/node/clock.js";
import { random } from "../../modules/platform/node/host.js";
import { resolver } from "../../modules/platform/node/resolver.js";
import { tcpClient } from "../../modules/platform/node/tcp.js";
import { text } from "../fakes/text.js";
import { device, room } from "./devices.js";

export function desktopPublisher(port: number, given: Partial<PublisherOptions> = {}) {
	const clock = new NodeClock();
	const publisher = new DevicePublisher({
		clock,
		text,
		TCP: tcpClient({ sendBuffer: 5744, maxOpen: 2 }),
		resolve: resolver(clock),
		random,
		log() {},
		host: "localhost",
		port,
		pingMs: 500,
		responseMs: 1000,
		prefix: "dht",
		discovery: true,
		discoveryPrefix: "homeassistant",
		device,
		sensors: [room],
		state: () => ({ version: "1.0.0", uptimeMs: clock.ticks, signalDbm: null, restart: null, update: null }),
		...given,
	});
	let temperature = 0;
	const read = () =>
		publisher.onReading({ temperature: temperature++, sensor: "Room", uptimeMs: clock.ticks } as never);
	return { publisher, read };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { publisher, read } = desktopPublisher(Number(process.argv[2]));
	publisher.open();
	setInterval(read, 100);
}
