/**
 * Converts the device's `uptimeMs` to the page's clock, without wall time.
 *
 * An event carries the uptime of its sending but may arrive late: the earliest boot that follows from any event is the
 * best estimate. It may drift by 0.1 %, which is more than two crystals differ.
 */
export class Uptime {
	#bootAt = Number.POSITIVE_INFINITY;
	#seenAt = 0;

	/** The device's `uptimeMs` was received at `now` (ms on the page's clock). */
	anchor(uptimeMs: number, now: number): void {
		const drift = (now - this.#seenAt) / 1000;
		this.#bootAt = Math.min(now - uptimeMs, this.#bootAt + drift);
		this.#seenAt = now;
	}

	/** The device has restarted. */
	reset(): void {
		this.#bootAt = Number.POSITIVE_INFINITY;
	}

	/** @returns The time of `uptimeMs` on the page's clock; infinite before the first `anchor`. */
	at(uptimeMs: number): number {
		return this.#bootAt + uptimeMs;
	}
}
