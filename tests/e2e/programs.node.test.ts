// Readings and metrics in the hands of other programs, with sensors whose names are awkward.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Readings } from "../../modules/api/schema.js";
import { notDesktop } from "./device.js";
import { history, start, temporaryFolder } from "./steps.js";

async function get(url: string): Promise<string> {
	return (await fetch(url)).text();
}

/** A line for the person who runs the tests where a program is not installed. */
function missing(program: string): string | false {
	return spawnSync(program, ["--version"]).error ? `${program} is not installed` : false;
}

const awkward = ['7" pipe, north', "=1+1", "<b>&amp;", "Küche 🌡️", "🌡".repeat(64), "back\\slash"];

/** A device with sensors of these names, where it can be started so, each read once. @returns Its address, and the names that it has. */
async function startAwkward(t: TestContext, ...args: string[]): Promise<{ url: string; names: string[] }> {
	const { url } = await start(t, ...awkward.flatMap(name => ["--sensor", `${name}=DHT22`]), ...args);
	for (let waited = 0; ; waited += 100) {
		const told = (await (await fetch(`${url}/api/readings`)).json()) as Readings;
		const names = told.readings.map(({ sensor }) => sensor);
		if (!notDesktop) assert.deepEqual(names, awkward);
		if (told.readings.every(({ ageMs }) => ageMs !== null)) return { url, names };
		assert.ok(waited < 20_000, "each sensor has a reading");
		await sleep(100);
	}
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
	const response = await fetch(`http://${address}/api/v1/query?query=${metric}`);
	const { data } = (await response.json()) as { data: { result: { metric: { sensor: string } }[] } };
	return data.result.map(({ metric }) => metric.sensor);
}
