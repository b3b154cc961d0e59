import assert from "node:assert/strict";
import { test } from "node:test";
import type { History } from "../../../modules/api/schema.js";
import { Past } from "../../../www/history/past.js";

/** A past whose device remembers 10 °C, two seconds before it is asked, and what was asked. */
function setUp(answers = true) {
	const asked: string[] = [];
	const device = { now: 0, answers, answered: 0 };
	const track = { mean: [10], min: [10], max: [10] };
	const past = new Past({
		ask: async (sensor, span) => {
			asked.push(`${sensor} ${span}`);
			if (!device.answers) throw new Error("503");
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
		onAnswer: () => device.answered++,
	});
	const read = async () => {
		past.read("Room", "15m");
		await new Promise<void>(resolve => setImmediate(resolve));
		return past.read("Room", "15m").temperature;
	};
	return { past, device, asked, read };
}

test("the device is asked for what is looked at, once, one thing at a time", async () => {
	const { past, device, asked, read } = setUp();
	past.push("Attic", 0, 20, 50);
	assert.deepEqual(asked, []);
	past.read("Room", "15m");
	past.read("Attic", "15m");
	assert.deepEqual(asked, ["Room 15m"]);
	assert.deepEqual(await read(), [10]);
	assert.equal(device.answered, 1);
	past.read("Attic", "15m");
	assert.deepEqual(asked, ["Room 15m", "Attic 15m"]);
});

test("after a gap it is asked again", async () => {
	const { past, device, asked, read } = setUp();
	for (; device.now < 20_000; device.now += 2000) {
		past.push("Room", device.now, 20, 50);
		await read();
	}
	assert.equal(asked.length, 1);
	device.now = 40_000;
	past.push("Room", 40_000, 20, 50);
	const values = await read();
	assert.equal(asked.length, 2);
	assert.deepEqual(values.slice(-3), [20, null, 10]);
	await read();
	assert.equal(asked.length, 2);
});

test("a device that gives no answer is left alone for a while; what is seen is there", async () => {
	const { past, device, asked, read } = setUp(false);
	past.push("Room", 0, 20, 50);
	assert.deepEqual(await read(), [20]);
	assert.equal(device.answered, 1);
	device.now = 9000;
	await read();
	assert.equal(asked.length, 1);
	device.now = 10_000;
	device.answers = true;
	assert.deepEqual(await read(), [20, null, 10]);
	assert.equal(asked.length, 2);
});
