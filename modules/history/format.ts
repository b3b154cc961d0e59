/**
 * The quarter-hour means of all sensors as bytes, to outlast a restart. Little-endian:
 *
 *     "DHT" and the format's number, 1   u8[4]
 *     when it was saved                  f64, ms since 1970
 *     length of a place                  u32, ms
 *     for each sensor
 *         length of its name             u16, 0 after the last sensor
 *         its name                       UTF-8
 *         for each place, gaps left out
 *             when it begins             u32, s since 1970, 0 after the last place
 *             readings                   u16
 *             temperature                i16[3], tenths: mean, least, greatest
 *             humidity                   i16[3], likewise
 *     for how many saves another history lies aside, 0 for none    u16
 */

import type { Text } from "../platform/text.js";
import type { Bucket } from "./aggregates.js";
import type { History } from "./history.js";

/** Bytes as they were saved. */
export interface Saved {
	readonly length: number;
	/** @returns `byteLength` bytes from `offset`; fewer where it ends. */
	read(offset: number, byteLength: number): Uint8Array;
}

export interface Moment {
	/** Now, ms since boot. */
	ticks: number;
	/** Now, ms since 1970. */
	time: number;
}

const FORMAT = Object.freeze([0x44, 0x48, 0x54, 1], true);
const HEAD = 16;
const PLACE = 18;
const VALUES = 6;
/** Places that are read and written at once. */
const BATCH = 28;
const MOST_READINGS = 0xffff;

/**
 * @param held For how many saves another history lies aside.
 * @returns The bytes, in pieces of at most 512. What is gathered between two pieces may be among what follows.
 */
export function* save(history: History, text: Text, { ticks, time }: Moment, held = 0): Generator<Uint8Array> {
	const head = new DataView(new ArrayBuffer(HEAD));
	for (const [at, byte] of FORMAT.entries()) head.setUint8(at, byte);
	head.setFloat64(4, time, true);
	head.setUint32(12, history.sensors[0]?.quarters.stepMs ?? 0, true);
	yield new Uint8Array(head.buffer);
	for (const { name, quarters } of history.sensors) {
		const encoded = text.encode(name);
		yield Uint8Array.of(encoded.byteLength & 0xff, encoded.byteLength >> 8);
		yield encoded;
		yield* encodePlaces(quarters.gathered(), time - ticks);
	}
	yield Uint8Array.of(0, 0, held & 0xff, held >> 8);
}

/** @returns When it was saved, ms since 1970. @throws {Error} It is of another format. */
export function savedAt(saved: Saved): number {
	return readHead(new Reader(saved)).getFloat64(4, true);
}

/** @returns For how many saves another history lies aside; what was saved before there was such a thing ends with 0, too. */
export function heldHours(saved: Saved): number {
	const [low = 0, high = 0] = saved.read(saved.length - 2, 2);
	return (high << 8) | low;
}

function* encodePlaces(places: Iterable<Bucket>, offset: number): Generator<Uint8Array> {
	const batch = new DataView(new ArrayBuffer(BATCH * PLACE));
	let at = 0;
	for (const { start, count, values } of places) {
		batch.setUint32(at, Math.round((start + offset) / 1000), true);
		batch.setUint16(at + 4, Math.min(count, MOST_READINGS), true);
		for (let column = 0; column < VALUES; column++) batch.setInt16(at + 6 + 2 * column, values[column]!, true);
		at += PLACE;
		if (at < batch.byteLength) continue;
		yield new Uint8Array(batch.buffer);
		at = 0;
	}
	batch.setUint32(at, 0, true);
	yield new Uint8Array(batch.buffer, 0, at + 4);
}

/**
 * Puts what was saved before what `history` has gathered since; sensors that it does not know are left out.
 * @throws {Error} It is of another format.
 */
export function restore(history: History, text: Text, saved: Saved, { ticks, time }: Moment): void {
	const reader = new Reader(saved);
	const stepMs = readHead(reader).getUint32(12, true);
	for (;;) {
		const { byteLength, byteOffset, buffer } = reader.take(reader.take(2).getUint16(0, true));
		if (byteLength === 0) return;
		const name = text.decode(new Uint8Array(buffer, byteOffset, byteLength));
		const places = decodePlaces(reader, stepMs, time - ticks);
		history.sensors.find(sensor => sensor.name === name)?.quarters.restore(places, ticks);
		while (!places.next().done);
	}
}

function readHead(reader: Reader): DataView {
	const head = reader.take(HEAD);
	if (FORMAT.some((byte, at) => head.getUint8(at) !== byte)) throw new Error("it is of another format");
	return head;
}

function* decodePlaces(reader: Reader, stepMs: number, offset: number): Generator<Bucket> {
	for (;;) {
		const seconds = reader.take(4).getUint32(0, true);
		if (seconds === 0) return;
		const place = reader.take(PLACE - 4);
		const values = Array.from({ length: VALUES }, (_, column) => place.getInt16(2 + 2 * column, true));
		yield { start: seconds * 1000 - offset, stepMs, count: place.getUint16(0, true), values };
	}
}

class Reader {
	#saved: Saved;
	#at = 0;

	constructor(saved: Saved) {
		this.#saved = saved;
	}

	/** @throws {Error} It ends before. */
	take(byteLength: number): DataView {
		const bytes = this.#saved.read(this.#at, byteLength);
		if (bytes.byteLength < byteLength) throw new Error("it breaks off");
		this.#at += byteLength;
		return new DataView(bytes.buffer, bytes.byteOffset, byteLength);
	}
}

// What generators inherit from is constant, too: else the chip keeps a place for its copy in RAM.
Object.freeze(save.prototype, true);
Object.freeze(encodePlaces.prototype, true);
Object.freeze(decodePlaces.prototype, true);
