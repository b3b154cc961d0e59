/** Tells a short press of a button from a long one. */

import type { Clock, Timer } from "../platform/clock.js";

/** From one look at the button to the next, ms. Contacts bounce for less (some 10 ms). */
const LOOK_MS = 25;
/** The longest press that is short, ms. */
const SHORT_MS = 2000;

export interface ButtonOptions {
	clock: Clock;
	/** Whether it is down now. It may bounce. */
	pressed(): boolean;
	/** From so long on a press is long, ms. */
	longMs: number;
	/** Called once a press: when it is released after 50 ms to 2 s, or when it has lasted `longMs`. */
	onPress(isLong: boolean): void;
}

/** A press that began before this object is neither short nor long. */
export class Button {
	#options: ButtonOptions;
	/** What the look before found. */
	#seen: boolean;
	/** What two looks in a row have found. */
	#down: boolean;
	/** When the press began, clock ticks; `undefined` outside of one, and once it is known to be long. */
	#since: number | undefined;
	#timer: Timer | undefined;

	constructor(options: ButtonOptions) {
		this.#options = options;
		this.#seen = this.#down = options.pressed();
		this.#timer = options.clock.repeat(() => this.#look(), LOOK_MS);
	}

	/** May be called twice. */
	close(): void {
		this.#options.clock.clear(this.#timer);
		this.#timer = undefined;
	}

	#look(): void {
		const down = this.#options.pressed();
		if (down !== this.#seen) this.#seen = down;
		else if (down !== this.#down) this.#change(down);
		else if (down && this.#heldMs >= this.#options.longMs) {
			this.#since = undefined;
			this.#options.onPress(true);
		}
	}

	#change(down: boolean): void {
		const isShort = this.#heldMs <= SHORT_MS;
		const isPress = this.#since !== undefined;
		this.#down = down;
		this.#since = down ? this.#options.clock.ticks : undefined;
		if (!down && isPress && isShort) this.#options.onPress(false);
	}

	/** Of the press under way; 0 without one. */
	get #heldMs(): number {
		return this.#since === undefined ? 0 : this.#options.clock.ticks - this.#since;
	}
}
