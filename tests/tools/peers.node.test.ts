// The parts of `npm run bench:peers`: both servers respond to all requests, and the same is measured of both.

import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { bundle, quantile, round } = await import(pathToFileURL(join("tools/peers/round.mjs")).href);
const size = { rounds: 2, requests: 10, clients: 2, firsts: 2, streams: [1, 3], events: 5, everyMs: 5 };

await bundle();

test("a short round: responses come whole, no event is lost, and both servers are measured alike", async () => {
	const own: Record<string, number> = await round("own", size);
	const theirs: Record<string, number> = await round("better-sse", size);
	deepEqual(Object.keys(own), Object.keys(theirs));
	for (const figures of [own, theirs]) {
		for (const lost of ["events lost of 5", "events lost of 15"]) equal(figures[lost], 0, lost);
		for (const [figure, value] of Object.entries(figures))
			ok(figure.includes(" lost of ") || value > 0, `${figure}: ${value}`);
	}
});

test("a round of a server that is not there ends with an error", async () => {
	const error = await round("missing", size).catch(String);
	ok(String(error).includes("missing ended with 1"), error);
});

test("quantiles are values that were seen", () => {
	const values = [3, 1, 2, 5, 4];
	deepEqual([quantile(values), quantile(values, 0.99), quantile(values, 0), quantile([])], [3, 5, 1, Number.NaN]);
});
