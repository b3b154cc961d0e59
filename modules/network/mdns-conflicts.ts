/** How often a name was found taken: answers can be forged, and must not drive the device from name to name. */

/** So many, each within `nearMs` of the one before, are no household's: the name then stays for `restMs`. */
const most = 15;
const nearMs = 10_000;
const restMs = 60_000;

export class Conflicts {
	#count = 0;
	/** Ms since boot, as all that follows. */
	#last = 0;
	#restUntil = 0;

	/** Whether a conflict found at `ticks` counts. */
	count(ticks: number): boolean {
		return ticks >= this.#restUntil;
	}

	/** A conflict that counts was found. @returns Whether the name stays from now on. */
	add(ticks: number): boolean {
		if (ticks - this.#last >= nearMs) this.#count = 0;
		this.#last = ticks;
		if (++this.#count < most) return false;
		this.#count = 0;
		this.#restUntil = ticks + restMs;
		return true;
	}
}
