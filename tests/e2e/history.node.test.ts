// The past of a device: across a restart, in the hands of other programs, and beside running streams.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { History, Readings } from "../../modules/api/schema.js";
import { HistorySaver } from "../../modules/app/history-saver.js";
import { History as Memory } from "../../modules/history/history.js";
import { limits } from "../../modules/platform/node/host.js";
import { fileStorage } from "../../modules/platform/node/storage.js";
import { FakeClock } from "../fakes/clock.js";
import { text } from "../fakes/text.js";
import { anyDevice, type Device, notDesktop, runToEnd, startDevice } from "./device.js";
import { EventStream } from "./stream.js";

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;

/** @returns A folder that is there as long as the test. */
async function temporaryFolder(t: TestContext): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "dht-gauges-"));
	t.after(() => rm(folder, { recursive: true }));
	return folder;
}

async function start(t: TestContext, ...args: string[]): Promise<Device> {
	const device = await anyDevice(...args);
	t.after(() => device.stop());
	return device;
}

async function history(url: string, query: string): Promise<History> {
	return (await (await fetch(`${url}/api/history?${query}`)).json()) as History;
}

async function get(url: string): Promise<string> {
	return (await fetch(url)).text();
}

/** A line for the person who runs the tests where a program is not installed. */
function missing(program: string): string | false {
	return spawnSync(program, ["--version"]).error ? `${program} is not installed` : false;
}

/** Waits until the device has taken `count` readings. */
async function readings(url: string, count: number): Promise<void> {
	const stream = await EventStream.open(`${url}/sensor-data-events`);
	for (let seen = 0; seen < count; seen++) await stream.nextOf("sensor-data");
	stream.close();
}

test("--state: what one run has read is there in the next", { skip: notDesktop }, async t => {
	const state = join(await temporaryFolder(t), "state");
	const before = Date.now();
	const first = await startDevice("--state", state);
	await readings(first.url, 2);
	const past = await history(first.url, "span=7d");
	assert.equal(await first.stop("SIGINT"), 0);
	const second = await start(t, "--state", state);
	const told = await history(second.url, "span=7d");
	assert.ok(told.startUptimeMs <= 0, `${told.startUptimeMs}`);
	assert.ok(Math.abs(told.start! - past.start!) <= 1000);
	assert.ok(told.start! + told.temperature.mean.length * told.stepMs >= before);
	const [min, max] = [past.temperature.min[0]!, past.temperature.max[0]!];
	assert.ok(told.temperature.min[0]! <= min && told.temperature.max[0]! >= max);
	assert.ok(!second.output().includes("history"), second.output());
});

test("--state with a file that is damaged, or something else", { skip: notDesktop }, async t => {
	const folder = await temporaryFolder(t);
	const damaged = join(folder, "damaged");
	await writeFile(damaged, new Uint8Array(limits.storage).fill(7));
	const device = await start(t, "--state", damaged);
	assert.match(device.output(), /^a saved history is damaged and left out$/m);
	assert.equal((await history(device.url, "span=7d")).sensor, "Room");

	const letter = join(folder, "letter.txt");
	await writeFile(letter, "Dear Sir or Madam");
	assert.deepEqual(await runToEnd(["--port", "0", "--state", letter]), {
		status: 2,
		stdout: "",
		stderr: `${letter}: not a state file (17 bytes, not ${limits.storage}); it is left as it is\n`,
	});
	const nowhere = join(folder, "no", "where");
	const { status, stderr } = await runToEnd(["--port", "0", "--state", nowhere]);
	assert.equal(status, 2);
	assert.equal(stderr, `${nowhere}: cannot be made (ENOENT)\n`);
});

const awkward = ['7" pipe, north', "=1+1", "<b>&amp;", "Küche 🌡️", "🌡".repeat(64), "back\\slash"];

/** A device with sensors of these names, where it can be started so. @returns Its address, and the names that it has. */
async function startAwkward(t: TestContext, ...args: string[]): Promise<{ url: string; names: string[] }> {
	const { url } = await start(t, ...awkward.flatMap(name => ["--sensor", `${name}=DHT22`]), ...args);
	const told = (await (await fetch(`${url}/api/readings`)).json()) as Readings;
	const names = told.readings.map(({ sensor }) => sensor);
	if (!notDesktop) assert.deepEqual(names, awkward);
	await readings(url, names.length);
	return { url, names };
}

/** The fields of RFC 4180's grammar. */
function parseCsv(table: string): string[][] {
	const rows: string[][] = [[]];
	for (const [, quoted, plain, end] of table.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
		rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
		if (end === "\r\n") rows.push([]);
	}
	return rows.slice(0, -1);
}

test("awkward names in JSON, CSV and metrics", async t => {
	const { url, names } = await startAwkward(t);
	const metrics = await get(`${url}/metrics`);
	for (const name of names) {
		const query = `span=15m&sensor=${encodeURIComponent(name)}`;
		assert.equal((await history(url, query)).sensor, name);
		const rows = parseCsv(await get(`${url}/api/history?${query}&format=csv`));
		assert.ok(rows.length >= 2);
		for (const row of rows) assert.equal(row.length, 8);
		assert.equal(rows[1]![1], name.startsWith("=") ? `'${name}` : name);
		assert.ok(!Number.isNaN(Date.parse(rows[1]![0]!)));
		const label = name.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
		assert.ok(metrics.includes(`\ndht_temperature_celsius{sensor="${label}"} `), name);
	}
});

test("csvtool reads the table", { skip: missing("csvtool") }, async t => {
	const { url, names } = await startAwkward(t);
	const query = `span=15m&format=csv&sensor=${encodeURIComponent(names[0]!)}`;
	const { stdout } = spawnSync("csvtool", ["namedcol", "sensor,humidity_mean", "-"], {
		input: await get(`${url}/api/history?${query}`),
		encoding: "utf8",
	});
	const [head, row = ""] = stdout.split("\n");
	assert.equal(head, "sensor,humidity_mean");
	assert.match(row, /,\d+(\.\d)?$/);
	assert.deepEqual(parseCsv(`${row}\r\n`)[0]?.[0], names[0]);
});

test("promtool has no remark on the metrics", { skip: missing("promtool") }, async t => {
	const { url } = await startAwkward(t, "--fault", "checksum:0.3");
	await get(`${url}/nope`);
	const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], {
		input: await get(`${url}/metrics`),
		encoding: "utf8",
	});
	assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "", stderr: "" });
});

test("Prometheus scrapes the device", { skip: missing("prometheus") }, async t => {
	const folder = await temporaryFolder(t);
	const { url, names: expected } = await startAwkward(t);
	const config = join(folder, "prometheus.yml");
	await writeFile(
		config,
		`scrape_configs:\n  - job_name: dht\n    scrape_interval: 1s\n    static_configs:\n      - targets: ["${new URL(url).host}"]\n`,
	);
	const address = `127.0.0.1:${await freePort()}`;
	const prometheus = spawn(
		"prometheus",
		[`--config.file=${config}`, `--storage.tsdb.path=${join(folder, "data")}`, `--web.listen-address=${address}`],
		{ stdio: "ignore" },
	);
	const ended = new Promise(resolve => prometheus.once("exit", resolve));
	try {
		for (let turn = 0; ; turn++) {
			await sleep(500);
			const names = await scraped(address, "dht_temperature_celsius").catch(() => []);
			if (names.length > 0 || turn > 40) {
				assert.deepEqual(names.sort(), expected.sort());
				break;
			}
		}
	} finally {
		prometheus.kill();
		await ended;
	}
});

async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	server.close();
	return port;
}

/** The labels `sensor` of the samples that Prometheus has of a metric. */
async function scraped(address: string, metric: string): Promise<string[]> {
	const answer = await fetch(`http://${address}/api/v1/query?query=${metric}`);
	const { data } = (await answer.json()) as { data: { result: { metric: { sensor: string } }[] } };
	return data.result.map(({ metric }) => metric.sensor);
}

/** Makes a state file that holds a whole week of the sensor `Room`. */
function saveWeek(path: string): void {
	const clock = new FakeClock();
	clock.time = Date.now() - WEEK;
	const memory = new Memory({ sensors: [{ name: "Room", intervalMs: 2000 }] });
	const storage = fileStorage(path, limits.storage);
	const keeper = new HistorySaver({ history: memory, clock, text, storage, log: line => assert.fail(line) });
	for (; clock.ticks < WEEK; clock.advance(5 * MINUTE))
		memory.push("Room", clock.ticks, 15 + (clock.ticks % 100) / 10, 40 + (clock.ticks % 70) / 10);
	keeper.close();
}

test("a week asked for over and over while eight streams run: each keeps its rhythm", async t => {
	const state = join(await temporaryFolder(t), "state");
	saveWeek(state);
	const min = notDesktop ? 1 : 671;
	const { url } = await start(t, "--state", state);
	const streams = await Promise.all(Array.from({ length: 8 }, () => EventStream.open(`${url}/sensor-data-events`)));
	let over = false;
	let asked = 0;
	const ask = async () => {
		while (!over) {
			const { temperature, humidity } = await history(url, "span=7d");
			assert.ok(temperature.mean.length >= min, `${temperature.mean.length} places`);
			assert.equal(humidity.max.length, temperature.mean.length);
			asked++;
		}
	};
	const asking = [ask(), ask()];
	const rhythms = await Promise.all(
		streams.map(async stream => {
			await stream.nextOf("sensor-data");
			const intervals: number[] = [];
			for (let last = (await stream.nextOf("sensor-data")) && performance.now(); intervals.length < 3; ) {
				await stream.nextOf("sensor-data");
				const now = performance.now();
				intervals.push(now - last);
				last = now;
			}
			return intervals;
		}),
	);
	over = true;
	await Promise.all(asking);
	for (const stream of streams) stream.close();
	for (const interval of rhythms.flat())
		assert.ok(Math.abs(interval - 2000) < 500, `${Math.round(interval)} ms between two readings`);
	assert.ok(asked >= 10, `asked ${asked} times`);
	t.diagnostic(`a week was told ${asked} times in three intervals`);
});
