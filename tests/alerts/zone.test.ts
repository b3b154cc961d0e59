import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { Zone, type ZoneLimits, type ZoneState, zoneOf } from "../../modules/alerts/zone.js";
import { choices } from "../fakes/random.js";

const limits = { below: 5, above: 30, hysteresis: 0.5 };
const second = 1000;
const minute = 60 * second;

for (const [value, from, to] of [
	[30, "normal", "normal"],
	[30.1, "normal", "above"],
	[29.6, "above", "above"],
	[29.5, "above", "normal"],
	[5, "normal", "normal"],
	[4.9, "normal", "below"],
	[5.4, "below", "below"],
	[5.5, "below", "normal"],
	[4.9, "above", "below"],
	[30.1, "below", "above"],
	[30.1, "fault", "above"],
	[20, "fault", "normal"],
] as const)
	test(`${value} after ${from} is ${to}`, () => equal(zoneOf(value, limits, from), to));

test("without limits all is normal, also what was in a zone", () => {
	const none = { below: null, above: null, hysteresis: 2 };
	for (const from of ["normal", "above", "below"] as const) equal(zoneOf(1000, none, from), "normal");
});

test("limits closer than the hysteresis: a value beyond the other limit is in that zone", () => {
	equal(zoneOf(29.7, { below: 29.8, above: 30, hysteresis: 0.5 }, "above"), "below");
});

/** A zone fed with `values`, a second apart. @returns Its changes, as the second and the state. */
function changes(values: number[], delayMs = minute, zone = new Zone()): [number, ZoneState][] {
	const seen: [number, ZoneState][] = [];
	for (const [at, value] of values.entries())
		if (zone.observe(zoneOf(value, limits, zone.next), at * second, delayMs)) seen.push([at, zone.state]);
	return seen;
}

const repeat = (count: number, ...values: number[]) =>
	Array.from({ length: count * values.length }, (_, at) => values[at % values.length]!);

test("a zone is entered and left once that has lasted", () => {
	deepEqual(changes([...repeat(10, 20), ...repeat(100, 31), ...repeat(100, 20)]), [
		[70, "above"],
		[170, "normal"],
	]);
});

test("since is when the state began, also when it was about to end in between", () => {
	const zone = new Zone();
	changes([...repeat(10, 20), ...repeat(80, 31), ...repeat(30, 20), ...repeat(30, 31)], minute, zone);
	deepEqual([zone.state, zone.next, zone.since], ["above", "above", 10 * second]);
});

test("a peak that does not last is none", () => {
	deepEqual(changes([...repeat(60, 31), ...repeat(60, 20), ...repeat(60, 31), 20]), []);
});

test("without a delay each change counts at once", () => {
	deepEqual(changes([20, 31, 20, 4, 31], 0), [
		[1, "above"],
		[2, "normal"],
		[3, "below"],
		[4, "above"],
	]);
});

test("a value that dances on the limit for an hour is one alert", () => {
	const choose = choices(5);
	deepEqual(changes(repeat(1800, 30.1, 29.9)), [[60, "above"]]);
	const noise = Array.from({ length: 3600 }, () => 29.8 + choose(5) / 10);
	equal(changes(noise).length, 1);
});

test("a silence in which nothing is known does not count as lasting", () => {
	const zone = new Zone();
	const gap = 6 * second;
	zone.observe("above", 0, minute, gap);
	equal(zone.observe("above", 2 * minute, minute, gap), false);
	for (let at = 2; at < 60; at += 2) equal(zone.observe("above", 2 * minute + at * second, minute, gap), false);
	ok(zone.observe("above", 3 * minute, minute, gap));
	equal(zone.since, 2 * minute);
	equal(zone.observe("normal", 3 * minute + 1, minute, gap), false);
	equal(zone.observe("normal", 30 * minute, minute, gap), false);
});

/** The state by its definition, of all that was observed: for comparison. */
function reference(seen: { next: ZoneState; ticks: number }[], delayMs: number, maxGapMs: number): ZoneState {
	let state: ZoneState = "normal";
	for (const [last, { next, ticks }] of seen.entries()) {
		let first = last;
		while (first > 0 && seen[first - 1]!.next === next && seen[first]!.ticks - seen[first - 1]!.ticks <= maxGapMs)
			first--;
		if (ticks - seen[first]!.ticks >= delayMs && (first < last || delayMs === 0 || next === state)) state = next;
	}
	return state;
}

test("random walks are in the state that the definition gives", () => {
	const choose = choices(42);
	let entered = 0;
	for (let walk = 0; walk < 60; walk++) {
		const zone = new Zone();
		const own: ZoneLimits = { below: 15, above: 15 + choose(40) / 10, hysteresis: choose(20) / 10 };
		const delayMs = choose(6) * 10 * second;
		const seen: { next: ZoneState; ticks: number }[] = [];
		let value = 16;
		for (let ticks = 0, count = 0; count < 150; count++) {
			ticks += choose(30) === 0 ? minute : 2 * second;
			value += (choose(11) - 5) / 10;
			const next = zoneOf(value, own, zone.next);
			seen.push({ next, ticks });
			if (zone.observe(next, ticks, delayMs, 6 * second)) entered++;
			equal(zone.state, reference(seen, delayMs, 6 * second), `walk ${walk}, ${ticks} ms`);
		}
	}
	ok(entered > 100);
});
