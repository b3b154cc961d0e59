import type { Clock } from "../types.js";

/** Milliseconds since the program started, Node's timers, and the computer's wall time. */
export const clock: Clock = {
	get ticks() {
		return Math.floor(performance.now());
	},
	get time() {
		return Date.now();
	},
	set: setTimeout,
	repeat: setInterval,
	clear: timer => clearTimeout(timer as NodeJS.Timeout | undefined),
};
