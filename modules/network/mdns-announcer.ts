/** Tells the device's records: to all, to one who asks, and to those who know nothing of mDNS (RFC 6762, 5, 6 and 8.3). */

import type { Clock, Timer } from "../platform/clock.js";
import type { Datagram } from "../platform/io.js";
import { AUTHORITATIVE, type Message, RESPONSE, Type, Writer } from "./dns-message.js";
import { hasSameData, isAsked, isRival, type OwnRecord, writeRecord } from "./mdns-records.js";
import { Quota } from "./quota.js";

export const port = 5353;
export const group = "224.0.0.251";

/** From telling a record to all to telling it again (6). */
const repeatMs = 1000;
/** Answers that others may give, too, wait for 20 to 120 ms (6). */
const leastDelayMs = 20;
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
	/** When each record was last sent to all, ms since boot. */
	#told: number[] = [];
	/** What waits to be sent to all: a bit a record, as everywhere here. */
	#waiting = 0;
	#timer: Timer | undefined;
	#quota = new Quota();

	constructor(options: AnnouncerOptions) {
		this.#options = options;
	}

	/** From now on the device's; nobody has been told them. */
	set records(records: readonly OwnRecord[]) {
		this.#records = records;
		this.#told = records.map(() => Number.NEGATIVE_INFINITY);
	}

	/** Tells all of them to all. */
	announce(): void {
		this.#send(this.#all, "multicast");
	}

	/** Tells all that they hold no more. */
	farewell(): void {
		this.#send(this.#all, "farewell");
	}

	/** Lets go of answers that wait; may be called twice. */
	close(): void {
		this.#options.clock.clear(this.#timer);
		this.#timer = undefined;
		this.#waiting = 0;
	}

	get #all(): number {
		return (1 << this.#records.length) - 1;
	}

	/** Answers the questions of `message`, which has come as `datagram`. */
	answer(message: Message, { address, port: from }: Datagram): void {
		const { clock } = this.#options;
		let unicast = 0;
		let multicast = 0;
		while (message.nextQuestion())
			for (let at = 0; at < this.#records.length; at++)
				if (!isAsked(this.#records[at]!, message)) continue;
				else if (message.top) unicast |= 1 << at;
				else multicast |= 1 << at;
		const asked = (unicast | multicast) & ~this.#known(message);
		if (asked === 0) return;
		if (from !== port) {
			if (message.questionCount === 1 && this.#quota.take(address, clock.ticks))
				this.#sendLegacy(message, asked, address, from);
			return;
		}
		unicast &= asked;
		if (unicast !== 0 && this.#quota.take(address, clock.ticks)) {
			this.#send(unicast, "multicast", address);
			multicast &= ~unicast;
		} else multicast |= unicast;
		this.#tell(multicast & asked);
	}

	/** @returns What who asks knows already, for at least half of its time. */
	#known(message: Message): number {
		let known = 0;
		while (message.nextAnswer())
			for (let at = 0; at < this.#records.length; at++) {
				const own = this.#records[at]!;
				if (message.ttl * 2 >= own.ttl && isRival(own, message) && hasSameData(own, message)) known |= 1 << at;
			}
		return known;
	}

	/** Sends to all, each record once a second at most; at once what is the device's alone, else after a moment. */
	#tell(asked: number): void {
		const due = this.#due(asked);
		if (due === 0) return;
		if (this.#records.every(({ unique }, at) => unique || (due & (1 << at)) === 0)) this.#send(due, "multicast");
		else {
			this.#waiting |= due;
			this.#timer ??= this.#options.clock.set(() => {
				this.#timer = undefined;
				this.#send(this.#due(this.#waiting), "multicast");
				this.#waiting = 0;
			}, leastDelayMs + this.#options.chance(delayMs));
		}
	}

	/** @returns Of `records`, those that all were not told within a second. */
	#due(records: number): number {
		const { ticks } = this.#options.clock;
		let due = records;
		for (let at = 0; at < this.#told.length; at++) if (ticks - this.#told[at]! < repeatMs) due &= ~(1 << at);
		return due;
	}

	/** @param to One who asked for it; else to all. */
	#send(records: number, kind: "multicast" | "farewell", to = group): void {
		if (records === 0) return;
		const more = kind === "farewell" ? 0 : this.#helpful(records);
		const writer = new Writer().header(0, RESPONSE | AUTHORITATIVE, 0, count(records), 0, count(more));
		this.#writeRecords(writer, records, kind);
		this.#writeRecords(writer, more, kind);
		const { ticks } = this.#options.clock;
		if (to === group) for (let at = 0; at < this.#told.length; at++) if (records & (1 << at)) this.#told[at] = ticks;
		this.#options.write(writer.finish(), to, port);
	}

	/** Who asks without mDNS gets its question back, and what it may remember only for a moment (6.7). */
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

	/** @returns What is asked for next after `records`: of a service the rest, of a name's address that there is no other. */
	#helpful(records: number): number {
		let service = false;
		let rest = 0;
		let none = 0;
		for (let at = 0; at < this.#records.length; at++) {
			const { type } = this.#records[at]!;
			if (type !== Type.PTR) rest |= 1 << at;
			if (type === Type.NSEC) none |= 1 << at;
			if (records & (1 << at) && (type === Type.PTR || type === Type.SRV)) service = true;
		}
		return (service ? rest : none) & ~records;
	}
}

/** @returns How many bits of `records` are set. */
function count(records: number): number {
	let bits = 0;
	for (let left = records; left !== 0; left &= left - 1) bits++;
	return bits;
}
