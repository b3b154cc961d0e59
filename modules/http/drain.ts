/** What a client still sends after an early error: it is dropped, so that the response arrives before the end of the connection. */
export class Drain {
	/** Bytes that are still tolerated. */
	left: number;
	/** From its begin to the end of the connection, or without progress, ms. */
	readonly limitMs: number;
	/** Whether progress of the client extends the time. */
	readonly isExtended: boolean;
	readonly held = 0;

	constructor(left: number, limitMs: number, isExtended = false) {
		this.left = left;
		this.limitMs = limitMs;
		this.isExtended = isExtended;
	}
}
