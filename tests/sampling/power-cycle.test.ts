import { deepEqual, equal, throws } from "node:assert/strict";
import { test } from "node:test";
import { PowerCycle, powerOffMs } from "../../modules/sampling/power-cycle.js";
import { FakeClock } from "../fakes/clock.js";

function wired(onWrite: () => void = () => {}) {
	const clock = new FakeClock();
	const levels: number[] = [];
	let closed = 0;
	class Output {
		write(level: 0 | 1): void {
			onWrite();
			levels.push(level);
		}
		close(): void {
			closed++;
		}
	}
	return { clock, levels, closed: () => closed, make: () => new PowerCycle({ clock, Digital: Output, pin: 5 }) };
}

test("the power is off for two seconds at the fifth fault in a row, and at each fifth after", () => {
	const { clock, levels, make } = wired();
	const power = make();
	const off = Array.from({ length: 12 }, (_, at) => (power.fail(at + 1) ? at + 1 : 0)).filter(Boolean);
	deepEqual(off, [5, 10]);
	clock.advance(powerOffMs);
	deepEqual(levels, [1, 0, 0, 1, 1]);
});

test("a good read begins the count anew", () => {
	const power = wired().make();
	equal(power.fail(5), true);
	power.succeed();
	equal(power.fail(5), true);
});

test("a pin that cannot be written is freed", () => {
	const { closed, make } = wired(() => {
		throw new Error("no output");
	});
	throws(make, /no output/);
	equal(closed(), 1);
});

test("closing frees the pin once, and nothing is written afterwards", () => {
	const { clock, levels, closed, make } = wired();
	const power = make();
	power.fail(5);
	power.close();
	power.close();
	clock.advance(powerOffMs);
	deepEqual([levels, closed(), power.fail(10)], [[1, 0], 1, false]);
});
