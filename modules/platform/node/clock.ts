import type { Clock } from "../clock.js";

/** The desktop device's boot: what was compiled before it is not its time. */
const loaded = performance.now();

/** Milliseconds since the host was loaded, Node's timers, and the computer's wall time. */
export const clock: Clock = {
	get ticks() {
		return Math.floor(performance.now() - loaded);
	},
	get time() {
		return Date.now();
	},
	set: setTimeout,
	repeat: setInterval,
	clear: timer => clearTimeout(timer as NodeJS.Timeout | undefined),
};
