// Hours of a device at a broker that comes and goes, on a fake clock: run on XS by tests/xs/mqtt-day.node.test.ts.

import { Day } from "../mqtt/day.js";

declare const gc: () => void;
declare const bytes: () => number;
declare const keys: () => number;
declare const stack: () => number;
declare const tell: (span: { heap: number; stack: number; keys: number }) => void;

const HOUR = 3_600_000;

const day = new Day();

/** Lives through `hours`, and tells what the heap keeps once the broker is well again, in bytes. */
export function live(hours: number): void {
	stack();
	day.pass(hours * HOUR, () => {});
	const deepest = stack();
	day.rest();
	gc();
	tell({ heap: bytes(), stack: deepest, keys: keys() });
}
