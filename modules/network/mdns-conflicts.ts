/** Bounds how often the device changes its name: conflicting responses can be forged. */

/** After so many conflicts, each within `nearMs` of the one before, the name stays for `restMs`. */
const max = 15;
const nearMs = 10_000;
const restMs = 60_000;

export class Conflicts {
	#count = 0;
	/** Ms since boot, as all that follows. */
	#last = 0;
	#restUntil = 0;

	/** Whether a conflict at `ticks` counts. */
	count(ticks: number): boolean {
		return ticks >= this.#restUntil;
	}

	/** Adds a conflict that counts. @returns Whether the name stays from now on. */
	add(ticks: number): boolean {
		if (ticks - this.#last >= nearMs) this.#count = 0;
		this.#last = ticks;
		if (++this.#count < max) return false;
		this.#count = 0;
		this.#restUntil = ticks + restMs;
		return true;
	}
}
