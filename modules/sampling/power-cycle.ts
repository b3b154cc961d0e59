/** Switches a sensor's power pin off and on after faults in a row: a sensor that hangs needs it. */

import type { Clock, Timer } from "../platform/clock.js";
import type { DigitalOutput, DigitalOutputConstructor } from "../platform/io.js";

/** Faults in a row after which the power is cycled, and again after as many. */
const faultsToPowerCycle = 5;
/** Without power, ms: long enough for the sensor's capacitor to drain. */
export const powerOffMs = 2000;

export interface PowerCycleOptions {
	clock: Clock;
	Digital: DigitalOutputConstructor;
	/** GPIO number. */
	pin: number;
}

export class PowerCycle {
	#clock: Clock;
	#output: DigitalOutput | undefined;
	#timer: Timer | undefined;
	/** Faults in a row at which it comes next. */
	#dueAt = faultsToPowerCycle;

	/** Switches the power on. @throws {Error} The pin does not exist or is in use. */
	constructor({ clock, Digital, pin }: PowerCycleOptions) {
		this.#clock = clock;
		const output = new Digital({ pin });
		try {
			output.write(1);
		} catch (error) {
			output.close();
			throw error;
		}
		this.#output = output;
	}

	/** A read has failed. @param failures In a row, this one included. @returns Whether the power was switched off, for `powerOffMs`. */
	fail(failures: number): boolean {
		const output = this.#output;
		if (!output || failures < this.#dueAt) return false;
		this.#dueAt = failures + faultsToPowerCycle;
		output.write(0);
		this.#timer = this.#clock.set(() => output.write(1), powerOffMs);
		return true;
	}

	/** A read has succeeded. */
	succeed(): void {
		this.#dueAt = faultsToPowerCycle;
	}

	/** Frees the pin; may be called twice. */
	close(): void {
		this.#clock.clear(this.#timer);
		this.#output?.close();
		this.#output = undefined;
	}
}
