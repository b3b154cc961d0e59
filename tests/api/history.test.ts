import assert from "node:assert/strict";
import { test } from "node:test";
import { HistoryHandler } from "../../modules/api/history.js";
import type { History, Span } from "../../modules/api/schema.js";
import type { Series } from "../../modules/api/series.js";
import { FakeDevice } from "../fakes/device.js";
import { text } from "../fakes/text.js";

/** A series of made-up values in which every fourth place is a gap. */
class Places implements Series {
	readonly stepMs = 60_000;
	readonly startTicks = -120_000;
	readonly length: number;

	constructor(length: number) {
		this.length = length;
	}

	value(index: number, quantity: "temperature" | "humidity", statistic: "mean" | "min" | "max"): number | null {
		if (index % 4 === 3) return null;
		const spread = { mean: 0, min: -5, max: 7 }[statistic];
		return ((quantity === "temperature" ? -12 : 480) + index + spread) / 10;
	}
}

interface Asked {
	sensor: string;
	span: Span;
}

class Bench extends FakeDevice {
	readonly asked: Asked[] = [];

	constructor(places = 6, { sensor = "Room", sendBuffer = 5744 } = {}) {
		const routes = new Map();
		super({ routes }, { sendBuffer });
		const { clock, asked } = this;
		const handler = new HistoryHandler({
			text,
			clock,
			source: {
				defaultSensor: sensor,
				series(name, span) {
					asked.push({ sensor: name, span });
					return name === sensor ? new Places(places) : undefined;
				},
				newest: () => this.reading(sensor),
			},
		});
		routes.set("/api/history", handler);
	}

	/** @param query What follows the question mark. @param fields Header fields, each ended by CRLF. */
	get(query: string, fields = ""): { head: string; body: string } {
		return answer(this.ask(`GET /api/history?${query} HTTP/1.1\r\nHost: dht.local\r\n${fields}\r\n`));
	}
}

/** Takes an answer apart, chunks joined. */
function answer(received: string): { head: string; body: string } {
	const end = received.indexOf("\r\n\r\n");
	const head = received.slice(0, end);
	let rest = received.slice(end + 4);
	const decoded = (bytes: string) => text.decode(Uint8Array.from(bytes, byte => byte.charCodeAt(0)));
	if (!head.includes("\r\nTransfer-Encoding: chunked")) return { head, body: decoded(rest) };
	let body = "";
	for (;;) {
		const line = rest.indexOf("\r\n");
		const size = Number.parseInt(rest.slice(0, line), 16);
		if (size === 0) return { head, body: decoded(body) };
		body += rest.slice(line + 2, line + 2 + size);
		rest = rest.slice(line + 4 + size);
	}
}

const header = "time,sensor,temperature_mean,temperature_min,temperature_max,humidity_mean,humidity_min,humidity_max";

test("JSON: start, step and an array for each value, gaps as null", () => {
	const bench = new Bench();
	bench.clock.ticks = 300_000;
	bench.clock.time = 1_795_380_000_001;
	const { head, body } = bench.get("span=24h&sensor=Room");
	assert.match(head, /^HTTP\/1\.1 200 OK\r\n/);
	assert.match(head, /\r\nContent-Type: application\/json\r\n/);
	const history = JSON.parse(body) as History;
	assert.deepEqual(history, {
		sensor: "Room",
		span: "24h",
		start: 1_795_380_000_000 - 420_000,
		startUptimeMs: -120_000,
		stepMs: 60_000,
		newest: bench.reading("Room"),
		temperature: {
			mean: [-1.2, -1.1, -1, null, -0.8, -0.7],
			min: [-1.7, -1.6, -1.5, null, -1.3, -1.2],
			max: [-0.5, -0.4, -0.3, null, -0.1, 0],
		},
		humidity: {
			mean: [48, 48.1, 48.2, null, 48.4, 48.5],
			min: [47.5, 47.6, 47.7, null, 47.9, 48],
			max: [48.7, 48.8, 48.9, null, 49.1, 49.2],
		},
	});
});

test("nothing known: empty arrays, and no time while the clock is not set", () => {
	const { body } = new Bench(0).get("");
	const { start, temperature, humidity } = JSON.parse(body) as History;
	assert.equal(start, null);
	assert.deepEqual(temperature, { mean: [], min: [], max: [] });
	assert.deepEqual(humidity, { mean: [], min: [], max: [] });
});

test("the sensor is the first and the span a day unless they are named", () => {
	const bench = new Bench();
	bench.get("");
	bench.get("span=7d");
	bench.get("span=15m&sensor=Room");
	assert.deepEqual(bench.asked, [
		{ sensor: "Room", span: "24h" },
		{ sensor: "Room", span: "7d" },
		{ sensor: "Room", span: "15m" },
	]);
});

test("what is not there is refused in words", () => {
	const bench = new Bench();
	for (const [query, refusal] of [
		["sensor=Attic", /^HTTP\/1\.1 404 [\s\S]*There is no sensor of that name\.\n$/],
		["sensor=", /^HTTP\/1\.1 404 /],
		["span=2h", /^HTTP\/1\.1 400 [\s\S]*The span must be 15m, 24h or 7d\.\n$/],
		["span=", /^HTTP\/1\.1 400 /],
		["format=xml", /^HTTP\/1\.1 400 [\s\S]*The format must be json or csv\.\n$/],
	] as const)
		assert.match(bench.ask(`GET /api/history?${query} HTTP/1.1\r\nHost: dht.local\r\n\r\n`), refusal);
	assert.match(bench.ask("DELETE /api/history HTTP/1.1\r\nHost: dht.local\r\n\r\n"), /^HTTP\/1\.1 405 /);
});

test("CSV: a header, a row a place, empty fields for a gap, times in UTC", () => {
	const bench = new Bench(5);
	bench.clock.ticks = 300_000;
	bench.clock.time = Date.UTC(2026, 10, 22, 20, 30);
	const { head, body } = bench.get("format=csv");
	assert.match(head, /\r\nContent-Type: text\/csv;charset=utf-8;header=present\r\n/);
	assert.match(head, /\r\nContent-Disposition: attachment; filename="history-24h\.csv"\r\n/);
	assert.deepEqual(body.split("\r\n"), [
		header,
		"2026-11-22T20:23:00.000Z,Room,-1.2,-1.7,-0.5,48,47.5,48.7",
		"2026-11-22T20:24:00.000Z,Room,-1.1,-1.6,-0.4,48.1,47.6,48.8",
		"2026-11-22T20:25:00.000Z,Room,-1,-1.5,-0.3,48.2,47.7,48.9",
		"2026-11-22T20:26:00.000Z,Room,,,,,,",
		"2026-11-22T20:27:00.000Z,Room,-0.8,-1.3,-0.1,48.4,47.9,49.1",
		"",
	]);
});

test("CSV while the clock is not set: seconds since boot", () => {
	const rows = new Bench(2).get("format=csv").body.split("\r\n");
	assert.deepEqual(rows, [
		header.replace("time", "uptime_s"),
		"-120,Room,-1.2,-1.7,-0.5,48,47.5,48.7",
		"-60,Room,-1.1,-1.6,-0.4,48.1,47.6,48.8",
		"",
	]);
});

test("Accept asks for CSV, too; format decides", () => {
	const bench = new Bench();
	const isTable = (query: string, accept: string) =>
		bench.get(query, `Accept: ${accept}\r\n`).head.includes("Content-Type: text/csv");
	assert.equal(isTable("", "text/csv"), true);
	assert.equal(isTable("", "Text/CSV, */*;q=0.1"), true);
	assert.equal(isTable("", "*/*"), false);
	assert.equal(isTable("", "application/json"), false);
	assert.equal(isTable("format=json", "text/csv"), false);
	assert.equal(isTable("format=csv", "application/json"), true);
});

test("a name arrives unharmed, and no spreadsheet takes it for a formula", () => {
	for (const [name, field] of [
		["Living room", "Living room"],
		['7" pipe, "north"', '"7"" pipe, ""north"""'],
		["=1+1", `"'=1+1"`],
		["+49", `"'+49"`],
		["-1", `"'-1"`],
		["@SUM(A1)", `"'@SUM(A1)"`],
		[" =1+1", `"' =1+1"`],
		["＝1+1", `"'＝1+1"`],
		["<b>&amp;", "<b>&amp;"],
		["Küche 🌡️", "Küche 🌡️"],
		["🌡".repeat(64), "🌡".repeat(64)],
	] as const) {
		const bench = new Bench(1, { sensor: name });
		const query = `sensor=${encodeURIComponent(name)}`;
		assert.equal((JSON.parse(bench.get(query).body) as History).sensor, name);
		const [, row = ""] = bench.get(`${query}&format=csv`).body.split("\r\n");
		assert.equal(row, `-120,${field},-1.2,-1.7,-0.5,48,47.5,48.7`);
	}
});

test("HEAD has the head alone", () => {
	const received = new Bench().ask("HEAD /api/history HTTP/1.1\r\nHost: dht.local\r\n\r\n");
	assert.match(received, /^HTTP\/1\.1 200 OK\r\n[\s\S]*application\/json[\s\S]*\r\n\r\n$/);
});

test("a week is sent as the socket takes it, two at a time", () => {
	const bench = new Bench(672, { sendBuffer: 1536 });
	const [slow, quick] = [bench.network.connect(), bench.network.connect()];
	slow.reading = false;
	slow.send("GET /api/history?span=7d HTTP/1.1\r\nHost: dht.local\r\n\r\n");
	quick.send("GET /api/history?span=7d HTTP/1.1\r\nHost: dht.local\r\n\r\n");
	const whole = answer(quick.received).body;
	assert.equal((JSON.parse(whole) as History).humidity.max.length, 672);
	let turns = 0;
	for (; !slow.received.endsWith("\r\n0\r\n\r\n"); turns++) {
		assert.ok(turns < 1000);
		slow.read(100);
	}
	assert.ok(turns > 100);
	assert.equal(answer(slow.received).body, whole);
	assert.equal(bench.server.connections, 2);
	assert.deepEqual(bench.errors, []);
});

test("a client that leaves in the midst of a week leaves nothing behind", () => {
	const bench = new Bench(672);
	const peer = bench.network.connect();
	peer.reading = false;
	peer.send("GET /api/history?span=7d HTTP/1.1\r\nHost: dht.local\r\n\r\n");
	peer.read(50);
	peer.close();
	assert.equal(bench.server.connections, 0);
	assert.deepEqual(bench.errors, []);
});
