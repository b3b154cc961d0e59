// Which other sites' pages may read the device: a table of origins, resources, and private or not.

import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { App } from "../../modules/app/app.js";
import { Configuration } from "../../modules/config/configuration.js";
import { FakeClock } from "../fakes/clock.js";
import { fakeHost, simulatedPins } from "../fakes/host.js";
import { numbers } from "../fakes/random.js";
import { FakeNetwork } from "../fakes/sockets.js";
import { latin1, text } from "../fakes/text.js";

const listed = "https://home.example";

const local = [
	"http://dht.local",
	"http://dht-2.local:8081",
	"http://a.b.local",
	"http://10.0.0.1",
	"http://10.255.255.255:65535",
	"http://172.16.0.1",
	"http://172.31.255.255:8123",
	"http://192.168.0.10",
	"http://192.168.255.1:3000",
	"http://169.254.7.7",
];

const foreign = [
	"null",
	"",
	"https://evil.example",
	"http://evil.example",
	"http://dht.local.evil.example",
	"http://dht.local:80.evil.example",
	"http://evil-dht.local.example",
	"http://local",
	"http://.local",
	"http://a..local",
	"http://dht.local.",
	"http://dht.local/",
	"http://DHT.local",
	"HTTP://dht.local",
	"https://dht.local",
	"ftp://dht.local",
	"http://user@dht.local",
	"http://dht.local:",
	"http://dht.local:0",
	"http://dht.local:65536",
	"http://dht.local:8081x",
	"http://dht_.local",
	`http://${"a".repeat(80)}.local`,
	"http://[fe80::1]",
	"http://[::ffff:192.168.0.10]",
	"http://[fd00::1]:80",
	"http://127.0.0.1",
	"http://8.8.8.8",
	"http://11.0.0.1",
	"http://172.15.0.1",
	"http://172.32.0.1",
	"http://192.169.0.1",
	"http://192.168.0.256",
	"http://192.168.0.1.2",
	"http://192.168.1",
	"http://192.168.000.1",
	"http://0xa.0.0.1",
	"http://169.253.0.1",
	"https://192.168.0.10",
	"http://10.0.0.1.evil.example",
	"https://home.example.evil.example",
];

const shared = ["/api/readings", "/api/history", "/api/neighbours", "/sensor-data-events", "/gauge.js"];
const own = ["/", "/api/device", "/metrics", "/api/settings", "/api/session", "/api/setup", "/api/update", "/nope"];

class Device {
	readonly network = new FakeNetwork();
	readonly app: App;

	constructor(isPrivate: boolean, origins: readonly string[] = [listed]) {
		const clock = new FakeClock();
		const random = numbers(3);
		const files = new Map(["index.html", "gauge.js"].map(name => [name, latin1("content")]));
		const host = fakeHost({
			clock,
			...simulatedPins({ clock, random }),
			random,
			Listener: this.network.Listener,
			address: "192.168.1.7",
			assets: { get: name => files.get(name) },
		});
		const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };
		const sensors = [{ name: "Air", model: "DHT22", pin: 4 }];
		const config = { sensors, origins, private: isPrivate, adminPassword: "correct horse" };
		this.app = new App({
			host,
			configuration: new Configuration({ config, limits, storage: undefined, text, log() {} }),
		});
	}

	/** @returns Status and header fields of the response. */
	ask(path: string, origin: string | undefined, { method = "GET", more = "", host = "dht.local" } = {}) {
		const peer = this.network.connect();
		const field = origin === undefined ? "" : `Origin: ${origin}\r\n`;
		peer.send(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${field}${more}\r\n`);
		const [head = ""] = peer.received.split("\r\n\r\n");
		peer.close();
		const values = (name: string) =>
			[...head.matchAll(/\r\n([^:]+): ([^\r]*)/g)].filter(([, key]) => key === name).map(([, , value]) => value!);
		return {
			status: Number(head.slice(9, 12)),
			allowed: values("Access-Control-Allow-Origin"),
			credentials: values("Access-Control-Allow-Credentials"),
			methods: values("Access-Control-Allow-Methods"),
			vary: values("Vary").join(", ").split(", "),
		};
	}
}

test("of each origin, each resource is read by the pages that may, and on a private device by those of the settings alone", () => {
	let rows = 0;
	for (const isPrivate of [false, true]) {
		const device = new Device(isPrivate);
		for (const path of [...shared, ...own])
			for (const origin of [...local, ...foreign, listed]) {
				const isAllowed = origin === listed || (!isPrivate && shared.includes(path) && local.includes(origin));
				const { allowed, credentials, vary } = device.ask(path, origin);
				const row = `${origin} × ${path}, private: ${isPrivate}`;
				deepEqual([row, allowed, credentials], [row, isAllowed ? [origin] : [], []]);
				ok(vary.includes("Origin"), row);
				rows++;
			}
	}
	ok(rows >= 120, `${rows} rows`);
});

test("what is shared depends on Origin, also for a client that sends none", () => {
	const device = new Device(false, []);
	for (const path of shared) equal(device.ask(path, undefined).vary.includes("Origin"), true, path);
	for (const path of own) {
		equal(device.ask(path, undefined).vary.includes("Origin"), false, path);
		deepEqual(device.ask(path, "http://dht.local").allowed, [], path);
	}
});

test("a page of the local network gets nothing that it asks for with credentials", () => {
	const device = new Device(false);
	for (const path of shared)
		for (const more of [
			`Cookie: reader=${"0".repeat(64)}\r\n`,
			'Authorization: HMAC-SHA-256 nonce="1", answer="2"\r\n',
		]) {
			const { allowed, credentials } = device.ask(path, local[0], { more });
			deepEqual([path, more, allowed, credentials], [path, more, [], []]);
		}
});

test("a page of the local network may read, and change nothing", () => {
	const device = new Device(false);
	const asks = "Access-Control-Request-Method: GET\r\n";
	for (const path of shared) {
		const preflight = device.ask(path, local[0], { method: "OPTIONS", more: asks });
		deepEqual([preflight.status, preflight.allowed, preflight.methods], [204, [local[0]], ["GET, HEAD"]]);
		ok(preflight.vary.includes("Origin"));
		deepEqual(device.ask(path, local[0], { method: "HEAD" }).allowed, [local[0]]);
		const change = device.ask(path, local[0], { method: "PUT", more: "Content-Length: 0\r\n" });
		deepEqual([change.status, change.allowed], [405, []]);
	}
	const more = "Content-Type: application/json\r\nContent-Length: 2\r\n";
	const { status, allowed } = device.ask("/api/settings", local[1], { method: "PUT", more: `${more}\r\n{}` });
	deepEqual([status, allowed], [403, []]);
	const preflight = device.ask("/api/settings", local[1], { method: "OPTIONS" });
	deepEqual([preflight.allowed, preflight.methods], [[], []]);
});

test("a name that is none of the device's gets 421, whatever the origin", () => {
	const device = new Device(false);
	for (const origin of [...local, undefined])
		equal(device.ask("/api/readings", origin, { host: "evil.example" }).status, 421);
});

test("a change of the settings is in force with the next request", () => {
	const device = new Device(false);
	deepEqual(device.ask("/api/readings", local[0]).allowed, [local[0]]);
	device.app.changer.change({ private: true });
	deepEqual(device.ask("/api/readings", local[0]).allowed, []);
	device.app.changer.change({ private: false, origins: [] });
	deepEqual(device.ask("/api/readings", local[0]).allowed, [local[0]]);
	deepEqual(device.ask("/api/readings", listed).allowed, []);
});
