import { PROGRESS } from "./limits.js";

/** What a client still sends after an early error: it is dropped, so that the response arrives before the end of the connection. */
export class Drain {
	/** Bytes that are still tolerated. */
	left: number;
	/** From its beginning to the end of the connection, or without progress, ms. */
	readonly limitMs: number;
	/** Whether progress of the client extends the time. */
	readonly isExtended: boolean;
	readonly held = 0;
	/** Bytes dropped since progress was last noted. */
	#moved = 0;

	constructor(left: number, limitMs: number, isExtended = false) {
		this.left = left;
		this.limitMs = limitMs;
		this.isExtended = isExtended;
	}

	/** @returns Bytes dropped since progress was last noted, where progress extends the time; else 0. */
	drop(length: number): number {
		this.left -= length;
		if (!this.isExtended) return 0;
		const moved = this.#moved + length;
		this.#moved = moved % PROGRESS;
		return moved;
	}
}
