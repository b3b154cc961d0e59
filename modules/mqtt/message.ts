/** Messages on their way to the broker. */

import type { Text } from "../platform/text.js";

/** A payload too long for one buffer. */
export interface LongPayload {
	readonly byteLength: number;
	/** @returns The next bytes; `undefined` after the last. All of them are `byteLength`. */
	next(): Uint8Array | undefined;
}

export interface Message {
	readonly topic: string;
	readonly payload: Uint8Array | LongPayload;
	/** Whether the broker keeps it for later subscribers; an empty payload ends that. */
	readonly retained: boolean;
	/** 1: it counts as sent once the broker has acknowledged it. */
	readonly qos: 0 | 1;
	/** Of QoS 1: whether the same message was sent on an earlier connection, and not acknowledged. */
	readonly dup: boolean;
}

/** Gives messages when the connection can take them, so that nothing queues up. */
export interface Outbox {
	/** A connection is up, and the broker may have lost all that it had. */
	onConnected(): void;
	/** @returns The next message that is due, which then counts as handed over. */
	next(): Message | undefined;
	/** The broker has acknowledged the last message of QoS 1. No other is asked for until then. */
	onAcknowledged(): void;
	/** @param retained Whether the broker had kept it from before the subscription. */
	onMessage(payload: Uint8Array, retained: boolean): void;
}

/** A payload of strings, each made when the socket can take it. */
export class TextPayload implements LongPayload {
	readonly byteLength: number;
	#text: Text;
	#strings: Iterator<string>;

	/** @param strings Called twice, for the length is sent first: it must give the same both times. */
	constructor(text: Text, strings: () => Iterable<string>) {
		let byteLength = 0;
		for (const string of strings()) byteLength += text.encode(string).byteLength;
		this.byteLength = byteLength;
		this.#text = text;
		this.#strings = strings()[Symbol.iterator]();
	}

	next(): Uint8Array | undefined {
		const { done, value } = this.#strings.next();
		return done ? undefined : this.#text.encode(value);
	}
}
