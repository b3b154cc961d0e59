import type { Clock, Timer } from "../clock.js";

/** Milliseconds since it was made, Node's timers, and the computer's wall time, which may pass faster than they do. */
export class NodeClock implements Clock {
	#began = performance.now();
	#speed: number;

	/** @param speed So many ms of the clock pass in one, 1 to 1000. */
	constructor(speed = 1) {
		this.#speed = speed;
	}

	get ticks(): number {
		return Math.floor(this.#elapsed * this.#speed);
	}

	get time(): number {
		return Date.now() + Math.floor(this.#elapsed * (this.#speed - 1));
	}

	set(callback: () => void, delayMs: number): Timer {
		return setTimeout(callback, delayMs / this.#speed);
	}

	repeat(callback: () => void, intervalMs: number): Timer {
		return setInterval(callback, intervalMs / this.#speed);
	}

	clear(timer: Timer | undefined): void {
		clearTimeout(timer as NodeJS.Timeout | undefined);
	}

	get #elapsed(): number {
		return performance.now() - this.#began;
	}
}
