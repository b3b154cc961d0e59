import assert from "node:assert/strict";
import { test } from "node:test";
import { boot } from "../../modules/app/boot.js";
import type { Host, Platform } from "../../modules/platform/host.js";
import type { Credentials, Radio } from "../../modules/platform/radio.js";
import { simulatedSensors } from "../../modules/platform/simulated/attached-sensors.js";
import { simulatedCapture } from "../../modules/platform/simulated/capture.js";
import { FakeClock } from "../fakes/clock.js";
import { fakeHost } from "../fakes/host.js";
import { numbers } from "../fakes/random.js";
import { request, signed } from "../fakes/signing.js";
import { FakeNetwork, type Peer } from "../fakes/sockets.js";
import { latin1, unchunked } from "../fakes/text.js";

/** A device on a fake clock and network, with simulated sensors, whose interface comes up when `connectWiFi` is called. */
class Bench implements Platform {
	readonly limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };
	readonly clock = new FakeClock();
	readonly network = new FakeNetwork();
	readonly lines: string[] = [];
	/** What the device joined with, and how to tell it that it is in. */
	credentials: Credentials | undefined;
	/** Whether its button is held. */
	pressed = false;
	connectWiFi: (address: string) => void = () => assert.fail("nothing was joined");
	readonly #random = numbers(1);

	createHost(sensors: readonly { pin: number; model: string }[]): Host {
		const { clock } = this;
		const random = this.#random;
		return fakeHost({
			clock,
			assets: { get: name => (name === "index.html" ? latin1("<!doctype html><title>Gauges</title>") : undefined) },
			radio: this.#radio(),
			pressed: () => this.pressed,
			Listener: this.network.Listener,
			PulseCapture: simulatedCapture({ clock, sensors: simulatedSensors(sensors, random) }),
			random,
			log: line => this.lines.push(line),
		});
	}

	#radio(): Radio {
		const bench = this;
		return {
			mac: "24:6F:28:AB:CD:EF",
			listener: undefined,
			join(credentials) {
				bench.credentials = credentials;
				bench.connectWiFi = address => this.listener?.onJoined(address);
			},
			leave() {},
			scan() {},
			openAccessPoint: () => "192.168.4.1",
			closeAccessPoint() {},
			hasNeighbour: () => false,
			signal: () => -60,
			close() {},
		};
	}

	/** Lets time pass, and then what was sent arrive. */
	advance(ms: number): void {
		this.clock.advance(ms);
		this.network.settle();
	}

	/** @returns The answer to a GET of `path`, which the device gives at once. */
	get(path: string, port = 80): string {
		const peer = this.ask(path, port);
		peer.close();
		return peer.received;
	}

	ask(path: string, port = 80): Peer {
		const peer = this.network.connect(port);
		peer.send(`GET ${path} HTTP/1.1\r\nHost: 192.0.2.7\r\n\r\n`);
		return peer;
	}
}

const wifi = { ssid: "Attic", password: "in the rafters" };

test("a device samples while it waits for the network, and serves once that is up", () => {
	const bench = new Bench();
	const app = boot(bench, { ssid: "Attic", password: "secret" });
	assert.deepEqual(bench.credentials, { ssid: "Attic", password: "secret" });
	bench.advance(5000);
	assert.throws(() => bench.network.connect(), /refused/);
	bench.connectWiFi("192.0.2.7");
	assert.deepEqual(bench.lines, ["dht: http://192.0.2.7/"]);
	const readings = JSON.parse(unchunked(bench.get("/api/readings")));
	assert.equal(readings.readings[0].status, "live");
	assert.equal(readings.readings[0].sensor, "Room");
	app.close();
});

test("the listener stays when the network comes back under another address", () => {
	const bench = new Bench();
	const app = boot(bench, { ssid: "Attic", port: "8080", name: "attic" });
	bench.connectWiFi("192.0.2.7");
	const stream = bench.ask("/sensor-data-events", 8080);
	bench.connectWiFi("2001:db8::7");
	assert.deepEqual(bench.lines, ["attic: http://192.0.2.7:8080/", "attic: http://[2001:db8::7]:8080/"]);
	stream.take();
	bench.advance(2500);
	assert.match(stream.take(), /event: sensor-data\n/);
	app.close();
});

test("a port that cannot be opened is tried again", () => {
	const bench = new Bench();
	const other = new bench.network.Listener({ port: 80 });
	const app = boot(bench, wifi);
	bench.connectWiFi("192.0.2.7");
	assert.deepEqual(bench.lines, ["dht: port 80 cannot be opened (port 80 is in use), next attempt in 5 s"]);
	other.close();
	bench.advance(5000);
	assert.equal(bench.lines.at(-1), "dht: http://192.0.2.7/");
	assert.match(bench.get("/"), /^HTTP\/1\.1 200 /);
	app.close();
});

test("a configuration that the build let through is explained at every path", () => {
	const bench = new Bench();
	const app = boot(bench, { ssid: "Attic", password: "secret", sensors: [{ name: "<b>", model: "DHT99", pin: 4 }] });
	assert.deepEqual(bench.credentials, { ssid: "Attic", password: "secret" });
	bench.connectWiFi("192.0.2.7");
	for (const path of ["/", "/api/readings"]) {
		const answer = bench.get(path);
		assert.match(answer, /^HTTP\/1\.1 503 /);
		assert.match(answer, /sensors\[0\]\.model: &#34;DHT99&#34; is not allowed; the models are DHT11, /);
	}
	assert.match(bench.lines.join("\n"), /^rescue mode: sensors\[0\]\.model: "DHT99" is not allowed/m);
	app.close();
});

test("a pin that this host cannot use is explained, too", () => {
	const bench = new Bench();
	const app = boot(bench, { ...wifi, sensors: [{ name: "A", model: "DHT22", pin: 4, powerPin: 5 }] });
	bench.connectWiFi("192.0.2.7");
	assert.match(bench.get("/"), /powerPin: this host has no digital outputs/);
	app.close();
});

test("keys of the SDK's boards do no harm", () => {
	const bench = new Bench();
	const app = boot(bench, Object.freeze({ ...wifi, screen: "", startupSound: false }));
	bench.connectWiFi("192.0.2.7");
	assert.match(bench.get("/"), /^HTTP\/1\.1 200 /);
	app.close();
});

test("an app that is closed leaves no timer and no connection", () => {
	const bench = new Bench();
	const app = boot(bench, wifi);
	bench.connectWiFi("192.0.2.7");
	bench.ask("/sensor-data-events");
	bench.ask("/");
	bench.advance(3000);
	app.close();
	app.close();
	assert.equal(bench.clock.pending, 0);
	assert.equal(bench.network.open.size, 0);
});

test("without Wi-Fi to join the gauges are shown through the access point, to which phones that look for the Internet are sent", () => {
	const bench = new Bench();
	const app = boot(bench, {});
	assert.deepEqual(bench.lines, [
		"access point dht-CDEF: join it to tell the device its Wi-Fi",
		"dht: http://192.168.4.1/",
	]);
	const probes = [
		["connectivitycheck.gstatic.com", "/generate_204"],
		["captive.apple.com", "/hotspot-detect.html"],
		["www.msftconnecttest.com", "/connecttest.txt"],
		["detectportal.firefox.com", "/canonical.html"],
	] as const;
	for (const [host, path] of probes) {
		const ask = (remoteAddress: string) => {
			const peer = bench.network.connect(80, remoteAddress);
			peer.send(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
			peer.close();
			return peer.received;
		};
		assert.match(ask("192.168.4.2"), /^HTTP\/1\.1 302 Found\r\n(.+\r\n)*Location: http:\/\/192\.168\.4\.1\/setup\r\n/);
		assert.match(ask("192.0.2.9"), /^HTTP\/1\.1 421 /);
	}
	assert.match(bench.get("/"), /Gauges/);
	const device = JSON.parse(unchunked(bench.get("/api/device")));
	assert.deepEqual([device.network.phase, device.network.accessPoint.ssid], ["setup", "dht-CDEF"]);
	app.close();
	assert.equal(bench.clock.pending, 0);
});

test("streams end when the device forgets that its build's privacy was turned off", () => {
	const bench = new Bench();
	const password = "correct horse";
	const host = "192.168.4.1";
	const app = boot(bench, { private: true, adminPassword: password });
	const put = (change: object) => {
		const peer = bench.network.connect();
		peer.send(request({ method: "GET", target: "/api/session", host }));
		const { nonce } = JSON.parse(peer.take().split("\r\n\r\n")[1] ?? "");
		peer.send(signed(password, nonce, { host, body: JSON.stringify(change) }));
		assert.match(peer.received, /^HTTP\/1\.1 200 /);
		peer.close();
	};
	put({ private: false });
	const stream = bench.ask("/sensor-data-events");
	bench.advance(1000);
	assert.equal(stream.closed, "no");
	bench.pressed = true;
	bench.advance(4900);
	assert.equal(stream.closed, "no");
	bench.advance(600);
	assert.equal(stream.closed, "fin");
	assert.match(bench.get("/api/readings"), /^HTTP\/1\.1 401 /);
	app.close();
});

test("a short press of the button lets the network set the first password, and no later one undoes it", () => {
	const bench = new Bench();
	const app = boot(bench, { ssid: "Home", password: "correct horse" });
	bench.connectWiFi("192.0.2.7");
	const status = (change: object) => {
		const peer = bench.network.connect();
		peer.send(request({ host: "192.0.2.7", body: JSON.stringify(change) }));
		return Number(peer.take().slice(9, 12));
	};
	const press = (ms: number) => {
		bench.pressed = true;
		bench.advance(ms);
		bench.pressed = false;
		bench.advance(500);
	};
	assert.equal(status({ units: "F" }), 403);
	press(200);
	assert.equal(status({ adminPassword: "battery staple" }), 200);
	press(200);
	assert.equal(status({ units: "F" }), 401);
	press(5500);
	assert.equal(status({ units: "F" }), 403, "a long press forgets the password, and opens no window");
	press(200);
	app.close();
	bench.clock.advance(200_000);
	assert.equal(bench.clock.pending, 0);
	assert.deepEqual(
		bench.lines.filter(line => line.startsWith("set-up is ")),
		[
			"set-up is open for 3 minutes: set a password at /settings",
			"set-up is closed: a password is set",
			"set-up is open for 3 minutes: set a password at /settings",
		],
	);
});

test("taking the Wi-Fi back over the network leaves password and privacy", () => {
	const bench = new Bench();
	const password = "correct horse";
	const host = "192.168.4.1";
	const app = boot(bench, { adminPassword: password });
	const peer = bench.network.connect();
	const put = (change: object) => {
		peer.send(request({ method: "GET", target: "/api/session", host }));
		const { nonce } = JSON.parse(peer.take().split("\r\n\r\n")[1] ?? "");
		peer.send(signed(password, nonce, { host, body: JSON.stringify(change) }));
		assert.match(peer.take(), /^HTTP\/1\.1 200 /);
	};
	put({ private: true });
	put({ ssid: null });
	bench.advance(1000);
	assert.match(bench.get("/api/readings"), /^HTTP\/1\.1 401 /);
	put({ name: "attic" });
	app.close();
});
