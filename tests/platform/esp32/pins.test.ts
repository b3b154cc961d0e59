import { deepEqual, equal, throws } from "node:assert/strict";
import { test } from "node:test";
import { sparing } from "../../../modules/platform/esp32/pins.js";

test("a pin that the chip needs is refused by name before it is touched; any other is taken", () => {
	const taken: number[] = [];
	class Output {
		readonly pin: number;
		constructor({ pin }: { pin: number }) {
			this.pin = pin;
			taken.push(pin);
		}
		twice(): number {
			return 2 * this.pin;
		}
	}
	const Sparing = sparing(Output, { pinUse: pin => (pin === 6 ? "the flash" : undefined) });
	throws(() => new Sparing({ pin: 6 }), { name: "RangeError", message: "pin 6: the flash is there" });
	deepEqual(taken, []);
	equal(new Sparing({ pin: 4 }).twice(), 8);
	deepEqual(taken, [4]);
});
