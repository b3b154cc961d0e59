import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { IndoorAir } from "../../modules/platform/simulated/indoor-air.js";
import { PlausibilityFilter } from "../../modules/sampling/plausibility.js";
import { fractions } from "../fakes/random.js";

/** The end of a reading; `pending` while the next has not come. */
type Fate = "accepted" | "pending" | "confirmed" | "refuted" | "implausible";

/** @returns The fate of each reading, two seconds apart unless the third value says when, in ms. */
function fates(filter: PlausibilityFilter, readings: readonly (readonly [number, number, number?])[]): Fate[] {
	const all: Fate[] = [];
	readings.forEach(([temperature, humidity, ticks = 2000 * all.length]) => {
		const verdict = filter.judge(temperature, humidity, ticks);
		if (all.at(-1) === "pending") all[all.length - 1] = filter.confirms ? "confirmed" : "refuted";
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

test("the first reading is accepted", () => {
	deepEqual(warm(-40), ["accepted"]);
});

test("air that lies still changes by a tenth", () => {
	deepEqual(warm(20, 20.1, 20, 20, 19.9), ["accepted", "accepted", "accepted", "accepted", "accepted"]);
	deepEqual(moist(50, 50.1, 50.2, 50.1), ["accepted", "accepted", "accepted", "accepted"]);
});

test("a reading that moves more is pending, and accepted with the one that confirms it", () => {
	deepEqual(warm(20, 20.3, 20.3), ["accepted", "confirmed", "accepted"]);
	deepEqual(warm(20, 20.3, 20.6), ["accepted", "confirmed", "accepted"]);
	deepEqual(warm(20, 20.4, 20.2), ["accepted", "confirmed", "accepted"]);
	deepEqual(moist(50, 49.4, 49.2), ["accepted", "confirmed", "accepted"]);
});

test("one that is not confirmed is refuted", () => {
	deepEqual(warm(20, 20.4, 20), ["accepted", "refuted", "accepted"]);
	deepEqual(warm(20, 20.4, 20.1), ["accepted", "refuted", "accepted"]);
	deepEqual(warm(20, 20.4, 19.8), ["accepted", "refuted", "accepted"]);
	deepEqual(moist(50, 50.8, 50.1), ["accepted", "refuted", "accepted"]);
});

test("one of two values is not confirmed by the other", () => {
	deepEqual(
		fates(new PlausibilityFilter(0.1), [
			[20, 50],
			[20.4, 50.8],
			[20.4, 50],
		]),
		["accepted", "refuted", "accepted"],
	);
});

test("never two in a row are pending", () => {
	deepEqual(warm(20, 20.4, 19.6, 20.4, 19.6).filter(fate => fate === "pending").length, 0);
});

test("once air moves, it may go on as fast in either direction", () => {
	deepEqual(warm(20, 20.2, 20.4, 20.6, 20.4, 20.2), [
		"accepted",
		"confirmed",
		"accepted",
		"accepted",
		"accepted",
		"accepted",
	]);
});

test("the longer it has lain still since, the less it may move", () => {
	const still: number[] = new Array(60).fill(20.4);
	equal(warm(20, 20.2, 20.4, 20.7).at(-1), "accepted");
	equal(warm(20, 20.2, 20.4, ...still, 20.7).at(-1), "pending");
});

test("the readings of air indoors are all reported, few of them late", () => {
	for (const seed of [1, 2, 3]) {
		const indoors = new IndoorAir(seed);
		const tenths = (value: number) => Math.round(value * 10) / 10;
		const day = fates(
			new PlausibilityFilter(0.1),
			Array.from({ length: 43_200 }, (_, i) => {
				const { temperature, humidity } = indoors.at(2000 * i);
				return [tenths(temperature), tenths(humidity)];
			}),
		);
		const late = day.filter(fate => fate === "confirmed").length;
		equal(day.filter(fate => fate === "accepted").length + late, day.length);
		ok(late < 0.03 * day.length, `${late} late`);
	}
});

test("a jump is implausible and forgotten", () => {
	deepEqual(warm(20, 40, 20.1, 20.2), ["accepted", "implausible", "accepted", "accepted"]);
});

test("a jump that the next reading confirms is accepted, and later readings are judged by it", () => {
	deepEqual(warm(20, 40, 40.2, 40.1, 20), ["accepted", "implausible", "accepted", "accepted", "implausible"]);
});

test("a fast change in one direction costs one reading", () => {
	deepEqual(warm(20, 22, 25, 27), ["accepted", "implausible", "accepted", "accepted"]);
	deepEqual(warm(20, 17, 14, 13.5), ["accepted", "implausible", "accepted", "accepted"]);
});

test("a breath on the sensor costs one reading, whatever the temperature does meanwhile", () => {
	const temperatures = [22, 22.1, 22, 22.1, 22.1, 22, 22.1, 22.1];
	deepEqual(
		fates(
			new PlausibilityFilter(0.1),
			[50, 58, 66, 72, 76, 79, 80, 79.5].map((humidity, i) => [temperatures[i]!, humidity]),
		),
		["accepted", "implausible", "accepted", "accepted", "accepted", "accepted", "accepted", "accepted"],
	);
});

test("a fast change does not make way for one more than twice as fast, nor for one back", () => {
	deepEqual(warm(20, 22, 24, 29), ["accepted", "implausible", "accepted", "implausible"]);
	deepEqual(warm(20, 22, 24, 22), ["accepted", "implausible", "accepted", "implausible"]);
});

test("a jump that was forgotten makes way for none", () => {
	deepEqual(warm(20, 40, 20, 10), ["accepted", "implausible", "accepted", "implausible"]);
});

test("a jump of one value is not confirmed by one of the other", () => {
	deepEqual(
		fates(new PlausibilityFilter(0.1), [
			[20, 50],
			[30, 50],
			[20, 60],
		]),
		["accepted", "implausible", "implausible"],
	);
});

test("two jumps to different sides are both implausible", () => {
	deepEqual(warm(20, 40, 0, 20), ["accepted", "implausible", "implausible", "accepted"]);
});

test("a jump confirms the pending reading before it only where it goes the same way", () => {
	deepEqual(warm(20, 20.4, 10, 20), ["accepted", "refuted", "implausible", "accepted"]);
	deepEqual(moist(50, 50.6, 58, 66), ["accepted", "confirmed", "implausible", "accepted"]);
});

test("the longer ago, the farther air may have moved", () => {
	deepEqual(
		fates(new PlausibilityFilter(0.1), [
			[20, 50, 0],
			[23, 50, 60_000],
			[23.1, 50, 62_000],
		]),
		["accepted", "confirmed", "accepted"],
	);
	deepEqual(
		fates(new PlausibilityFilter(0.1), [
			[20, 50, 0],
			[23, 50, 2000],
		]),
		["accepted", "implausible"],
	);
});

test("a coarse sensor flickers by its step", () => {
	const filter = new PlausibilityFilter(1);
	deepEqual(
		fates(
			filter,
			[24, 24, 25, 24, 25, 25, 24].map(temperature => [temperature, 50]),
		),
		new Array(7).fill("accepted"),
	);
	equal(filter.judge(26, 50, 14_000), "implausible");
});

test("a sensor whose values are noisy loses hardly any", () => {
	for (const [step, degrees, percent] of [
		[0.1, 0.02, 0.05],
		[0.1, 0.05, 0.1],
		[0.1, 0.1, 0.3],
		[1, 0.1, 0.3],
	] as const) {
		const random = fractions(1);
		const noise = () => random() + random() + random() + random() - 2;
		const seen = (value: number) => Math.round(value / step) * step;
		const ended = fates(
			new PlausibilityFilter(step),
			Array.from({ length: 20_000 }, (_, i) => [
				seen(21 + 2 * Math.sin(i / 3000) + 1.7 * degrees * noise()),
				seen(50 + 5 * Math.sin(i / 2000) + 1.7 * percent * noise()),
			]),
		);
		const lost = ended.filter(fate => fate === "refuted" || fate === "implausible").length;
		ok(lost < 0.01 * ended.length, `${lost} of ${ended.length} lost at ${degrees} °C`);
	}
});

test("the tolerance does not grow beyond what air may move at once", () => {
	deepEqual(warm(20, 20.2, 20.4, 20.7, 21.1, 21.9).at(-1), "implausible");
});
