/** What is remembered of requests without a body: who asks again asks in the same words. */

import type { Answer } from "./answer.js";
import type { Messages } from "./message.js";
import type { Output } from "./output.js";
import type { Request } from "./request.js";
import type { Handler } from "./routes.js";

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
	/** All of the last request that got it. */
	text: string;
	readonly handler: Handler;
	readonly answer: Answer;
	/** How often it was given again. */
	repeats = 0;
	/** The head, and from when until when its date holds, ms since 1970. */
	head: Uint8Array;
	from = 0;
	until = 0;
	/** For how much room the body was cut: what of it fits in there behind the head, and what does not. */
	room = -1;
	front: Uint8Array | undefined;
	rest: Output | undefined;
	#messages: Messages;

	constructor(text: string, handler: Handler, answer: Answer, messages: Messages) {
		this.text = text;
		this.handler = handler;
		this.answer = answer;
		this.#messages = messages;
		this.head = messages.head(answer);
	}

	/** Puts the date of `time` into the head. */
	date(time: number): void {
		this.head = this.#messages.head(this.answer);
		this.from = time - (time % 1000);
		this.until = this.from + 1000;
		this.room = -1;
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
