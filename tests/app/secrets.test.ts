// A device full of secrets, on a fake clock and network: none of them is in what it sends to those who do not need it.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { App } from "../../modules/app/app.js";
import { secretsIn } from "../../modules/auth/secrets.js";
import { hex } from "../../modules/auth/sha256.js";
import { seal } from "../../modules/auth/signature.js";
import { Configuration } from "../../modules/config/configuration.js";
import { secretPaths } from "../../modules/config/settings.js";
import { fakeHost, simulatedPins } from "../fakes/host.js";
import { request, signed } from "../fakes/signing.js";
import { FakeStorage } from "../fakes/storage.js";
import { text } from "../fakes/text.js";
import { FakeBroker } from "../mqtt/broker.js";

const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };
const own = "192.0.2.1";
const receiver = "192.0.2.9";
/** In each secret, and nowhere else. */
const mark = "PLANTED";
const adminPassword = `${mark}-of the device`;

/** Every secret that the settings have. */
const config = {
	sensors: [{ name: "Room", model: "DHT22", pin: 4, warn: { temperature: { above: 0 }, delayMs: 0 } }],
	adminPassword,
	accessPointPassword: `${mark}-access-point`,
	ssid: "House",
	password: `${mark}-of the Wi-Fi`,
	mqttHost: "broker.local",
	mqttUser: "dht",
	mqttPassword: `${mark}-of the broker`,
	webhooks: [
		{ url: `http://${receiver}/${mark}/token`, format: "json" },
		{ url: `http://${receiver}:8080/?auth=${mark}`, format: "text" },
	],
};

const paths = [
	...["/", "/settings", "/setup", "/nope", "/api/readings", "/api/device", "/api/settings", "/api/session"],
	...["/api/setup", "/api/update", "/api/history?sensor=Room&span=15m", "/metrics"],
];

class Bench {
	readonly broker = new FakeBroker();
	readonly app: App;
	/** Requests of the device to its receivers. */
	readonly posted: string[] = [];

	constructor(given: object = config) {
		const { clock, network, random, lines, resolve } = this.broker;
		const { onDial } = network;
		network.onDial = (peer, options) => {
			if (options.address !== receiver) return onDial?.(peer, options);
			clock.set(() => {
				this.posted.push(peer.received);
				peer.send("HTTP/1.1 500 Oh\r\n\r\n");
			}, 50);
			return true;
		};
		const host = fakeHost({
			...simulatedPins({ clock, random }),
			...{ clock, random, address: own, Listener: network.Listener, TCP: network.TCP },
			resolve: (name, onResolved) => (name === receiver ? onResolved(name) : resolve(name, onResolved)),
			storage: new FakeStorage(20),
			log: line => lines.push(line),
		});
		const { storage, log } = host;
		this.app = new App({ host, configuration: new Configuration({ config: given, limits, storage, text, log }) });
		this.broker.advance(200);
	}

	ask(bytes: string): string {
		const peer = this.broker.network.connect();
		peer.send(bytes);
		peer.close();
		return peer.received;
	}

	get(path: string): string {
		return this.ask(request({ method: "GET", target: path, host: own }));
	}

	/** Changes settings, signed; secrets sealed where `isSealed`. */
	put(change: Record<string, unknown>, isSealed: boolean): string {
		const { nonce } = JSON.parse(this.get("/api/session").split("\r\n\r\n")[1]!);
		for (const { holder, key, name } of isSealed ? secretPaths.flatMap(path => secretsIn(change, path)) : [])
			holder[key] = { sealed: hex(seal(text.encode, adminPassword, nonce, name, text.encode(String(holder[key])))) };
		return this.ask(signed(adminPassword, nonce, { host: own, body: JSON.stringify(change) }));
	}
}

test("no secret is in a response, on the stream, in the log, on the console or among what is published", () => {
	const bench = new Bench();
	const { broker, app, posted } = bench;
	const stream = broker.network.connect();
	stream.send(request({ method: "GET", target: "/sensor-data-events", host: own }));
	broker.advance(120_000, 500);
	const sent = new Map(paths.map(path => [path, bench.get(path)]));
	sent.set("the stream", stream.received);
	sent.set("the console", broker.lines.join("\n"));
	sent.set("the log", JSON.stringify(app.log.lines));
	sent.set("MQTT", JSON.stringify([...broker.messages, ...broker.kept]));
	deepEqual(
		[...sent].filter(([, bytes]) => bytes.includes(mark)).map(([where]) => where),
		[],
	);
	// All of it was there to be searched.
	ok([...sent.values()].every(bytes => bytes.length > 0));
	match(sent.get("/api/settings")!, /http:\/\/192\.0\.2\.9\/\*\*\*/);
	match(sent.get("the stream")!, /event: alert/);
	match(sent.get("the console")!, /192\.0\.2\.9: responds 500/);
	match(sent.get("MQTT")!, /dht\/dht\/Room\/state/);
	ok(broker.connects[0]!.includes(mark) && posted.length >= 2);
	app.close();
});

test("no secret that is not allowed is in the response that says so, sealed or not", () => {
	const bench = new Bench();
	const long = `${mark}${"x".repeat(300)}`;
	for (const isSealed of [true, false])
		for (const change of [
			{ mqttPassword: long },
			{ password: long },
			{ adminPassword: long },
			{ webhooks: [{ url: `ftp://${receiver}/${long}` }] },
			{ webhooks: [{ url: `http://me:${mark}@${receiver}/` }] },
			{ mqttHost: `mqtt://me:${mark}@broker.local` },
			{ mqttHost: `me:${mark}@broker.local` },
		]) {
			const response = bench.put({ ...change }, isSealed);
			ok(!response.includes(mark), response);
			match(response, /^HTTP\/1\.1 4/);
		}
	const shown = JSON.stringify(bench.app.log.lines) + bench.broker.lines.join();
	ok(!shown.includes(mark));
	bench.app.close();
});

test("a change that is taken is told without its secrets", () => {
	const bench = new Bench();
	const response = bench.put({ mqttPassword: `${mark} anew`, webhooks: [{ url: `http://${receiver}/${mark}` }] }, true);
	match(response, /^HTTP\/1\.1 200/);
	ok(!response.includes(mark), response);
	equal(bench.app.configuration.settings.mqttPassword, `${mark} anew`);
	bench.app.close();
});
