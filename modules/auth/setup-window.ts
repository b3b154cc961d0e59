/** A while in which a device without a password can be set up from anywhere in its network: opened by a hand on its button. */

import type { Clock, Timer } from "../platform/clock.js";

/** How long it stays open, ms. */
export const WINDOW_MS = 180_000;

export interface SetupWindowOptions {
	clock: Clock;
	/** Whether the device lacks a password: only then the window opens and stays open. */
	isAllowed(): boolean;
	/** Prints one line on the console. */
	log(line: string): void;
}

export class SetupWindow {
	#options: SetupWindowOptions;
	/** Clock ticks. */
	#end = 0;
	#timer: Timer | undefined;

	constructor(options: SetupWindowOptions) {
		this.#options = options;
	}

	/** How long it is still open, ms; 0 when it is closed. */
	get leftMs(): number {
		const { clock, isAllowed } = this.#options;
		return this.#timer !== undefined && isAllowed() ? Math.max(0, this.#end - clock.ticks) : 0;
	}

	/** Only a closed one opens: a button that is hammered does not make it last longer. */
	begin(): void {
		const { clock, isAllowed, log } = this.#options;
		if (this.#timer !== undefined || !isAllowed()) return;
		this.#end = clock.ticks + WINDOW_MS;
		this.#timer = clock.set(() => this.end("time is up"), WINDOW_MS);
		log(`set-up is open for ${WINDOW_MS / 60_000} minutes: set a password at /settings`);
	}

	/** May be called twice. @param reason Why an open one closes; without it no line says so. */
	end(reason?: string): void {
		if (this.#timer === undefined) return;
		this.#options.clock.clear(this.#timer);
		this.#timer = undefined;
		if (reason !== undefined) this.#options.log(`set-up is closed: ${reason}`);
	}
}
