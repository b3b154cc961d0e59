// Recordings of real sensors, where the folder with them is beside the project.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { decodeFrame } from "../../modules/dht/decode.js";
import { Fault } from "../../modules/dht/fault.js";
import { findModel } from "../../modules/dht/models.js";

interface Recording {
	file: string;
	model: string;
	frames: { pulsesUs: number[]; expect: { humidity: number; temperature: number } | null }[];
}

const path = join("..", "shared", "captures", "captures.json");
const recordings: Recording[] = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : [];

test("every recorded frame, as its own model and as auto", {
	skip: recordings.length === 0 && `${path} is not there`,
}, () => {
	for (const { file, model, frames } of recordings)
		for (const [at, { pulsesUs, expect }] of frames.entries())
			for (const name of [model, "auto"]) {
				const where = `${file}, frame ${at}, as ${name}`;
				const frame = decodeFrame(pulsesUs, findModel(name)!);
				if (!expect) assert.ok(frame instanceof Fault, where);
				else {
					assert.ok(!(frame instanceof Fault), where);
					const { humidity, temperature } = frame;
					assert.deepEqual({ humidity, temperature }, expect, where);
				}
			}
});
