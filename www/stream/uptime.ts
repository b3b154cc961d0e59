/**
 * Places the device's `uptimeMs` on the page's own clock, without wall time.
 *
 * An event says when it was sent but may arrive late, so the earliest start that any event speaks for is the best guess;
 * it may drift by 0.1 %, far more than two crystals differ.
 */
export class Uptime {
	#bootAt = Number.POSITIVE_INFINITY;
	#seenAt = 0;

	/** The device said at `now` (ms of the page) that it has been up for `uptimeMs`. */
	anchor(uptimeMs: number, now: number): void {
		const drift = (now - this.#seenAt) / 1000;
		this.#bootAt = Math.min(now - uptimeMs, this.#bootAt + drift);
		this.#seenAt = now;
	}

	/** The device has restarted. */
	reset(): void {
		this.#bootAt = Number.POSITIVE_INFINITY;
	}

	/** @returns When on the page's clock the device had been up for `uptimeMs`; infinite before the first `anchor`. */
	at(uptimeMs: number): number {
		return this.#bootAt + uptimeMs;
	}
}
