// Recorded pulse trains through the whole desktop host: what the stream says of each frame, in order.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type TestContext, test } from "node:test";
import { startDevice } from "./device.js";
import { ownRecordings, type Recorded, temporaryFile } from "./recordings.js";
import { EventStream } from "./stream.js";

/** Recordings of real sensors, beside the project where it is developed. */
const captures = "../shared/captures/captures.json";

/** Replays the file and compares what comes with what it expects, from its first frame to the first of the second round. */
async function replays(t: TestContext, path: string): Promise<{ readings: number; faults: number }> {
	const recordings = JSON.parse(await readFile(path, "utf8")) as Recorded[];
	const device = await startDevice("--replay", path, "--interval", "100");
	t.after(() => device.stop());
	const stream = await EventStream.open(`${device.url}/sensor-data-events?lastEventId=${await firstId(device.url)}`);
	t.after(() => stream.close());
	const expected = recordings.flatMap(({ file, frames }) => frames.map(({ expect }) => ({ file, expect })));
	expected.push(expected[0]!);
	const counts = { readings: 0, faults: 0 };
	const first = await stream.nextOf("sensor-data", "sensor-fault");
	assert.match(first.id ?? "", /-2$/, "the first event is the only one asked to be left out");
	let event = first;
	for (const [at, { file, expect }] of expected.entries()) {
		if (at === 0) continue;
		assert.equal(event.data.sensor, file, `frame ${at + 1}`);
		if (expect) {
			counts.readings++;
			assert.equal(event.event, "sensor-data", `${file}, frame ${at + 1}: ${JSON.stringify(event.data)}`);
			assert.deepEqual({ humidity: event.data.humidity, temperature: event.data.temperature }, expect, file);
		} else {
			counts.faults++;
			assert.equal(event.event, "sensor-fault", `${file}, frame ${at + 1}`);
			assert.equal(typeof event.data.error, "string");
		}
		if (at < expected.length - 1) event = await stream.nextOf("sensor-data", "sensor-fault");
	}
	return counts;
}

/** The id of the first event, so that a stream that opens later gets all that follow it. */
async function firstId(url: string): Promise<string> {
	for (;;) {
		const { lastEventId } = (await (await fetch(`${url}/api/readings`)).json()) as { lastEventId: string | null };
		if (lastEventId !== null) return lastEventId.replace(/-\d+$/, "-1");
	}
}

test("frames of real sensors' bytes, every one in order, and round again", async t => {
	const path = await temporaryFile(t, "own.json", JSON.stringify(ownRecordings));
	const counts = await replays(t, path);
	assert.deepEqual(counts, { readings: 14, faults: 2 });
});

test("recordings of real sensors: 32 readings and 12 faults", {
	skip: existsSync(captures) ? false : "no recordings beside the project",
}, async t => {
	assert.deepEqual(await replays(t, captures), { readings: 32, faults: 12 });
});
