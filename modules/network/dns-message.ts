/**
 * DNS messages (RFC 1035), as far as the captive DNS and mDNS need them. They are read in place and written into bytes: no
 * name of a client becomes a string, and no byte a slot of the heap.
 */

/** As on the wire: labels, each after its length, ended by the root's, which is 0. */
export type Name = Uint8Array;

export const Type = Object.freeze({ A: 1, PTR: 12, TXT: 16, AAAA: 28, SRV: 33, NSEC: 47, ANY: 255 } as const, true);
export const IN = 1;
/** Flags of a response by the owner of the records (QR, AA). */
export const RESPONSE = 0x8000;
export const AUTHORITATIVE = 0x0400;
/** Top bit of the class (RFC 6762, 5.4 and 10.2). A question with it accepts unicast; a record with it flushes caches. */
export const TOP_BIT = 0x8000;

const headerLength = 12;
/** Questions and records read of one message. The rest is ignored. */
const maxQuestions = 16;
const maxRecords = 32;
/** Bytes of a name. */
const maxName = 255;
/** Pointers followed for one name. */
const maxPointers = 8;

const CAPITALS = 0x20;
const lower = (byte: number) => (byte >= 0x41 && byte <= 0x5a ? byte | CAPITALS : byte);

/**
 * @param pointers Whether a pointer may end the name. It is not followed.
 * @returns The end of the name at `at`; -1 if it is cut off or malformed.
 */
function nameEnd(bytes: Uint8Array, at: number, pointers: boolean): number {
	for (const first = at; at - first < maxName; ) {
		const length = bytes[at];
		if (length === undefined) return -1;
		if (length >= 0xc0) return pointers && at + 2 <= bytes.byteLength ? at + 2 : -1;
		if (length > 63) return -1;
		at += 1 + length;
		if (length === 0) return at;
	}
	return -1;
}

/** Whether the name at `at` of a message equals `name` from `from` on, whatever their case. Each pointer must lead further back. */
export function isName(bytes: Uint8Array, at: number, name: Name, from = 0): boolean {
	let back = at;
	let pointers = 0;
	for (;;) {
		const length = bytes[at];
		if (length === undefined) return false;
		if (length >= 0xc0) {
			const to = ((length & 0x3f) << 8) | (bytes[at + 1] ?? 0xff);
			if (to >= back || ++pointers > maxPointers) return false;
			at = back = to;
			continue;
		}
		if (length !== name[from]) return false;
		if (length === 0) return true;
		for (const end = at + length; at < end; ) if (lower(bytes[++at] ?? 0) !== lower(name[++from]!)) return false;
		at++;
		from++;
	}
}

/** A message, with the fields of the question or record that was read last. */
export class Message {
	readonly bytes: Uint8Array;
	readonly id: number;
	readonly flags: number;
	/** As in the header. */
	readonly questionCount: number;
	readonly answerCount: number;
	readonly authorityCount: number;
	/** Offset of the name. */
	name = 0;
	type = 0;
	/** Without `TOP_BIT`, and whether that is set. */
	class = 0;
	top = false;
	/** Of a record, seconds. */
	ttl = 0;
	/** Offset and bytes of a record's data. */
	data = 0;
	length = 0;
	/** Offset of its end. */
	end = headerLength;
	/** Questions and records read so far. */
	read = 0;

	/** @param bytes At least a header. */
	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
		this.id = u16(bytes, 0);
		this.flags = u16(bytes, 2);
		this.questionCount = u16(bytes, 4);
		this.answerCount = u16(bytes, 6);
		this.authorityCount = u16(bytes, 8);
	}

	/** Begins again with the first question. */
	rewind(): void {
		this.end = headerLength;
		this.read = 0;
	}

	/** Goes to the next question. @returns `false` if there is none, or after sixteen. */
	nextQuestion(): boolean {
		if (this.read >= Math.min(this.questionCount, maxQuestions)) return false;
		return readHead(this, this.end > headerLength) && pass(this, this.end);
	}

	/** Goes to the next record of the second section, after all questions. @returns `false` if there is none. */
	nextAnswer(): boolean {
		return this.read < this.questionCount + this.answerCount && nextRecord(this);
	}

	/** Goes to the next record of the third section (authority), after those of the second. @returns `false` if there is none. */
	nextAuthority(): boolean {
		return this.read < this.questionCount + this.answerCount + this.authorityCount && nextRecord(this);
	}

	/** Goes to the next record of the fourth section (additional), after those of the third. @returns `false` if there is none. */
	nextAdditional(): boolean {
		const { questionCount, answerCount, authorityCount, bytes } = this;
		return this.read < questionCount + answerCount + authorityCount + u16(bytes, 10) && nextRecord(this);
	}

	/** Reads all questions and records but the additional ones. @returns Whether they are as many as the header says. */
	isWhole(): boolean {
		this.rewind();
		while (this.nextQuestion());
		while (this.nextAuthority());
		const { questionCount, answerCount, authorityCount } = this;
		const records = questionCount > maxQuestions ? 0 : Math.min(answerCount + authorityCount, maxRecords);
		return this.read === Math.min(questionCount, maxQuestions) + records;
	}
}

/** Goes to the next record. */
function nextRecord(message: Message): boolean {
	const { questionCount, read } = message;
	if (read < questionCount || read >= questionCount + maxRecords || !readHead(message, true)) return false;
	const { bytes, end } = message;
	if (end + 6 > bytes.byteLength) return false;
	message.ttl = u16(bytes, end) * 0x10000 + u16(bytes, end + 2);
	message.length = u16(bytes, end + 4);
	message.data = end + 6;
	return pass(message, message.data + message.length);
}

/** Reads name, type and class. */
function readHead(message: Message, pointers: boolean): boolean {
	const { bytes, end } = message;
	const after = nameEnd(bytes, end, pointers);
	if (after < 0 || after + 4 > bytes.byteLength) return false;
	message.name = end;
	message.type = u16(bytes, after);
	const code = u16(bytes, after + 2);
	message.class = code & ~TOP_BIT;
	message.top = code >= TOP_BIT;
	message.end = after + 4;
	return true;
}

function pass(message: Message, end: number): boolean {
	if (end > message.bytes.byteLength) return false;
	message.end = end;
	message.read++;
	return true;
}

function u16(bytes: Uint8Array, at: number): number {
	return (bytes[at]! << 8) | bytes[at + 1]!;
}

/** @returns `undefined` if `bytes` are no DNS message. A wrong pointer is found only where it is followed. */
export function readMessage(bytes: Uint8Array): Message | undefined {
	if (bytes.byteLength < headerLength) return undefined;
	const message = new Message(bytes);
	if (!message.isWhole()) return undefined;
	message.rewind();
	return message;
}

/** Writes a message, or one record. Names are not compressed. */
export class Writer {
	#bytes: Uint8Array;
	#at = 0;

	/** @param byteLength Bytes at first. They grow as needed. */
	constructor(byteLength = 512) {
		this.#bytes = new Uint8Array(byteLength);
	}

	u8(value: number): this {
		if (this.#at === this.#bytes.byteLength) this.grow(1);
		this.#bytes[this.#at++] = value;
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

	/** @param name Labels joined by dots, without the root's: `dht.local`. */
	name(name: string): this {
		for (const label of name.split(".")) this.text(label);
		return this.u8(0);
	}

	bytes(bytes: ArrayLike<number>): this {
		if (this.#at + bytes.length > this.#bytes.byteLength) this.grow(bytes.length);
		this.#bytes.set(bytes, this.#at);
		this.#at += bytes.length;
		return this;
	}

	/** Adds space for `byteLength` bytes, and for as many as there are. */
	grow(byteLength: number): void {
		const grown = new Uint8Array(2 * this.#at + byteLength);
		grown.set(this.#bytes);
		this.#bytes = grown;
	}

	/** The counts are of questions, and of records by section. */
	header(id: number, flags: number, questions: number, records: number, authorities = 0, additional = 0): this {
		return this.u16(id).u16(flags).u16(questions).u16(records).u16(authorities).u16(additional);
	}

	/** @returns The bytes written. Nothing may be written after this. */
	finish(): Uint8Array {
		return this.#at === this.#bytes.byteLength ? this.#bytes : this.#bytes.subarray(0, this.#at);
	}
}
