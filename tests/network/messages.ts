/** A reader of DNS messages for tests, apart from the device's own: all of a message at once, names as text. */

import { TOP_BIT, Type } from "../../modules/network/dns-message.js";

/** Names are in lower case, labels joined by dots, without the root's: `dht.local`. */
export interface Question {
	readonly name: string;
	readonly type: number;
	/** Without mDNS's bit for an answer by unicast. */
	readonly class: number;
	/** That bit (RFC 6762, 5.4). */
	readonly unicast: boolean;
}

export interface Resource {
	readonly name: string;
	readonly type: number;
	/** Without mDNS's bit for replacing what was known. */
	readonly class: number;
	/** Seconds. */
	readonly ttl: number;
	/** As it came; names in it may point elsewhere. */
	readonly data: Uint8Array;
	/** Of a pointer record, the name it points to. */
	readonly target: string | undefined;
}

export interface Parsed {
	readonly id: number;
	readonly flags: number;
	/** As the header counts them. */
	readonly questionCount: number;
	/** The first of them, at most 16. */
	readonly questions: readonly Question[];
	/** Answers and authorities, in this order, at most 32. */
	readonly resources: readonly Resource[];
	/** How many of `resources` are answers. */
	readonly answers: number;
	/** Where the first question ends. */
	readonly firstEnd: number;
}

const mostQuestions = 16;
const mostResources = 32;
/** Pointers followed for one name. */
const mostPointers = 8;

/** Reads one message from its start to its end. */
class Reader {
	at = 0;
	#bytes: Uint8Array;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	byte(at: number): number {
		const value = this.#bytes[at];
		if (value === undefined) throw new RangeError("cut off");
		return value;
	}

	u16(): number {
		const value = (this.byte(this.at) << 8) | this.byte(this.at + 1);
		this.at += 2;
		return value;
	}

	u32(): number {
		return this.u16() * 0x10000 + this.u16();
	}

	/** Follows a few pointers, each of which must lead further back. */
	name(): string {
		let name = "";
		let at = this.at;
		let back = at;
		let end = -1;
		let pointers = 0;
		for (;;) {
			const length = this.byte(at);
			if (length === 0) break;
			if (length >= 0xc0) {
				const to = ((length & 0x3f) << 8) | this.byte(at + 1);
				if (end < 0) end = at + 2;
				if (to >= back || ++pointers > mostPointers) throw new RangeError("a pointer that leads nowhere");
				at = back = to;
				continue;
			}
			if (length > 63 || name.length + length > 254) throw new RangeError("a name too long");
			if (name !== "") name += ".";
			for (let index = 1; index <= length; index++) name += String.fromCharCode(this.byte(at + index));
			at += 1 + length;
		}
		this.at = end < 0 ? at + 1 : end;
		return name.toLowerCase();
	}

	question(): Question {
		const name = this.name();
		const type = this.u16();
		const code = this.u16();
		return { name, type, class: code & 0x7fff, unicast: code >= TOP_BIT };
	}

	resource(): Resource {
		const name = this.name();
		const type = this.u16();
		const code = this.u16() & 0x7fff;
		const ttl = this.u32();
		const length = this.u16();
		const start = this.at;
		if (start + length > this.#bytes.byteLength) throw new RangeError("cut off");
		const target = type === Type.PTR ? this.name() : undefined;
		this.at = start + length;
		return { name, type, class: code, ttl, data: this.#bytes.subarray(start, this.at), target };
	}
}

/** @returns `undefined` when `bytes` are no DNS message. */
export function parseMessage(bytes: Uint8Array): Parsed | undefined {
	const reader = new Reader(bytes);
	try {
		const id = reader.u16();
		const flags = reader.u16();
		const questionCount = reader.u16();
		const answerCount = reader.u16();
		const authorityCount = reader.u16();
		reader.u16();
		const questions: Question[] = [];
		let firstEnd = reader.at;
		for (let index = 0; index < Math.min(questionCount, mostQuestions); index++) {
			questions.push(reader.question());
			if (index === 0) firstEnd = reader.at;
		}
		const resources: Resource[] = [];
		const count = questionCount > mostQuestions ? 0 : Math.min(answerCount + authorityCount, mostResources);
		while (resources.length < count) resources.push(reader.resource());
		const answers = Math.min(answerCount, resources.length);
		return { id, flags, questionCount, questions, resources, answers, firstEnd };
	} catch {
		return undefined;
	}
}
