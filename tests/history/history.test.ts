// A week of readings against a plain reference that keeps them all.

import assert from "node:assert/strict";
import { test } from "node:test";
import { History, type Quantity, type Span } from "../../modules/history/history.js";
import { fractions } from "../fakes/random.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Indoor air in tenths, the same on every run. */
class Air {
	temperature = 215;
	humidity = 480;
	readonly random = fractions(1);

	drift(): void {
		this.temperature = Math.min(800, Math.max(-400, this.temperature + Math.round(this.random() * 4 - 2)));
		this.humidity = Math.min(1000, Math.max(0, this.humidity + Math.round(this.random() * 6 - 3)));
	}
}

/** Every reading there was. */
class Log {
	readonly ticks: number[] = [];
	readonly temperature: number[] = [];
	readonly humidity: number[] = [];

	push(ticks: number, temperature: number, humidity: number): void {
		this.ticks.push(ticks);
		this.temperature.push(temperature);
		this.humidity.push(humidity);
	}

	/** The readings of a time, its end left out, as °C or percent. */
	between(start: number, end: number, quantity: Quantity): number[] {
		const from = this.#first(start);
		return this[quantity].slice(from, this.#first(end)).map(tenths => tenths / 10);
	}

	/** The index of the first reading that is not before `ticks`. */
	#first(ticks: number): number {
		let low = 0;
		let high = this.ticks.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.ticks[middle]! < ticks) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

const quantities = ["temperature", "humidity"] as const;

/** The sensor is out of order for a while: start and length. */
const outages = [
	[HOUR, 4 * MINUTE],
	[5 * HOUR, 3 * HOUR],
	[2 * DAY, 26 * HOUR],
	[6 * DAY + 20 * HOUR, 7 * MINUTE],
] as const;
const setAt = 10 * MINUTE;
/** Wall time less time since boot: no whole number of minutes. */
const offset = Date.UTC(2026, 10, 22, 20, 37, 41) + 123;

const isOut = (ticks: number) => outages.some(([start, length]) => ticks >= start && ticks < start + length);

/** Each bucket of a tier of aggregates holds mean, min and max of the log's readings of its time. */
function checkAggregates(history: History, log: Log, now: number, span: Span, spanMs: number): void {
	const series = history.series("Room", span, now)!;
	const { startTicks, stepMs, length } = series;
	assert.equal((startTicks + offset) % stepMs, 0, `${span} begins at a whole step of wall time`);
	assert.ok(length <= spanMs / stepMs);
	assert.ok(startTicks + length * stepMs > now, `${span} reaches to now`);
	assert.ok(startTicks <= Math.max(stepMs / 2, now - spanMs + stepMs), `${span} reaches back`);
	for (let index = 0; index < length; index++) {
		const start = startTicks + index * stepMs;
		// Buckets from before the clock was set began at boot, and were moved by half a step at most.
		if (start < setAt) continue;
		for (const quantity of quantities) {
			const values = log.between(start, start + stepMs, quantity);
			const found = (["mean", "min", "max"] as const).map(statistic => series.value(index, quantity, statistic));
			if (values.length === 0) {
				assert.deepEqual(found, [null, null, null]);
				continue;
			}
			const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
			assert.ok(Math.abs(found[0]! - mean) <= 0.05 + 1e-9, `${span} ${index}: ${found[0]}, not ${mean}`);
			assert.deepEqual(found.slice(1), [Math.min(...values), Math.max(...values)]);
		}
	}
}

/** Every reading of the last quarter of an hour is there, in order and within an interval of its time, and no other. */
function checkReadings(history: History, log: Log, now: number): void {
	const series = history.series("Room", "15m", now)!;
	const { startTicks, stepMs, length } = series;
	for (const quantity of quantities) {
		const found: number[] = [];
		for (let index = 0; index < length; index++) {
			const value = series.value(index, quantity, "mean");
			if (value === null) continue;
			assert.equal(series.value(index, quantity, "min"), value);
			assert.equal(series.value(index, quantity, "max"), value);
			const start = startTicks + index * stepMs;
			assert.ok(
				log.between(start - stepMs, start + stepMs, quantity).includes(value),
				`${value} at ${start} was not read about then`,
			);
			found.push(value);
		}
		const read = log.between(now - 15 * MINUTE, now + 1, quantity);
		assert.deepEqual(found, read.slice(-found.length));
		assert.ok(read.length - found.length <= 1, `${found.length} of ${read.length} readings`);
	}
}

test("a week at two seconds with outages, and a clock that is set after ten minutes", () => {
	const history = new History({ sensors: [{ name: "Room", intervalMs: 2000 }] });
	const { byteLength } = history;
	assert.ok(byteLength <= 19 * 1024, `${byteLength} bytes`);
	const air = new Air();
	const log = new Log();
	const checks = [
		9 * MINUTE,
		11 * MINUTE,
		HOUR + 6 * MINUTE,
		DAY,
		3 * DAY + 3 * HOUR,
		4 * DAY,
		6 * DAY + 20 * HOUR + 9 * MINUTE,
	];
	checks.push(WEEK + HOUR);
	let isSet = false;
	// Each read comes some milliseconds late, and one in fifty fails.
	for (let regular = 0; regular <= WEEK + HOUR; regular += 2000) {
		const ticks = regular + Math.floor(air.random() * 9);
		if (!isSet && ticks >= setAt) {
			isSet = true;
			history.align(offset);
		}
		air.drift();
		if (!isOut(ticks) && air.random() >= 0.02) {
			log.push(ticks, air.temperature, air.humidity);
			history.push("Room", ticks, air.temperature / 10, air.humidity / 10);
		}
		if (ticks < checks[0]!) continue;
		checks.shift();
		checkReadings(history, log, ticks);
		if (!isSet) continue;
		checkAggregates(history, log, ticks, "24h", DAY);
		checkAggregates(history, log, ticks, "7d", WEEK);
	}
	assert.deepEqual(checks, []);
	assert.equal(history.byteLength, byteLength);
});

test("readings from before the clock is set are neither lost nor doubled when it is", () => {
	for (const setAfter of [MINUTE, 10 * MINUTE, 14 * MINUTE, 50 * MINUTE, 5 * HOUR]) {
		const history = new History({ sensors: [{ name: "Room", intervalMs: 2000 }] });
		// Each reading is one tenth above the last one: a bucket's min and max say which it holds.
		let count = 0;
		for (let ticks = 0; ticks < setAfter + HOUR; ticks += 10_000) {
			if (ticks >= setAfter && ticks < setAfter + 10_000) history.align(offset);
			history.push("Room", ticks, count++ / 10, 50);
		}
		for (const span of ["24h", "7d"] as const) {
			const series = history.series("Room", span, setAfter + HOUR)!;
			let next = 0;
			for (let index = 0; index < series.length; index++) {
				const min = series.value(index, "temperature", "min");
				if (min === null) continue;
				const max = series.value(index, "temperature", "max")!;
				assert.equal(Math.round(min * 10), next, `${span}, set after ${setAfter} ms`);
				next = Math.round(max * 10) + 1;
				const begins = Math.round(min * 10) * 10_000;
				const shown = series.startTicks + index * series.stepMs;
				assert.ok(Math.abs(begins - shown) <= series.stepMs, `${begins} is shown at ${shown}`);
			}
			assert.equal(next, count, `${span}, set after ${setAfter} ms`);
		}
	}
});

test("eight sensors share the memory of one for their aggregates", () => {
	const sizes = [1, 2, 4, 8].map(count => {
		const sensors = Array.from({ length: count }, (_, at) => ({ name: `Room ${at}`, intervalMs: 2000 }));
		const history = new History({ sensors });
		assert.equal(history.series("Room 0", "24h", 0)!.stepMs, count * MINUTE);
		assert.equal(history.series("Room 0", "7d", 0)!.stepMs, count * 15 * MINUTE);
		return history.byteLength;
	});
	assert.deepEqual(sizes, [18_744, 20_592, 24_288, 31_680]);
});

test("a reading that confirms another within its interval takes its bucket, and those before keep theirs", () => {
	const history = new History({ sensors: [{ name: "Room", intervalMs: MINUTE }] });
	for (let minute = 1; minute <= 10; minute++) {
		history.push("Room", minute * MINUTE + 2000, 20, 40 + minute);
		history.push("Room", minute * MINUTE + 4000, 20, 40.5 + minute);
	}
	const series = history.series("Room", "15m", 11 * MINUTE)!;
	const found = Array.from({ length: series.length }, (_, index) => [
		series.startTicks + index * series.stepMs,
		series.value(index, "humidity", "mean"),
	]);
	assert.deepEqual(
		found.filter(([, humidity]) => humidity !== null),
		Array.from({ length: 10 }, (_, at) => [(at + 1) * MINUTE + 2000, 41.5 + at]),
	);
});

test("a fast sensor keeps 900 readings, a slow one few", () => {
	const sizes = [10, 1000, 60_000, 3_600_000].map(intervalMs => {
		const history = new History({ sensors: [{ name: "Room", intervalMs }] });
		for (let count = 0; count < 2000; count++) history.push("Room", count * intervalMs, 20, 50);
		return history.series("Room", "15m", 1999 * intervalMs)!.length;
	});
	assert.deepEqual(sizes, [900, 900, 15, 1]);
});

test("a series keeps its buckets when newer readings push the oldest out", () => {
	const history = new History({ sensors: [{ name: "Room", intervalMs: 2000 }] });
	for (let count = 0; count < 450; count++) history.push("Room", count * 2000, count / 10, 50);
	const series = history.series("Room", "15m", 449 * 2000)!;
	for (let count = 450; count < 470; count++) history.push("Room", count * 2000, count / 10, 50);
	assert.equal(series.length, 450);
	assert.equal(series.value(449, "temperature", "mean"), 44.9);
	assert.equal(series.value(12, "temperature", "mean"), 1.2);
	assert.equal(series.value(0, "temperature", "mean"), null);
});

test("a sensor that fell silent: no reading older than the span is in a series", () => {
	const history = new History({ sensors: [{ name: "Room", intervalMs: 2000 }] });
	history.push("Room", 0, 20, 50);
	assert.equal(history.series("Room", "15m", 15 * MINUTE)!.length, 1);
	assert.equal(history.series("Room", "15m", 15 * MINUTE + 2001)!.length, 0);
	assert.equal(history.series("Room", "24h", DAY - 1)!.length, 1);
	assert.equal(history.series("Room", "24h", DAY)!.length, 0);
	assert.equal(history.series("Room", "7d", WEEK)!.length, 0);
	assert.equal(history.series("Room", "7d", WEEK)!.startTicks, WEEK);
});

test("a name that is not among the options has no series, and its readings are ignored", () => {
	const history = new History({ sensors: [{ name: "Room", intervalMs: 2000 }] });
	history.push("Attic", 0, 20, 50);
	assert.equal(history.series("Attic", "15m", 0), undefined);
	assert.equal(history.series("Room", "15m", 0)!.length, 0);
});

test("options out of range are refused", () => {
	assert.throws(() => new History({ sensors: [] }), /sensors/);
	assert.throws(() => new History({ sensors: [{ name: "Room", intervalMs: 0 }] }), /intervalMs of Room is 0/);
});

test("buckets hold what a calibration can make of a reading, and the extremes of a step", () => {
	const history = new History({ sensors: [{ name: "Room", intervalMs: 2000 }] });
	const values = (at: number) =>
		quantities.map(quantity =>
			(["mean", "min", "max"] as const).map(statistic =>
				history.series("Room", "24h", 5 * MINUTE)!.value(at, quantity, statistic),
			),
		);
	history.push("Room", 0, -90, 0);
	history.push("Room", MINUTE, 210, 100);
	history.push("Room", MINUTE + 2000, 10, 0);
	history.push("Room", 2 * MINUTE, -300, 120);
	history.push("Room", 3 * MINUTE, 400, -5);
	assert.deepEqual(values(0), [
		[-90, -90, -90],
		[0, 0, 0],
	]);
	assert.deepEqual(values(1), [
		[110, 10, 210],
		[50, 0, 100],
	]);
	assert.deepEqual(values(2), [
		[-100, -100, -100],
		[100, 100, 100],
	]);
	assert.deepEqual(values(3), [
		[309.4, 309.4, 309.4],
		[0, 0, 0],
	]);
});
