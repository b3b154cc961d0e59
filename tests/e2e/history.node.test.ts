// A week of history asked for beside running streams.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { HistorySaver } from "../../modules/app/history-saver.js";
import { History } from "../../modules/history/history.js";
import { limits } from "../../modules/platform/node/host.js";
import { fileStorage } from "../../modules/platform/node/storage.js";
import { FakeClock } from "../fakes/clock.js";
import { text } from "../fakes/text.js";
import { notDesktop } from "./device.js";
import { history, start, temporaryFolder } from "./steps.js";
import { EventStream } from "./stream.js";

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;

/** Makes a state file that holds a whole week of the sensor `Room`. */
function saveWeek(path: string): void {
	const clock = new FakeClock();
	clock.time = Date.now() - WEEK;
	const past = new History({ sensors: [{ name: "Room", intervalMs: 2000 }] });
	const storage = fileStorage(path, limits.storage);
	const saver = new HistorySaver({ history: past, clock, text, storage, log: line => assert.fail(line) });
	for (; clock.ticks < WEEK; clock.advance(5 * MINUTE))
		past.push("Room", clock.ticks, 15 + (clock.ticks % 100) / 10, 40 + (clock.ticks % 70) / 10);
	saver.close();
}

test("a week asked for over and over while eight streams run: every event comes on time", async t => {
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
			assert.ok(temperature.mean.length >= min, `${temperature.mean.length} buckets`);
			assert.equal(humidity.max.length, temperature.mean.length);
			asked++;
		}
	};
	const asking = [ask(), ask()];
	const intervals = await Promise.all(
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
	for (const interval of intervals.flat())
		assert.ok(Math.abs(interval - 2000) < 500, `${Math.round(interval)} ms between two readings`);
	assert.ok(asked >= 10, `asked ${asked} times`);
	t.diagnostic(`a week was sent ${asked} times in three intervals`);
});
