import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { RoomClimate } from "../../modules/platform/simulated/climate.js";
import { PlausibilityFilter } from "../../modules/sampling/plausibility.js";
import { fractions } from "../fakes/random.js";

/** What becomes of a reading; `held` while nobody knows. */
type Fate = "believed" | "held" | "borne out" | "refuted" | "implausible";

/** @returns The fate of each reading, two seconds apart unless the third value says when, in ms. */
function fates(guard: PlausibilityFilter, readings: readonly (readonly [number, number, number?])[]): Fate[] {
	const all: Fate[] = [];
	readings.forEach(([temperature, humidity, ticks = 2000 * all.length]) => {
		const verdict = guard.judge(temperature, humidity, ticks);
		if (all.at(-1) === "held") all[all.length - 1] = guard.confirms ? "borne out" : "refuted";
		all.push(verdict);
	});
	return all;
}

const warm = (...temperatures: number[]) =>
	fates(
		new PlausibilityFilter(0.1),
		temperatures.map(temperature => [temperature, 50]),
	);

const moist = (...humidities: number[]) =>
	fates(
		new PlausibilityFilter(0.1),
		humidities.map(humidity => [20, humidity]),
	);

test("the first reading is believed", () => {
	deepEqual(warm(-40), ["believed"]);
});

test("air that lies still changes by a tenth", () => {
	deepEqual(warm(20, 20.1, 20, 20, 19.9), ["believed", "believed", "believed", "believed", "believed"]);
	deepEqual(moist(50, 50.1, 50.2, 50.1), ["believed", "believed", "believed", "believed"]);
});

test("what moves more is held, and believed with the reading that bears it out", () => {
	deepEqual(warm(20, 20.3, 20.3), ["believed", "borne out", "believed"]);
	deepEqual(warm(20, 20.3, 20.6), ["believed", "borne out", "believed"]);
	deepEqual(warm(20, 20.4, 20.2), ["believed", "borne out", "believed"]);
	deepEqual(moist(50, 49.4, 49.2), ["believed", "borne out", "believed"]);
});

test("one that is not borne out is refuted", () => {
	deepEqual(warm(20, 20.4, 20), ["believed", "refuted", "believed"]);
	deepEqual(warm(20, 20.4, 20.1), ["believed", "refuted", "believed"]);
	deepEqual(warm(20, 20.4, 19.8), ["believed", "refuted", "believed"]);
	deepEqual(moist(50, 50.8, 50.1), ["believed", "refuted", "believed"]);
});

test("one of two values is not borne out by the other", () => {
	deepEqual(
		fates(new PlausibilityFilter(0.1), [
			[20, 50],
			[20.4, 50.8],
			[20.4, 50],
		]),
		["believed", "refuted", "believed"],
	);
});

test("never two in a row are held", () => {
	deepEqual(warm(20, 20.4, 19.6, 20.4, 19.6).filter(fate => fate === "held").length, 0);
});

test("once air moves, it may go on as fast in either direction", () => {
	deepEqual(warm(20, 20.2, 20.4, 20.6, 20.4, 20.2), [
		"believed",
		"borne out",
		"believed",
		"believed",
		"believed",
		"believed",
	]);
});

test("the longer it has lain still since, the less it may move", () => {
	const still: number[] = new Array(60).fill(20.4);
	equal(warm(20, 20.2, 20.4, 20.7).at(-1), "believed");
	equal(warm(20, 20.2, 20.4, ...still, 20.7).at(-1), "held");
});

test("the readings of a room are all told, few of them late", () => {
	for (const seed of [1, 2, 3]) {
		const room = new RoomClimate(seed);
		const tenths = (value: number) => Math.round(value * 10) / 10;
		const day = fates(
			new PlausibilityFilter(0.1),
			Array.from({ length: 43_200 }, (_, i) => {
				const { temperature, humidity } = room.at(2000 * i);
				return [tenths(temperature), tenths(humidity)];
			}),
		);
		const late = day.filter(fate => fate === "borne out").length;
		equal(day.filter(fate => fate === "believed").length + late, day.length);
		ok(late < 0.03 * day.length, `${late} late`);
	}
});

test("a jump is implausible and forgotten", () => {
	deepEqual(warm(20, 40, 20.1, 20.2), ["believed", "implausible", "believed", "believed"]);
});

test("a jump that the next reading confirms is believed, and then the new value is what counts", () => {
	deepEqual(warm(20, 40, 40.2, 40.1, 20), ["believed", "implausible", "believed", "believed", "implausible"]);
});

test("a fast change in one direction costs one reading", () => {
	deepEqual(warm(20, 22, 25, 27), ["believed", "implausible", "believed", "believed"]);
	deepEqual(warm(20, 17, 14, 13.5), ["believed", "implausible", "believed", "believed"]);
});

test("a breath on the sensor costs one reading, whatever the temperature does meanwhile", () => {
	const temperatures = [22, 22.1, 22, 22.1, 22.1, 22, 22.1, 22.1];
	deepEqual(
		fates(
			new PlausibilityFilter(0.1),
			[50, 58, 66, 72, 76, 79, 80, 79.5].map((humidity, i) => [temperatures[i]!, humidity]),
		),
		["believed", "implausible", "believed", "believed", "believed", "believed", "believed", "believed"],
	);
});

test("a fast change does not make way for one more than twice as fast, nor for one back", () => {
	deepEqual(warm(20, 22, 24, 29), ["believed", "implausible", "believed", "implausible"]);
	deepEqual(warm(20, 22, 24, 22), ["believed", "implausible", "believed", "implausible"]);
});

test("a jump that was forgotten makes way for none", () => {
	deepEqual(warm(20, 40, 20, 10), ["believed", "implausible", "believed", "implausible"]);
});

test("a jump of one value is not borne out by one of the other", () => {
	deepEqual(
		fates(new PlausibilityFilter(0.1), [
			[20, 50],
			[30, 50],
			[20, 60],
		]),
		["believed", "implausible", "implausible"],
	);
});

test("two jumps to different sides are both implausible", () => {
	deepEqual(warm(20, 40, 0, 20), ["believed", "implausible", "implausible", "believed"]);
});

test("a jump bears out what was held before it only where it goes the same way", () => {
	deepEqual(warm(20, 20.4, 10, 20), ["believed", "refuted", "implausible", "believed"]);
	deepEqual(moist(50, 50.6, 58, 66), ["believed", "borne out", "implausible", "believed"]);
});

test("the longer ago, the farther air may have moved", () => {
	deepEqual(
		fates(new PlausibilityFilter(0.1), [
			[20, 50, 0],
			[23, 50, 60_000],
			[23.1, 50, 62_000],
		]),
		["believed", "borne out", "believed"],
	);
	deepEqual(
		fates(new PlausibilityFilter(0.1), [
			[20, 50, 0],
			[23, 50, 2000],
		]),
		["believed", "implausible"],
	);
});

test("a coarse part flickers by its step", () => {
	const guard = new PlausibilityFilter(1);
	deepEqual(
		fates(
			guard,
			[24, 24, 25, 24, 25, 25, 24].map(temperature => [temperature, 50]),
		),
		new Array(7).fill("believed"),
	);
	equal(guard.judge(26, 50, 14_000), "implausible");
});

test("a part whose values are noisy loses hardly any", () => {
	for (const [step, degrees, percent] of [
		[0.1, 0.02, 0.05],
		[0.1, 0.05, 0.1],
		[0.1, 0.1, 0.3],
		[1, 0.1, 0.3],
	] as const) {
		const random = fractions(1);
		const noise = () => random() + random() + random() + random() - 2;
		const seen = (value: number) => Math.round(value / step) * step;
		const told = fates(
			new PlausibilityFilter(step),
			Array.from({ length: 20_000 }, (_, i) => [
				seen(21 + 2 * Math.sin(i / 3000) + 1.7 * degrees * noise()),
				seen(50 + 5 * Math.sin(i / 2000) + 1.7 * percent * noise()),
			]),
		);
		const lost = told.filter(fate => fate === "refuted" || fate === "implausible").length;
		ok(lost < 0.01 * told.length, `${lost} of ${told.length} lost at ${degrees} °C`);
	}
});

test("room for moves does not grow beyond what air may move at once", () => {
	deepEqual(warm(20, 20.2, 20.4, 20.7, 21.1, 21.9).at(-1), "implausible");
});
