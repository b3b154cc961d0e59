import assert from "node:assert/strict";
import { test } from "node:test";
import { Metrics, type Vitals } from "../../modules/api/metrics.js";
import type { SensorData, SensorHealth } from "../../modules/api/schema.js";
import { faultKinds } from "../../modules/dht/fault.js";
import { text } from "../fakes/text.js";

const noFaults = Object.fromEntries(faultKinds.map(kind => [kind, 0])) as SensorHealth["faults"];

function health(sensor: string): SensorHealth {
	return {
		sensor,
		model: "DHT22",
		answering: "DHT22",
		pin: 4,
		intervalMs: 2000,
		status: "live",
		calibrated: false,
		reads: 40,
		goodReads: 36,
		day: { reads: 40, goodReads: 36 },
		oldFrames: 1,
		powerCycles: 0,
		faults: { ...noFaults, checksum: 3 },
		lastFault: null,
		sinceGoodMs: 1250,
		widths: null,
		hint: null,
		badTrain: null,
	};
}

interface Device extends Vitals {
	sensors: SensorHealth[];
}

function device(change: Partial<Device> = {}): Device {
	return {
		name: "dht",
		host: {
			name: "test",
			version: "1.0.0",
			clock: { ticks: 80_250 },
			heapFree: () => 31_000,
			heapLeast: () => 18_000,
			heapLargestBlock: () => 24_000,
		},
		signalDbm: -61,
		server: { connections: 3, counters: { connectionsRejected: 2 } },
		broadcaster: { streams: 1, counters: { evicted: 4, refused: 5 } },
		sensors: [health("Room")],
		...change,
	};
}

const data: SensorData = {
	sensor: "Room",
	temperature: -1.5,
	humidity: 28.7,
	uptimeMs: 79_000,
	dewPoint: -17.4,
	heatIndex: null,
	absoluteHumidity: 1.2,
};

/** What is answered, in whole. */
function told(now: Device, current: readonly SensorData[], statuses: [number, number][] = []): string {
	const answer = new Metrics({
		text,
		source: {
			vitals: () => now,
			states: now.sensors.map(counts => ({ name: counts.sensor, counts })),
			current: ({ name }) => current.find(({ sensor }) => sensor === name),
			statuses: new Map(statuses),
		},
	}).handle();
	assert.match(answer.head, /\r\nContent-Type: text\/plain;version=0\.0\.4;charset=utf-8\r\n/);
	let body = "";
	for (let piece = answer.source?.next(); piece; piece = answer.source?.next()) body += text.decode(piece);
	return body;
}

test("sensors that are replaced while the response is sent are not mixed into it", () => {
	const now = device();
	const named = (name: string) => [{ name, counts: health(name) }];
	let asked = 0;
	const response = new Metrics({
		text,
		source: {
			vitals: () => now,
			get states() {
				return named(asked++ === 0 ? "Room" : "Cellar");
			},
			current: ({ name }) => ({ ...data, sensor: name }),
			statuses: new Map(),
		},
	}).handle();
	let body = "";
	for (let piece = response.source?.next(); piece; piece = response.source?.next()) body += text.decode(piece);
	assert.match(body, /sensor="Room"/);
	assert.doesNotMatch(body, /sensor="Cellar"/);
});

/** The lines that hold values. */
const values = (body: string) => body.split("\n").filter(line => line !== "" && !line.startsWith("#"));

test("base units, faults by kind, requests by status", () => {
	assert.deepEqual(
		values(
			told(
				device(),
				[data],
				[
					[200, 7],
					[404, 1],
				],
			),
		),
		[
			'dht_temperature_celsius{sensor="Room"} -1.5',
			'dht_humidity_ratio{sensor="Room"} 0.287',
			'dht_dew_point_celsius{sensor="Room"} -17.4',
			'dht_absolute_humidity_grams_per_cubic_meter{sensor="Room"} 1.2',
			'dht_reading_age_seconds{sensor="Room"} 1.25',
			'dht_reads_total{sensor="Room"} 40',
			...faultKinds.map(kind => `dht_read_faults_total{sensor="Room",kind="${kind}"} ${kind === "checksum" ? 3 : 0}`),
			'dht_http_requests_total{status="200"} 7',
			'dht_http_requests_total{status="404"} 1',
			"dht_http_connections 3",
			"dht_http_connections_rejected_total 2",
			"dht_streams 1",
			"dht_streams_evicted_total 4",
			"dht_streams_refused_total 5",
			"dht_uptime_seconds 80.25",
			"dht_heap_free_bytes 31000",
			"dht_heap_least_bytes 18000",
			"dht_heap_largest_block_bytes 24000",
			"dht_wifi_signal_dbm -61",
			'dht_build_info{name="dht",version="1.0.0",host="test"} 1',
		],
	);
});

for (const count of [1, 2, 8])
	test(`every metric has its HELP and TYPE before it, once, and all its samples: ${count} sensors`, () => {
		const rooms = ["Room", "Bath", "Cellar", "Attic", "Kitchen", "Garage", "Garden", "Den"].slice(0, count);
		const current = rooms.map((sensor, at) => ({ ...data, sensor, heatIndex: at % 3 === 1 ? 27.5 : null }));
		const body = told(device({ sensors: rooms.map(health) }), current, [[200, 7]]);
		const withHeat = rooms.filter((_, at) => at % 3 === 1).length;
		assert.equal(values(body).length, count * (6 + faultKinds.length) + withHeat + 12);
		ordered(body, withHeat > 0 ? 20 : 19);
	});

/** Checks that each of `count` metrics is described once, and followed by its samples alone. */
function ordered(body: string, count: number): void {
	const seen: string[] = [];
	let described = "";
	for (const line of body.trimEnd().split("\n")) {
		const [, kind, name = ""] = /^# (HELP|TYPE) (\S+) ./.exec(line) ?? [];
		if (kind === "HELP") {
			assert.ok(!seen.includes(name), name);
			seen.push(name);
		} else if (kind === "TYPE") {
			assert.equal(name, seen.at(-1));
			assert.equal(line.endsWith(" counter"), name.endsWith("_total"), line);
			described = name;
		} else assert.equal(/^[a-z_]+/.exec(line)?.[0], described);
	}
	assert.equal(seen.length, count);
}

test("what is not known is left out, its HELP and TYPE with it", () => {
	const body = told(
		device({
			host: { name: "test", version: "1.0.0", clock: { ticks: 80_250 }, heapFree: () => undefined },
			signalDbm: null,
			sensors: [{ ...health("Room"), sinceGoodMs: null }],
		}),
		[],
	);
	for (const name of ["celsius", "ratio", "grams", "age", "heap", "signal", "requests"])
		assert.ok(!body.includes(name), name);
	assert.match(body, /^dht_reads_total\{sensor="Room"\} 40$/m);
});

test("labels: quotes, backslashes, line ends and emoji", () => {
	const sensor = 'a "b" \\n <c>\nd 🌡️';
	const body = told(device({ sensors: [health(sensor)] }), [{ ...data, sensor }]);
	assert.ok(body.includes('dht_temperature_celsius{sensor="a \\"b\\" \\\\n <c>\\nd 🌡️"} -1.5\n'));
});
