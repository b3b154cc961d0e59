/** Counts wrong passwords by address: no client can guess fast, and none waits for what another one did. */

import type { Clock } from "../platform/clock.js";

export interface RateLimitOptions {
	clock: Clock;
	/** Wrong passwords within `windowMs` after which an address has to wait. @defaultValue 5 */
	limit?: number;
	/** From the first wrong password until it is forgotten, ms. @defaultValue 60000 */
	windowMs?: number;
	/** Addresses that are counted at a time. The one counted longest is dropped for another. @defaultValue 64 */
	maxAddresses?: number;
}

interface Count {
	/** Clock ticks of the first wrong password. */
	since: number;
	wrong: number;
}

export class RateLimit {
	#clock: Clock;
	#limit: number;
	#windowMs: number;
	#maxAddresses: number;
	/** By address, in the order of `since`; absent before the first wrong password. */
	#counts: Map<string, Count> | undefined;

	constructor({ clock, limit = 5, windowMs = 60_000, maxAddresses = 64 }: RateLimitOptions) {
		this.#clock = clock;
		this.#limit = limit;
		this.#windowMs = windowMs;
		this.#maxAddresses = maxAddresses;
	}

	/** @returns How long `address` has to wait before its next attempt, ms; 0 when it need not. */
	retryAfterMs(address: string): number {
		const count = this.#counts?.get(address);
		if (!count || count.wrong < this.#limit) return 0;
		return Math.max(0, count.since + this.#windowMs - this.#clock.ticks);
	}

	/** `address` gave a wrong password. */
	recordFailure(address: string): void {
		const { ticks } = this.#clock;
		this.#counts ??= new Map();
		const counts = this.#counts;
		for (const [oldest, { since }] of counts) {
			if (ticks - since < this.#windowMs) break;
			counts.delete(oldest);
		}
		const count = counts.get(address);
		if (count) count.wrong++;
		else this.add(counts, address, ticks);
	}

	private add(counts: Map<string, Count>, address: string, since: number): void {
		if (counts.size >= this.#maxAddresses) {
			const { value: oldest = "" } = counts.keys().next();
			counts.delete(oldest);
		}
		counts.set(address, { since, wrong: 1 });
	}
}
