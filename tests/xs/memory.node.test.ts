// The hostile table and many clients at once, on the chip's engine: what each takes at most, and that nothing of it stays.

import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { choices } from "../fakes/random.js";
import type { Kind } from "../hostile/device.js";
import type { Row } from "../hostile/rows.js";
import { rows } from "../hostile/table.js";
import type { Measured } from "./memory.js";
import { plantedBeforeResponse, skip, tool } from "./tools.js";

const { Chip, preloads } = await tool("chip.mjs");

/** The most that anything may take above rest, KB: the reserve that docs/performance.md states. */
const RESERVE = 40;
/** What may stay of a row: counters of a new status, a file looked up for the first time. Bytes. */
const KEPT = 1024;

/** Every row is measured in a few minutes: by `npm run soak:memory`. Else one row of each thing that is tried. */
const { MEMORY_ROWS = "one" } = process.env;

/** Bytes of the image that is uploaded: what it takes does not depend on that. */
const UPLOAD = 262_144;

const memory = 'load("tests/xs/memory.js")';

/** @returns A device at rest, with so many streams. */
async function started(kind: Kind, streams: number, changed = new Map<string, string>()) {
	const chip = await Chip.start({ planted: changed });
	await chip.preload(preloads());
	await chip.run("tests/xs/memory.js");
	await chip.evaluate(`${memory}.begin("${kind}", ${streams})`);
	return chip;
}

/** @returns The rows of a kind of device, or one of each thing that is tried, by a fixed seed. */
function chosen(kind: Kind): Row[] {
	const all = rows.filter(row => row.device === kind);
	if (MEMORY_ROWS === "all") return all;
	const choose = choices(15);
	return [...new Set(all.map(row => row.of))].map(of => {
		const alike = all.filter(row => row.of === of);
		return alike[choose(alike.length)]!;
	});
}

/** @returns What each row of a kind of device takes; an end of the engine is told with the row that did it. */
async function measured(
	kind: Kind,
	streams: number,
): Promise<[name: string, most: number, found: Measured | string][]> {
	let chip = await started(kind, streams);
	const found: [string, number, Measured | string][] = [];
	for (const { name, most } of chosen(kind))
		try {
			found.push([name, most, (await chip.evaluate(`${memory}.row(${JSON.stringify(name)})`)) as Measured]);
		} catch (error) {
			found.push([name, most, String(error)]);
			chip.close();
			chip = await started(kind, streams);
		}
	chip.close();
	return found;
}

const isFine = (most: number, found: Measured | string) =>
	typeof found !== "string" && found.peak <= most * 1024 && found.kept <= KEPT && found.keys === 0;

for (const [kind, streams] of [
	["open", 8],
	["private", 0],
	["setup", 0],
	["own", 0],
] as const)
	test(`no row takes more than it may of a device that is ${kind}, and no name of a client stays`, {
		skip,
	}, async t => {
		const found = await measured(kind, streams);
		deepEqual(
			found.filter(([, most, one]) => !isFine(most, one)),
			[],
		);
		const [worst] = found.sort(([, , a], [, , b]) => (b as Measured).peak - (a as Measured).peak);
		t.diagnostic(`${found.length} rows; the worst: ${JSON.stringify(worst)}`);
	});

test("many clients at once, and the largest change beside eight streams, take no more than the reserve", {
	skip,
}, async t => {
	const peaks: [string, Measured][] = [];
	let names = ["the worst that is legal"];
	for (let at = 0; at < names.length; at++) {
		const chip = await started("setup", at === 0 ? 8 : 0);
		names = await chip.evaluate(`${memory}.names()`);
		peaks.push([names[at]!, (await chip.evaluate(`${memory}.load(${JSON.stringify(names[at])})`)) as Measured]);
		chip.close();
	}
	for (const [name, { peak }] of peaks) t.diagnostic(`${name}: ${peak} bytes`);
	deepEqual(
		peaks.filter(([, { peak, keys }]) => peak > RESERVE * 1024 || keys > 0),
		[],
	);
	ok(peaks.length > 8);
});

test("an upload takes at most 6 KB above rest, with what eight streams and the readings of eight sensors take", {
	skip,
}, async t => {
	const chip = await started("open", 8);
	const [alone, found] = (await chip.evaluate(`${memory}.upload(${UPLOAD})`)) as [Measured, Measured];
	chip.close();
	t.diagnostic(`${found.peak} bytes above rest; readings and streams alone: ${alone.peak}`);
	equal(found.status, 200);
	ok(found.peak <= 6 * 1024, JSON.stringify({ alone, found }));
	ok(found.kept <= KEPT && found.keys === 0, JSON.stringify(found));
});

for (const [what, code] of [
	["a name of a client that becomes a key", "({})[request.query];"],
	["a list that is split", 'this.planted = ",".repeat(3000).split(",").length;'],
	["an expression over a long text", 'this.planted = /^(?:x|\\s)*$/.test(" ".repeat(2000));'],
] as const)
	test(`${what} is caught`, { skip }, async () => {
		const chip = await started("open", 0, plantedBeforeResponse(code));
		const found = (await chip.evaluate(`${memory}.row("/nope with names never heard before")`)) as Measured;
		chip.close();
		ok(!isFine(20, found), JSON.stringify(found));
	});

test("what needs more than there is ends the engine, which says so", { skip }, async () => {
	const chip = await started("open", 0);
	try {
		await chip.evaluate(`${memory}.row("/metrics with escapes", 4096)`);
		throw new Error("it went on");
	} catch (error) {
		ok((error as Error).message.startsWith("XS ended: 11, out of memory"), (error as Error).message);
	} finally {
		chip.close();
	}
});
