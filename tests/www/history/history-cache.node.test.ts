import assert from "node:assert/strict";
import { test } from "node:test";
import type { History } from "../../../modules/api/schema.js";
import { HistoryCache } from "../../../www/history/history-cache.js";

/** A cache on a device whose history is 10 °C, two seconds before the request, and the requests so far. */
function setUp(responds = true) {
	const requests: string[] = [];
	const device = { now: 0, responds, fetched: 0 };
	const track = { mean: [10], min: [10], max: [10] };
	const cache = new HistoryCache({
		fetch: async (sensor, span) => {
			requests.push(`${sensor} ${span}`);
			if (!device.responds) throw new Error("503");
			const startUptimeMs = device.now - 2000;
			return {
				sensor,
				span,
				startUptimeMs,
				stepMs: 2000,
				newest: null,
				temperature: track,
				humidity: track,
			} as History;
		},
		at: uptimeMs => uptimeMs,
		now: () => device.now,
		intervalMs: () => 2000,
		onFetched: () => device.fetched++,
	});
	const read = async () => {
		cache.read("Room", "15m");
		await new Promise<void>(resolve => setImmediate(resolve));
		return cache.read("Room", "15m").temperature;
	};
	return { cache, device, requests, read };
}

test("a span is fetched when it is read, once, one at a time", async () => {
	const { cache, device, requests, read } = setUp();
	cache.push("Attic", 0, 20, 50);
	assert.deepEqual(requests, []);
	cache.read("Room", "15m");
	cache.read("Attic", "15m");
	assert.deepEqual(requests, ["Room 15m"]);
	assert.deepEqual(await read(), [10]);
	assert.equal(device.fetched, 1);
	cache.read("Attic", "15m");
	assert.deepEqual(requests, ["Room 15m", "Attic 15m"]);
});

test("after a gap a span is fetched again", async () => {
	const { cache, device, requests, read } = setUp();
	for (; device.now < 20_000; device.now += 2000) {
		cache.push("Room", device.now, 20, 50);
		await read();
	}
	assert.equal(requests.length, 1);
	device.now = 40_000;
	cache.push("Room", 40_000, 20, 50);
	const values = await read();
	assert.equal(requests.length, 2);
	assert.deepEqual(values.slice(-3), [20, null, 10]);
	await read();
	assert.equal(requests.length, 2);
});

test("a failed fetch is tried again after ten seconds; readings are shown meanwhile", async () => {
	const { cache, device, requests, read } = setUp(false);
	cache.push("Room", 0, 20, 50);
	assert.deepEqual(await read(), [20]);
	assert.equal(device.fetched, 1);
	device.now = 9000;
	await read();
	assert.equal(requests.length, 1);
	device.now = 10_000;
	device.responds = true;
	assert.deepEqual(await read(), [20, null, 10]);
	assert.equal(requests.length, 2);
});
