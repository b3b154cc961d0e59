/** Counts wrong passwords by address, so that nobody can guess fast, and nobody waits for what another one did. */

import type { Clock } from "../platform/clock.js";

export interface RateLimitOptions {
	clock: Clock;
	/** Wrong tries within `windowMs` after which an address has to wait. @defaultValue 5 */
	limit?: number;
	/** From the first wrong try until it is forgotten, ms. @defaultValue 60000 */
	windowMs?: number;
	/** Addresses that are counted at a time; the one counted longest makes room. @defaultValue 64 */
	places?: number;
}

interface Count {
	/** Ticks of the first wrong try. */
	since: number;
	wrong: number;
}

export class RateLimit {
	#clock: Clock;
	#limit: number;
	#windowMs: number;
	#places: number;
	/** By address, in the order of `since`. */
	#counts = new Map<string, Count>();

	constructor({ clock, limit = 5, windowMs = 60_000, places = 64 }: RateLimitOptions) {
		this.#clock = clock;
		this.#limit = limit;
		this.#windowMs = windowMs;
		this.#places = places;
	}

	/** @returns How long `address` has to wait before it may try, ms; 0 when it need not. */
	retryAfterMs(address: string): number {
		const count = this.#counts.get(address);
		if (!count || count.wrong < this.#limit) return 0;
		return Math.max(0, count.since + this.#windowMs - this.#clock.ticks);
	}

	/** `address` gave a wrong password. */
	recordFailure(address: string): void {
		const { ticks } = this.#clock;
		for (const [oldest, { since }] of this.#counts) {
			if (ticks - since < this.#windowMs) break;
			this.#counts.delete(oldest);
		}
		const count = this.#counts.get(address);
		if (count) count.wrong++;
		else this.#add(address, ticks);
	}

	#add(address: string, since: number): void {
		if (this.#counts.size >= this.#places) {
			const { value: oldest = "" } = this.#counts.keys().next();
			this.#counts.delete(oldest);
		}
		this.#counts.set(address, { since, wrong: 1 });
	}
}
