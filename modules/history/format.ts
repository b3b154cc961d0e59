/**
 * The quarter-hour buckets of all sensors as bytes, to outlast a restart. Little-endian:
 *
 *     "DHT" and the format's number, 1   u8[4]
 *     when it was saved                  f64, ms since 1970
 *     length of a bucket                 u32, ms
 *     for each sensor
 *         length of its name             u16, 0 after the last sensor
 *         its name                       UTF-8
 *         for each bucket, gaps left out
 *             when it begins             u32, s since 1970, 0 after the last bucket
 *             readings                   u16
 *             temperature                i16[3], tenths: mean, min, max
 *             humidity                   i16[3], likewise
 *     for how many saves another history lies aside, 0 for none    u16
 */

import type { Text } from "../platform/text.js";
import type { Bucket } from "./aggregates.js";
import type { History } from "./history.js";

/** A history in this format. */
export interface EncodedHistory {
	/** Bytes. */
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
const BUCKET = 18;
const VALUES = 6;
/** Buckets that are written at once. */
const BATCH = 28;
const MAX_READINGS = 0xffff;

/**
 * @param held For how many saves another history lies aside.
 * @returns The bytes, in chunks of at most 512. Readings that come between two chunks may be among those that follow.
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
		yield* encodeBuckets(quarters.buckets(), time - ticks);
	}
	yield Uint8Array.of(0, 0, held & 0xff, held >> 8);
}

/** @returns When it was saved, ms since 1970. @throws {Error} It is of another format. */
export function savedAt(encoded: EncodedHistory): number {
	return readHead(new Reader(encoded)).getFloat64(4, true);
}

/** @returns For how many saves another history lies aside. Formats from before there was such a thing end with 0, too. */
export function heldHours(encoded: EncodedHistory): number {
	const [low = 0, high = 0] = encoded.read(encoded.length - 2, 2);
	return (high << 8) | low;
}

function* encodeBuckets(buckets: Iterable<Bucket>, offset: number): Generator<Uint8Array> {
	const batch = new DataView(new ArrayBuffer(BATCH * BUCKET));
	let at = 0;
	for (const { startTicks, count, values } of buckets) {
		batch.setUint32(at, Math.round((startTicks + offset) / 1000), true);
		batch.setUint16(at + 4, Math.min(count, MAX_READINGS), true);
		for (let column = 0; column < VALUES; column++) batch.setInt16(at + 6 + 2 * column, values[column]!, true);
		at += BUCKET;
		if (at < batch.byteLength) continue;
		yield new Uint8Array(batch.buffer);
		at = 0;
	}
	batch.setUint32(at, 0, true);
	yield new Uint8Array(batch.buffer, 0, at + 4);
}

/**
 * Puts the buckets in `encoded` before those that `history` has. Sensors that it does not have are left out.
 * @throws {Error} `encoded` is of another format, or ends early.
 */
export function restore(history: History, text: Text, encoded: EncodedHistory, { ticks, time }: Moment): void {
	const reader = new Reader(encoded);
	const stepMs = readHead(reader).getUint32(12, true);
	for (;;) {
		const { byteLength, byteOffset, buffer } = reader.take(reader.take(2).getUint16(0, true));
		if (byteLength === 0) return;
		const name = text.decode(new Uint8Array(buffer, byteOffset, byteLength));
		const buckets = decodeBuckets(reader, stepMs, time - ticks);
		history.sensors.find(sensor => sensor.name === name)?.quarters.prepend(buckets, ticks);
		while (!buckets.next().done);
	}
}

function readHead(reader: Reader): DataView {
	const head = reader.take(HEAD);
	if (FORMAT.some((byte, at) => head.getUint8(at) !== byte)) throw new Error("it is of another format");
	return head;
}

function* decodeBuckets(reader: Reader, stepMs: number, offset: number): Generator<Bucket> {
	for (;;) {
		const seconds = reader.take(4).getUint32(0, true);
		if (seconds === 0) return;
		const bucket = reader.take(BUCKET - 4);
		const values = Array.from({ length: VALUES }, (_, column) => bucket.getInt16(2 + 2 * column, true));
		yield { startTicks: seconds * 1000 - offset, stepMs, count: bucket.getUint16(0, true), values };
	}
}

class Reader {
	#encoded: EncodedHistory;
	#at = 0;

	constructor(encoded: EncodedHistory) {
		this.#encoded = encoded;
	}

	/** @throws {Error} Fewer bytes than `byteLength` are left. */
	take(byteLength: number): DataView {
		const bytes = this.#encoded.read(this.#at, byteLength);
		if (bytes.byteLength < byteLength) throw new Error("it breaks off");
		this.#at += byteLength;
		return new DataView(bytes.buffer, bytes.byteOffset, byteLength);
	}
}

// The objects that generators' results inherit from are constant, too: they take RAM on the chip unless they are frozen.
Object.freeze(save.prototype, true);
Object.freeze(encodeBuckets.prototype, true);
Object.freeze(decodeBuckets.prototype, true);
