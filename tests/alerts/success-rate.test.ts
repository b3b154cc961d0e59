import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { SuccessRate, windowMs, windowReads } from "../../modules/alerts/success-rate.js";

/** Counts a read every `ms`; `1` is a fault. @returns The rates, with the number of the read that gave each. */
function rates(reads: string, ms: number): [number, number][] {
	const success = new SuccessRate();
	return [...reads].flatMap((one, at) => {
		const rate = success.count("Room", at * ms, one === "1");
		return rate === undefined ? [] : [[at, rate] as [number, number]];
	});
}

test("a window begins with a fault, and is of a quarter of an hour and of twenty reads", () => {
	equal(windowMs, 15 * 60_000);
	deepEqual(rates("0".repeat(2000), 2000), []);
	// The first window is reads 3 to 453; the next fault, which begins another, is read 455.
	deepEqual(rates(`000${"1000".repeat(200)}`, 2000), [[453, 75]]);
	deepEqual(rates(`1${"0".repeat(30)}`, windowMs), [[windowReads - 1, 95]]);
});

test("each sensor has its own", () => {
	const success = new SuccessRate();
	for (let at = 0; at < windowReads - 1; at++) equal(success.count("Room", at * windowMs, true), undefined);
	equal(success.count("Attic", 20 * windowMs, true), undefined);
	equal(success.count("Room", 20 * windowMs, false), 5);
	success.drop("Attic");
	equal(success.count("Attic", 40 * windowMs, false), undefined);
});
