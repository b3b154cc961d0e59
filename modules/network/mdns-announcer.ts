/** Sends the device's records by multicast, by unicast, and to resolvers without mDNS (RFC 6762, 5, 6 and 8.3). */

import type { Clock, Timer } from "../platform/clock.js";
import type { Datagram } from "../platform/io.js";
import { AUTHORITATIVE, type Message, type Name, RESPONSE, Type, Writer } from "./dns-message.js";
import { hasSameData, isAsked, isRival, type OwnRecord, writeRecord } from "./mdns-records.js";
import { Quota } from "./quota.js";

export const port = 5353;
export const group = "224.0.0.251";

/** From a record's multicast to the next, ms (6). */
const repeatMs = 1000;
/** Shared records wait for 20 to 120 ms (6). */
const minDelayMs = 20;
const delayMs = 100;

export interface AnnouncerOptions {
	clock: Clock;
	/** A whole number from 0 to `below` - 1. */
	chance(below: number): number;
	write(bytes: Uint8Array, address: string, port: number): void;
}

export class Announcer {
	#options: AnnouncerOptions;
	#records: readonly OwnRecord[] = [];
	/** When each record was last sent by multicast, ms since boot. */
	#sent: number[] = [];
	/** Records that wait for multicast: a bit each, as everywhere here. */
	#pending = 0;
	#timer: Timer | undefined;
	#quota = new Quota();

	constructor(options: AnnouncerOptions) {
		this.#options = options;
	}

	/** The device's records from now on. None was sent yet. */
	set records(records: readonly OwnRecord[]) {
		this.#records = records;
		this.#sent = records.map(() => Number.NEGATIVE_INFINITY);
	}

	/** Sends all records by multicast. */
	announce(): void {
		this.#send(this.#all, "multicast");
	}

	/** Withdraws all records by multicast. */
	farewell(): void {
		this.#send(this.#all, "farewell");
	}

	/** Drops pending records. May be called twice. */
	close(): void {
		this.#options.clock.clear(this.#timer);
		this.#timer = undefined;
		this.#pending = 0;
	}

	get #all(): number {
		return (1 << this.#records.length) - 1;
	}

	/** Responds to the questions of `message`, which has come as `datagram`. */
	respond(message: Message, { address, port: from }: Datagram): void {
		const { clock } = this.#options;
		let unicast = 0;
		let multicast = 0;
		while (message.nextQuestion())
			for (let at = 0; at < this.#records.length; at++)
				if (!isAsked(this.#records[at]!, message)) continue;
				else if (message.top) unicast |= 1 << at;
				else multicast |= 1 << at;
		const asked = (unicast | multicast) & ~this.#alreadyHas(message);
		if (asked === 0) return;
		if (from !== port) {
			if (message.questionCount === 1 && this.#quota.take(address, clock.ticks))
				this.#sendLegacy(message, asked, address, from);
			return;
		}
		unicast &= asked;
		if (unicast !== 0 && this.#quota.take(address, clock.ticks)) {
			this.#send(unicast, "multicast", address, message.id);
			multicast &= ~unicast;
		} else multicast |= unicast;
		this.#multicast(multicast & asked);
	}

	/** @returns Records that the querier has already, for at least half of their time (7.1). */
	#alreadyHas(message: Message): number {
		let records = 0;
		while (message.nextAnswer())
			for (let at = 0; at < this.#records.length; at++) {
				const own = this.#records[at]!;
				if (message.ttl * 2 >= own.kind.ttl && isRival(own, message) && hasSameData(own, message)) records |= 1 << at;
			}
		return records;
	}

	/** Sends by multicast, each record once a second at most: the device's own at once, shared ones after a moment. */
	#multicast(asked: number): void {
		const due = this.#due(asked);
		if (due === 0) return;
		if (this.#records.every(({ kind }, at) => kind.unique || (due & (1 << at)) === 0)) this.#send(due, "multicast");
		else {
			this.#pending |= due;
			this.#timer ??= this.#options.clock.set(() => {
				this.#timer = undefined;
				this.#send(this.#due(this.#pending), "multicast");
				this.#pending = 0;
			}, minDelayMs + this.#options.chance(delayMs));
		}
	}

	/** @returns Those of `records` that were not sent by multicast within a second. */
	#due(records: number): number {
		const { ticks } = this.#options.clock;
		let due = records;
		for (let at = 0; at < this.#sent.length; at++) if (ticks - this.#sent[at]! < repeatMs) due &= ~(1 << at);
		return due;
	}

	/** @param to The querier, for unicast. @param id That of its query (18.1). */
	#send(records: number, kind: "multicast" | "farewell", to = group, id = 0): void {
		if (records === 0) return;
		const more = kind === "farewell" ? 0 : this.#helpful(records);
		const writer = new Writer().header(id, RESPONSE | AUTHORITATIVE, 0, count(records), 0, count(more));
		this.#writeRecords(writer, records, kind);
		this.#writeRecords(writer, more, kind);
		const { ticks } = this.#options.clock;
		if (to === group) for (let at = 0; at < this.#sent.length; at++) if (records & (1 << at)) this.#sent[at] = ticks;
		this.#options.write(writer.finish(), to, port);
	}

	/** A resolver without mDNS gets its question back, and records with a short time to live (6.7). */
	#sendLegacy(message: Message, records: number, address: string, to: number): void {
		message.rewind();
		message.nextQuestion();
		const writer = new Writer().header(message.id, RESPONSE | AUTHORITATIVE, 1, count(records));
		writer.bytes(message.bytes.subarray(message.name, message.end));
		this.#writeRecords(writer, records, "legacy");
		this.#options.write(writer.finish(), address, to);
	}

	#writeRecords(writer: Writer, records: number, kind: "multicast" | "legacy" | "farewell"): void {
		for (let at = 0; at < this.#records.length; at++)
			if (records & (1 << at)) writeRecord(writer, this.#records[at]!, kind);
	}

	/** @returns Additional records that a querier needs next: what a pointer points to, and the host beside its service or address. */
	#helpful(records: number): number {
		let more = 0;
		let host = false;
		for (let at = 0; at < this.#records.length; at++) {
			if ((records & (1 << at)) === 0) continue;
			const { kind, data } = this.#records[at]!;
			if (kind.type === Type.PTR) more |= this.#named(data);
			else host = true;
		}
		if (host || more !== 0) more |= this.#named(this.#records[0]!.name);
		return more & ~records;
	}

	/** @returns Records of this name, but for pointers. */
	#named(name: Name): number {
		let records = 0;
		for (let at = 0; at < this.#records.length; at++) {
			const own = this.#records[at]!;
			if (own.name === name && own.kind.type !== Type.PTR) records |= 1 << at;
		}
		return records;
	}
}

/** @returns The number of bits set in `records`. */
function count(records: number): number {
	let bits = 0;
	for (let left = records; left !== 0; left &= left - 1) bits++;
	return bits;
}
