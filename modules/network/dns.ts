/** DNS messages (RFC 1035), as far as a portal and a multicast responder read and write them. */

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

export interface Message {
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

export const Type = { A: 1, PTR: 12, TXT: 16, AAAA: 28, SRV: 33, NSEC: 47, ANY: 255 } as const;
export const IN = 1;
/** Flags of an answer from who knows (QR, AA). */
export const RESPONSE = 0x8000;
export const AUTHORITATIVE = 0x0400;
/** Set in the class: of a question, an answer by unicast is welcome; of a record, it replaces what was known. */
export const TOP_BIT = 0x8000;

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
export function readMessage(bytes: Uint8Array): Message | undefined {
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

/** Writes one message; names are not compressed. */
export class Writer {
	#bytes: number[] = [];

	u8(value: number): this {
		this.#bytes.push(value & 0xff);
		return this;
	}

	u16(value: number): this {
		return this.u8(value >> 8).u8(value);
	}

	u32(value: number): this {
		return this.u16(value >>> 16).u16(value);
	}

	/** @param text Characters of one byte, at most 255. */
	text(text: string): this {
		this.u8(text.length);
		for (let at = 0; at < text.length; at++) this.u8(text.charCodeAt(at));
		return this;
	}

	name(name: string): this {
		for (const label of name.split(".")) this.text(label);
		return this.u8(0);
	}

	bytes(bytes: ArrayLike<number>): this {
		for (let at = 0; at < bytes.length; at++) this.u8(bytes[at]!);
		return this;
	}

	/** @param counts Of questions, answers, authorities and additional records. */
	header(id: number, flags: number, counts: readonly [number, number, number, number]): this {
		this.u16(id).u16(flags);
		for (const count of counts) this.u16(count);
		return this;
	}

	finish(): Uint8Array {
		return Uint8Array.from(this.#bytes);
	}
}

/** @param address IPv4. @returns Its four bytes. */
export function addressBytes(address: string): number[] {
	return address.split(".").map(Number);
}
