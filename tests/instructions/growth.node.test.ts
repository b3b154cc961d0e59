// One more sensor, stream or client costs no more than the one before, in instructions and in memory, with a broker, too.

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { test } from "node:test";
import { load, skip } from "./counting.js";

const { run } = await load("count.mjs");
const { bend, bent, growth, share } = await load("growth.mjs");

interface Point {
	count: number;
	own: number;
	all: number;
	kept: number;
}

test("cost and memory grow by a straight line or less", { skip }, async t => {
	const found: { name: string; points: Point[] }[] = await growth(true);
	for (const { name, points } of found)
		t.diagnostic(
			`${name}: one more ${bend(points, "own").toFixed(2)}, kept ${bend(points, "kept").toFixed(2)}, one of many ${share(points).toFixed(2)}`,
		);
	deepEqual(found.flatMap(bent), []);
});

test("a plan fails at a connection that is no client's, and where other readings were published", {
	skip,
}, async () => {
	const fails = (plan: string, message: RegExp) => rejects(run({ plan, counts: false }, String), message);
	await fails("start\nopen 31\n", /31: no client's connection/);
	await fails("start\nbegin\npublished 1\n", /0 readings were published, not 1/);
});

const line = (cost: (count: number) => number, kept = (count: number) => 40 + count, collector = 0): Point[] =>
	[1, 2, 6, 8].map(count => ({
		count,
		own: cost(count),
		all: cost(count) + collector * count ** 3,
		kept: kept(count),
	}));

test("a curve is told from a line", () => {
	deepEqual(bent({ name: "line", points: line(count => 100 + 10 * count) }), []);
	const square = (count: number) => 100 * count ** 2;
	equal(bent({ name: "square", points: line(square) }).length, 2);
	ok(bent({ name: "kept", points: line(count => count, square) })[0].startsWith("kept: kept bends"));
	ok(
		bent({ name: "swept", points: line(count => 100 * count, undefined, 5) })[0].startsWith(
			"swept: with the collector",
		),
	);
});

test("a dear first step hides no later growth", () => {
	const late = (count: number) => (count === 1 ? 100 : 200 + count + (count === 8 ? 2 : 0));
	deepEqual(bent({ name: "late", points: line(late) }), ["late: own bends by 2.00"]);
});

test("what costs no more with more was not counted", () => {
	const points = line(count => (count === 1 ? 500 : 100 + 10 * count));
	deepEqual(bent({ name: "falling", points }), ["falling: own bends by NaN"]);
});
