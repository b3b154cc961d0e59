/** A button that does something when it is held down for a while. */

import type { Clock, Timer } from "../platform/clock.js";

const lookMs = 250;

export interface LongPressOptions {
	clock: Clock;
	pressed(): boolean;
	/** For how long it must be held, ms. */
	holdMs: number;
	/** Called once, however long it is held. */
	onHeld(): void;
}

export class LongPress {
	#options: LongPressOptions;
	/** When it was found pressed, ms since boot. */
	#since: number | undefined;
	#done = false;
	#timer: Timer | undefined;

	constructor(options: LongPressOptions) {
		this.#options = options;
		this.#timer = options.clock.repeat(() => this.#look(), lookMs);
	}

	/** May be called twice. */
	close(): void {
		this.#options.clock.clear(this.#timer);
		this.#timer = undefined;
	}

	#look(): void {
		const { clock, pressed, holdMs, onHeld } = this.#options;
		if (!pressed()) {
			this.#since = undefined;
			this.#done = false;
			return;
		}
		this.#since ??= clock.ticks;
		if (this.#done || clock.ticks - this.#since < holdMs) return;
		this.#done = true;
		onHeld();
	}
}
