/** A simulated button, pressed by a list of times. */

import type { Clock } from "../clock.js";

export interface Press {
	/** When it begins, ms since boot. */
	readonly atMs: number;
	/** How long it lasts, ms. */
	readonly forMs: number;
}

/** @returns Whether one of `presses` is under way, as `Host.pressed`. */
export function simulatedButton(clock: Clock, presses: readonly Press[]): () => boolean {
	return () => presses.some(({ atMs, forMs }) => clock.ticks >= atMs && clock.ticks < atMs + forMs);
}
