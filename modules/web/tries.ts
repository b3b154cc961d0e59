/** Counts wrong passwords by address, so that nobody can guess fast. */

import type { Clock } from "../platform/types.js";

export interface TriesOptions {
	clock: Clock;
	/** Wrong tries within `windowMs` after which an address has to wait. @defaultValue 5 */
	limit?: number;
	/** From the first wrong try until it is forgotten, ms. @defaultValue 60000 */
	windowMs?: number;
	/** Addresses that are told apart at a time; those beyond share one count. @defaultValue 16 */
	places?: number;
}

interface Count {
	/** Ticks of the first wrong try. */
	since: number;
	wrong: number;
}

/** Stands for all addresses beyond the places. */
const OTHERS = "";

export class Tries {
	#clock: Clock;
	#limit: number;
	#windowMs: number;
	#places: number;
	/** As many as there are places, and one for the others. */
	#counts = new Map<string, Count>();

	constructor({ clock, limit = 5, windowMs = 60_000, places = 16 }: TriesOptions) {
		this.#clock = clock;
		this.#limit = limit;
		this.#windowMs = windowMs;
		this.#places = places;
	}

	/** @returns How long `address` has to wait before it may try, ms; 0 when it need not. */
	waitMs(address: string): number {
		const count = this.#counts.get(this.#place(address));
		return count && count.wrong >= this.#limit ? count.since + this.#windowMs - this.#clock.ticks : 0;
	}

	/** `address` gave a wrong password. */
	wrong(address: string): void {
		const place = this.#place(address);
		const count = this.#counts.get(place);
		if (count) count.wrong++;
		else this.#counts.set(place, { since: this.#clock.ticks, wrong: 1 });
	}

	/** Where `address` is counted, once what is long ago is forgotten. */
	#place(address: string): string {
		const { ticks } = this.#clock;
		for (const [key, { since }] of this.#counts) if (ticks - since >= this.#windowMs) this.#counts.delete(key);
		if (this.#counts.has(address)) return address;
		const apart = this.#counts.size - (this.#counts.has(OTHERS) ? 1 : 0);
		return apart < this.#places ? address : OTHERS;
	}
}
