// Properties of the decoder over generated trains. DAMAGED_TRAINS sets how many are damaged (20,000), SEED others (1).

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { decodeFrame } from "../../modules/dht/decode.js";
import { Fault } from "../../modules/dht/fault.js";
import { findModel, modelNames } from "../../modules/dht/models.js";
import { Median } from "../../modules/sampling/median.js";
import { PlausibilityFilter } from "../../modules/sampling/plausibility.js";
import { fractions } from "../fakes/random.js";
import {
	bytesOf,
	type Damage,
	damage,
	edgeDamages,
	jitteredTrain,
	plainBytes,
	sampled,
	trainOf,
	withChecksum,
} from "./trains.js";

const count = Number(process.env.DAMAGED_TRAINS ?? 20_000);
const seed = Number(process.env.SEED ?? 1);
console.log(`SEED=${seed} DAMAGED_TRAINS=${count}`);

interface Train {
	model: string;
	pulses: number[];
}

interface Values {
	humidity: number;
	temperature: number;
}

/** @returns The values, or the kind of fault. */
function outcome(pulses: readonly number[], model: string): Values | string {
	const frame = decodeFrame(pulses, findModel(model)!);
	return frame instanceof Fault ? frame.kind : { humidity: frame.humidity, temperature: frame.temperature };
}

function encode(model: string, humidity: number, temperature: number): number[] {
	if (model === "DHT11" || model === "DHT12") {
		const t = Math.abs(temperature);
		return withChecksum(
			Math.floor(humidity / 10),
			humidity % 10,
			Math.floor(t / 10),
			(t % 10) | (temperature < 0 ? 0x80 : 0),
		);
	}
	const word = temperature < 0 ? 0x8000 - temperature : temperature;
	return withChecksum(humidity >> 8, humidity & 0xff, word >> 8, word & 0xff);
}

/** Rates of analysers, and of the ESP32's capture; 0 for exact widths. */
const rates = [0, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 8_000_000, 24_000_000] as const;

/** @param slow Whether edges may be seen late or early, and the sensor pause before a byte. */
const trains = (slow: boolean) =>
	fc
		.record({
			model: fc.constantFrom(...modelNames.filter(name => name !== "auto")),
			humidity: fc.double({ min: 0, max: 1, noNaN: true }),
			temperature: fc.double({ min: 0, max: 1, noNaN: true }),
			bits: fc.constantFrom(40, 40, 64),
			rate: fc.constantFrom(...rates),
			late: fc.double({ min: slow ? -5 : 0, max: slow ? 10 : 0, noNaN: true }),
			gap: fc.double({ min: 0, max: slow ? 25 : 0, noNaN: true }),
			seed: fc.integer(),
		})
		.map(({ model: name, bits, rate, late, gap, seed: own, ...at }) => {
			const model = findModel(name)!;
			const pick = ({ min, max }: { min: number; max: number }, where: number) =>
				Math.round(min * 10 + where * (max - min) * 10);
			const humidity = pick(model.humidity, at.humidity);
			const temperature = pick(model.temperature, at.temperature);
			const random = fractions(own);
			const exact = jitteredTrain(encode(name, humidity, temperature), bits, random, { late, gap });
			const pulses = rate ? sampled(exact, rate, random()) : exact;
			return { model: name as string, pulses, humidity: humidity / 10, temperature: temperature / 10 };
		})
		.filter(({ humidity, temperature }) => humidity !== 0 || temperature !== 0);
const anyTrain = trains(false);

const path = join("..", "shared", "captures", "captures.json");
const recorded: Train[] = existsSync(path)
	? JSON.parse(readFileSync(path, "utf8")).flatMap(
			(recording: { model: string; frames: { pulsesUs: number[]; expect: unknown }[] }) =>
				recording.frames
					.filter(({ expect }) => expect)
					.map(({ pulsesUs }) => ({ model: recording.model, pulses: pulsesUs })),
		)
	: [{ model: "DHT22", pulses: trainOf(bytesOf("01F900FCF6"), 64) }];

const source = fc.oneof(
	anyTrain.map(({ model, pulses }): Train => ({ model, pulses })),
	fc.constantFrom(...recorded),
);

/** The share of runs, in a sentence for the log. */
const share = (name: string, wrong: number) => console.log(`${name}: ${wrong} of ${count} read wrong`);

function damaged(train: Train, kinds: readonly Damage[], own: number): number[] {
	const random = fractions(own);
	return kinds.reduce((pulses: number[], kind) => damage(pulses, kind, random), train.pulses);
}

const kindsOf = (...kinds: Damage[]) => fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 3 });

/** No data line takes out a bit, time and all, and puts in another. */
const anyEdges = kindsOf(...edgeDamages).filter(
	kinds => !((kinds.includes("lose-bit") || kinds.includes("lose-pulse")) && kinds.includes("split")),
);

test("every value of every model, with jitter within the manual's limits, seen at any rate", () => {
	fc.assert(
		fc.property(anyTrain, ({ model, pulses, humidity, temperature }) => {
			assert.deepEqual(outcome(pulses, model), { humidity: humidity + 0, temperature: temperature + 0 });
		}),
		{ seed, numRuns: Math.min(count, 100_000) },
	);
});

test("the same with rising edges up to 10 µs late or 5 early, and a pause of up to 25 before each byte", () => {
	fc.assert(
		fc.property(trains(true), ({ model, pulses, humidity, temperature }) => {
			assert.deepEqual(outcome(pulses, model), { humidity: humidity + 0, temperature: temperature + 0 });
		}),
		{ seed, numRuns: Math.min(count, 100_000) },
	);
});

test("one to three edges or pulses lost, added, split or merged: never a wrong reading", () => {
	let wrong = 0;
	fc.assert(
		fc.property(source, anyEdges, fc.integer(), (train, kinds, own) => {
			const read = outcome(damaged(train, kinds, own), train.model);
			if (typeof read === "string") return;
			if (JSON.stringify(read) !== JSON.stringify(outcome(train.pulses, train.model))) wrong++;
			assert.equal(wrong, 0, kinds.join());
		}),
		{ seed, numRuns: count },
	);
	share("lost, added, split, merged", wrong);
});

/** @returns A filter that has seen `right` come again and again, a tenth more or less each time. */
function watching(right: Values, model: string): PlausibilityFilter {
	const filter = new PlausibilityFilter(findModel(model)!.resolution);
	for (const [at, tenths] of [0, 1, 0, -1, 0].entries())
		filter.judge(right.temperature + tenths / 10, right.humidity - tenths / 10, 2000 * at);
	return filter;
}

test("one to three bits flipped: wrong only where the checksum cannot see it, accepted only within a step of the sensor, and gone with the median", () => {
	let wrong = 0;
	let accepted = 0;
	fc.assert(
		fc.property(source, kindsOf("flip"), fc.integer(), (train, kinds, own) => {
			const pulses = damaged(train, kinds, own);
			const read = outcome(pulses, train.model);
			const right = outcome(train.pulses, train.model) as Values;
			if (typeof read === "string" || JSON.stringify(read) === JSON.stringify(right)) return;
			const bytes = plainBytes(pulses);
			assert.deepEqual(withChecksum(...bytes.slice(0, 4)), bytes);
			wrong++;
			const filter = watching(right, train.model);
			const verdict = filter.judge(read.temperature, read.humidity, 10_000);
			const next = filter.judge(right.temperature, right.humidity, 12_000);
			assert.equal(next, "accepted");
			if (verdict !== "accepted") {
				assert.equal(filter.confirms, false);
				return;
			}
			accepted++;
			const median = { temperature: new Median(), humidity: new Median() };
			for (const value of ["temperature", "humidity"] as const) {
				assert.ok(Math.abs(read[value] - right[value]) < findModel(train.model)!.resolution + 0.01);
				const shown: number[] = [right, right, read].map(values => median[value].push(values[value]));
				assert.equal(shown[2], right[value]);
			}
		}),
		{ seed, numRuns: count },
	);
	share("flipped", wrong);
	share("flipped, accepted by the plausibility filter in a running stream", accepted);
});
