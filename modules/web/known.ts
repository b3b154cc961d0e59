/** What is remembered of requests without a body: who asks again asks in the same words. */

import type { Answer } from "./answer.js";
import type { Messages } from "./message.js";
import type { Output } from "./output.js";
import type { Request } from "./request.js";
import type { Handler } from "./routes.js";

const ZERO = 48;
const MINUTE = 60_000;
/** Where the seconds of the date begin, from the end of a head: it is the last field. */
const SECONDS = "00 GMT\r\n\r\n".length;

/** The last request. */
export interface Known {
	/** All of it. */
	readonly text: string;
	readonly request: Request;
	/** Who answers it. */
	handler: Handler | undefined;
}

/** An answer that lasts: while anybody may read it, a request gets it again without its handler being asked. */
export class Lasting {
	readonly handler: Handler;
	readonly answer: Answer;
	/** How often it was given again. */
	repeats = 0;
	/** The head, and from when until when its date holds, ms since 1970. */
	head: Uint8Array;
	from = 0;
	until = 0;
	/** When the minute of that date began; in it the head is a copy of its own. */
	#minute = Number.NEGATIVE_INFINITY;
	/** For how much room the body was cut: what of it fits in there behind the head, and what does not. */
	room = -1;
	front: Uint8Array | undefined;
	rest: Output | undefined;
	#messages: Messages;

	constructor(handler: Handler, answer: Answer, messages: Messages) {
		this.handler = handler;
		this.answer = answer;
		this.#messages = messages;
		this.head = messages.head(answer);
	}

	/** Puts the date of `time` into the head. */
	date(time: number): void {
		this.from = time - (time % 1000);
		this.until = this.from + 1000;
		const since = time - this.#minute;
		if (since < 0 || since >= MINUTE) {
			this.#minute = time - (time % MINUTE);
			const head = this.#messages.head(this.answer);
			if (head.byteLength !== this.head.byteLength) this.room = -1;
			this.head = new Uint8Array(head);
			return;
		}
		const seconds = (since / 1000) | 0;
		const at = this.head.byteLength - SECONDS;
		this.head[at] = ZERO + seconds / 10;
		this.head[at + 1] = ZERO + (seconds % 10);
	}

	/** Cuts the body for `room`. @returns Whether there is room for the head. */
	cut(room: number): boolean {
		const left = room - this.head.byteLength;
		if (left < 0) return false;
		const body = this.answer.bytes;
		const fits = !body || body.byteLength <= left;
		this.front = fits ? body : left > 0 ? body.subarray(0, left) : undefined;
		this.rest = fits ? undefined : { bytes: body.subarray(left) };
		this.room = room;
		return true;
	}
}
