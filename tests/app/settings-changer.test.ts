import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../../modules/auth/sha256.js";
import { seal } from "../../modules/auth/signature.js";
import { changeKeys } from "../../modules/config/settings.js";
import { settingsBlocks } from "../../modules/storage/blocks.js";
import { TwoCopyStore } from "../../modules/storage/two-copies.js";
import { request, signed } from "../fakes/signing.js";
import { FakeStorage } from "../fakes/storage.js";
import { text } from "../fakes/text.js";
import { Bench, host, password, room } from "./settings-bench.js";

test("a new name is answered to at once, and the old one until mDNS has it too", () => {
	const bench = new Bench();
	assert.equal(bench.ask(request({ method: "GET", host: "attic.local" }))[0].slice(9, 12), "421");
	assert.deepEqual(bench.put({ name: "attic" }).body.restart, ["name"]);
	for (const name of ["attic", "attic.local", "dht", "dht.local"])
		assert.equal(bench.ask(request({ method: "GET", host: name }))[0].slice(9, 12), "200", name);
	assert.equal(bench.get("/api/readings").name, "attic");
	bench.app.close();
});

test("hosts and origins hold at once, also for a request that was asked before", () => {
	const bench = new Bench();
	const foreign = request({ method: "GET", host: "router.lan", fields: "Origin: https://example.org\r\n" });
	assert.equal(bench.ask(foreign)[0].slice(9, 12), "421");
	assert.equal(bench.put({ hosts: ["router.lan"], origins: ["https://example.org"] }).status, 200);
	assert.match(bench.ask(foreign)[0], /^HTTP\/1\.1 200 .*\r\nAccess-Control-Allow-Origin: https:\/\/example\.org\r\n/s);
	assert.equal(bench.put({ hosts: [], origins: null }).status, 200);
	assert.equal(bench.ask(foreign)[0].slice(9, 12), "421");
	bench.app.close();
});

test("warning zones, language and units are told at once, and the sensors go on", () => {
	const bench = new Bench();
	bench.advance(5000);
	const before = bench.get("/api/device").sensors[0].reads;
	const warn = { temperature: { below: 5, above: null } };
	assert.equal(bench.put({ language: "pt", units: "F", sensors: [{ ...room, warn }] }).status, 200);
	const { language, units, readings } = bench.get("/api/readings");
	assert.deepEqual([language, units], ["pt", "F"]);
	assert.deepEqual(readings[0].warn.temperature, { below: 5, above: null, hysteresis: 0.5 });
	assert.equal(readings[0].status, "live");
	assert.equal(bench.get("/api/device").sensors[0].reads, before);
	bench.app.close();
});

test("a stream goes on while sensors come and go, and tells of the new ones", () => {
	const bench = new Bench();
	const stream = bench.network.connect();
	stream.send(request({ method: "GET", target: "/sensor-data-events" }));
	bench.advance(5000);
	const first = stream.take();
	assert.equal(
		bench.put({
			intervalMs: 4000,
			sensors: [
				{ ...room, name: "Cellar" },
				{ ...room, name: "Attic", pin: 5 },
			],
		}).status,
		200,
	);
	bench.advance(10_000);
	const told = stream.take();
	for (const name of ["Cellar", "Attic"])
		assert.match(told, new RegExp(`event: sensor-data\\ndata: .*"sensor":"${name}"`));
	assert.ok(!told.includes('"Room"'));
	assert.equal(stream.closed, "no");
	const id = /id: (\S+)/.exec(first)?.[1];
	const later = bench.network.connect();
	later.send(request({ method: "GET", target: `/sensor-data-events?lastEventId=${id}` }));
	assert.match(later.received, /"sensor":"Cellar"/);
	assert.ok(!later.received.includes('"Room"'));
	assert.equal(bench.get("/api/readings").intervalMs, 4000);
	assert.equal(bench.get("/api/history?span=15m").sensor, "Cellar");
	bench.app.close();
});

test("streams end when reading comes to need the password, and when it is another one; else they go on", () => {
	const bench = new Bench();
	const open = ({ query = "", fields = "" } = {}) => {
		const stream = bench.network.connect();
		stream.send(request({ method: "GET", target: `/sensor-data-events${query}`, fields }));
		return stream;
	};
	const ended = (stream: ReturnType<typeof open>) => {
		stream.take();
		bench.advance(5000);
		return stream.closed !== "no" && stream.take() === "";
	};
	const { nonce: first } = bench.get("/api/session");
	const asked = { method: "POST", target: "/api/session", host, body: "{}" };
	const cookie = /reader=[0-9a-f]+/.exec(bench.ask(signed(password, first, asked))[0])?.[0];
	const reader = { fields: `Cookie: ${cookie}\r\n` };
	const stranger = open();
	const narrow = open({ query: "?sensor=Room" });
	assert.equal(bench.put({ name: "attic" }).status, 200);
	assert.ok(!ended(stranger) && !ended(narrow));
	assert.equal(bench.put({ private: true }).status, 200);
	assert.ok(ended(stranger) && ended(narrow));
	assert.match(open().received, /^HTTP\/1\.1 401 /);
	const allowed = open(reader);
	assert.equal(bench.put({ private: true, units: "F" }).status, 200);
	assert.ok(!ended(allowed));
	const { nonce } = bench.get("/api/session");
	const next = "battery staple";
	const hidden = seal(text.encode, password, nonce, "adminPassword", text.encode(next));
	const body = JSON.stringify({ adminPassword: { sealed: hex(hidden) } });
	assert.match(bench.ask(signed(password, nonce, { host, body }))[0], /^HTTP\/1\.1 200 /);
	assert.ok(ended(allowed));
	assert.match(open(reader).received, /^HTTP\/1\.1 401 /);
	bench.app.close();
});

test("a calibration holds from the next reading on, and the past of the sensor stays", () => {
	const bench = new Bench();
	bench.advance(60_000);
	const shown = bench.get("/api/readings").readings[0].temperature;
	const count = () =>
		bench.get("/api/history?span=15m").temperature.mean.filter((value: number | null) => value !== null).length;
	const before = count();
	assert.equal(bench.put({ sensors: [{ ...room, calibration: { temperature: { offset: 20 } } }] }).status, 200);
	bench.advance(10_000);
	const corrected = bench.get("/api/readings").readings[0].temperature;
	assert.ok(corrected > shown + 15 && corrected < shown + 25, `${shown} became ${corrected}`);
	assert.ok(count() > before);
	bench.app.close();
});

test("a pin that this host cannot use: nothing changes, and the sensors go on as before", () => {
	const bench = new Bench();
	bench.advance(5000);
	const { status, body } = bench.put({ name: "attic", sensors: [{ ...room, powerPin: 7 }] });
	assert.equal(status, 422);
	assert.equal(body.key, "sensors");
	assert.match(body.message, /powerPin: this host has no digital outputs/);
	bench.advance(10_000);
	const { name, readings } = bench.get("/api/readings");
	assert.equal(name, "dht");
	assert.equal(readings[0].status, "live");
	bench.app.close();
});

/** The largest sensor; the other settings are taken from what the device tells. */
const largest = {
	name: "Sótão",
	model: "DHT11",
	pin: 5,
	sign: "floor",
	median: true,
	calibration: {
		temperature: { offset: -0.5 },
		humidity: {
			points: [
				[30, 33],
				[75, 75],
			],
		},
	},
	warn: { temperature: { below: 5, above: 30, hysteresis: 0.5 }, humidity: { below: null, above: 70 }, delayMs: 0 },
	scale: { temperature: [-10, 40] },
	comfort: { temperature: [20, 24], humidity: [40, 60] },
};

test("every key that the settings have may be sent, and no other", () => {
	const bench = new Bench();
	const change = { ...bench.get("/api/settings"), sensors: [largest], webhooks: [{ url: "http://ntfy.lan/dht" }] };
	const seen = new Set(["powerPin", "ssid", "password", "mqttPassword", "adminPassword", "format", "sealed"]);
	JSON.stringify(change, (key, value) => {
		if (key !== "" && !/^\d+$/.test(key)) seen.add(key);
		return value;
	});
	assert.deepEqual([...seen].sort(), [...changeKeys].sort());
	assert.equal(bench.put(change).status, 200);
	for (const [what, key] of [
		[{ intervall: 5 }, "intervall"],
		[{ sensors: [room, { ...largest, colour: "red" }] }, "sensors[1].colour"],
		[{ sensors: [{ ...largest, warn: { temperature: { over: 1 } } }] }, "sensors[0].warn.temperature.over"],
		[{ port: 80 }, "port"],
		[{ offset: 1 }, "offset"],
	] as const) {
		const { status, body } = bench.put(what);
		assert.deepEqual([status, body.key], [422, key]);
		assert.match(body.message, /^[^\n]+ the keys are name, [^\n]+$/);
	}
	bench.app.close();
});

test("of a webhook's URL scheme and host are told, and one that is sent back so stays", () => {
	const storage = new FakeStorage(21);
	const bench = new Bench(storage);
	const own = (urls: string[]) => urls.map(url => ({ url, format: "text" }));
	const { body } = bench.put({
		webhooks: own(["http://ntfy.lan/secret", "http://ntfy.lan/other", "http://10.0.0.7:8080/x"]),
	});
	const shown = own(["http://ntfy.lan/***", "http://ntfy.lan/***2", "http://10.0.0.7:8080/***"]);
	assert.deepEqual(body.settings.webhooks, shown);
	assert.deepEqual(bench.get("/api/settings").webhooks, shown);
	const edited = bench.put({ webhooks: own(["http://ntfy.lan/***2", "http://new.lan/key"]) });
	assert.deepEqual(edited.body.settings.webhooks, own(["http://ntfy.lan/***", "http://new.lan/***"]));
	const expected = own(["http://ntfy.lan/other", "http://new.lan/key"]);
	assert.deepEqual(bench.app.configuration.settings.webhooks, expected);
	assert.deepEqual(bench.put({ webhooks: own(["http://gone.lan/***"]) }).body, {
		key: "webhooks[0].url",
		message: 'webhooks[0].url: "http://gone.lan/***" is not allowed; the whole URL is',
	});
	assert.equal(bench.put({ units: "F" }).status, 200);
	bench.app.close();
	const after = new Bench(storage);
	assert.deepEqual(after.app.configuration.settings.webhooks, expected);
	after.app.close();
});

test("what is refused names the key; what was changed outlasts a restart, the password too", () => {
	const storage = new FakeStorage(21);
	const bench = new Bench(storage);
	assert.deepEqual(bench.put({ name: "attic", intervalMs: 1 }).body, {
		key: "intervalMs",
		message: "intervalMs: 1 is not allowed; a whole number from 10 to 3600000 is",
	});
	assert.equal(bench.put({ name: "attic" }).status, 200);
	bench.app.close();
	const after = new Bench(storage);
	assert.equal(after.get("/api/settings").name, "attic");
	assert.equal(after.put({ name: null }).body.settings.name, "dht");
	after.app.close();
});

test("a private device whose kept password is not allowed any more is closed, also to an empty password", () => {
	const storage = new FakeStorage(21);
	const copies = new TwoCopyStore({ storage, ...settingsBlocks });
	copies.find();
	const kept = text.encode('{"format":1,"changes":{"adminPassword":"short","private":true}}');
	for (const _ of copies.write([kept])) assert.ok(copies);
	const bench = new Bench(storage);
	const statuses = [request({ method: "GET", target: "/api/readings", host })];
	for (const key of ["", "short", password]) {
		const { nonce } = bench.get("/api/session");
		statuses.push(signed(key, nonce, { host, method: "GET", target: "/api/readings" }));
		statuses.push(signed(key, nonce, { host, body: '{"private":false}' }));
	}
	for (const bytes of statuses) assert.match(bench.ask(bytes)[0], /^HTTP\/1\.1 403 /);
	bench.app.close();
});

test("settings that cannot be kept are not in force", () => {
	const storage = new FakeStorage(21);
	const bench = new Bench(storage);
	storage.power = 0;
	assert.equal(bench.put({ name: "attic" }).status, 500);
	assert.equal(bench.get("/api/settings").name, "dht");
	bench.app.close();
	assert.equal(bench.clock.pending, 0);
});
