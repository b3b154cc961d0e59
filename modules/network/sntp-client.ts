/** Sets the clock by the network (SNTP, RFC 4330): when a network is joined, then daily. */

import type { Clock, Timer } from "../platform/clock.js";
import type { Datagram, UDP, UDPConstructor } from "../platform/io.js";

const port = 123;
const dayMs = 86_400_000;
/** Until an answer has come, ms. */
const answerMs = 5000;
/** From a failed attempt to the next, by the number of failures in a row, ms; the last one repeats. */
const pausesMs = Object.freeze([5000, 15_000, 60_000, 300_000, 900_000, 3_600_000], true);

const messageLength = 48;
/** No leap warning, version 4, from a client. */
const request = 0x23;
const server = 4;
/** Where a message has the time that the client sent, and the server's when it answered. */
const originate = 24;
const transmit = 40;

/** From 1900, where NTP's time starts, to 1970, s. */
const epochSeconds = 2_208_988_800;
/** Times below this are of NTP's second era, from 2036-02-07 (RFC 4330, 3). */
const eraBit = 0x80000000;

/** As JSON tells it. */
export interface TimeState {
	server: string;
	/** Since the clock was last set, ms; `null` when it never was. */
	sinceSetMs: number | null;
	/** By how much it was wrong then, ms, positive when it was slow; `null` when it was not known before. */
	correctionMs: number | null;
	/** Attempts in a row that have failed since. */
	failures: number;
}

export interface SNTPClientOptions {
	clock: Clock;
	UDP: UDPConstructor;
	/** Name or address. */
	server: string;
	resolve(name: string, onResolved: (address: string | undefined) => void): void;
	/** A whole number from 0 to 0xFFFFFFFF. */
	random(): number;
	log(line: string): void;
}

/** @returns The server's time in ms since 1970; `undefined` when `bytes` are no answer to the request with these numbers. */
export function serverTime(bytes: Uint8Array, high: number, low: number): number | undefined {
	if (bytes.byteLength < messageLength) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const unsynchronized = bytes[0]! >> 6 === 3;
	const stratum = bytes[1]!;
	if ((bytes[0]! & 7) !== server || unsynchronized || stratum < 1 || stratum > 15) return undefined;
	if (view.getUint32(originate) !== high || view.getUint32(originate + 4) !== low) return undefined;
	const seconds = view.getUint32(transmit);
	if (seconds === 0) return undefined;
	const era = seconds < eraBit ? 0x100000000 : 0;
	return Math.round((seconds + era - epochSeconds + view.getUint32(transmit + 4) / 0x100000000) * 1000);
}

export class SNTPClient {
	#options: SNTPClientOptions;
	#udp: UDP | undefined;
	#timer: Timer | undefined;
	#open = false;
	/** Where the request went. */
	#address = "";
	/** What the request held in place of a time, so that only who has seen it can answer. */
	#high = 0;
	#low = 0;
	/** When it went, ms since boot. */
	#sent = 0;
	#set: number | undefined;
	#correctionMs: number | undefined;
	#failures = 0;

	constructor(options: SNTPClientOptions) {
		this.#options = options;
	}

	get state(): TimeState {
		const { clock, server } = this.#options;
		return {
			server,
			sinceSetMs: this.#set === undefined ? null : clock.ticks - this.#set,
			correctionMs: this.#correctionMs ?? null,
			failures: this.#failures,
		};
	}

	/** A network is joined: asks at once unless the clock was set within a day. */
	open(): void {
		this.close();
		this.#open = true;
		this.#failures = 0;
		const { clock } = this.#options;
		const due = this.#set === undefined ? 0 : this.#set + dayMs - clock.ticks;
		if (due > 0) this.#later(due);
		else this.#ask();
	}

	/** The network is left. May be called twice. */
	close(): void {
		this.#open = false;
		this.#options.clock.clear(this.#timer);
		this.#hangUp();
	}

	/** For the socket's callback. @returns Whether the answer is still to come. */
	receive({ bytes, address, port: from }: Datagram): boolean {
		const time = address === this.#address && from === port ? serverTime(bytes, this.#high, this.#low) : undefined;
		if (time === undefined) return true;
		this.#hangUp();
		const { clock } = this.#options;
		const now = time + (clock.ticks - this.#sent) / 2;
		const before = clock.time;
		clock.setTime?.(now);
		this.#correctionMs = before === undefined ? undefined : Math.round(now - before);
		this.#set = clock.ticks;
		this.#failures = 0;
		this.#later(dayMs);
		return false;
	}

	#ask(): void {
		const { server, resolve } = this.#options;
		let answered = false;
		this.#after(answerMs, () => {
			answered = true;
			this.#fail("no answer");
		});
		try {
			resolve(server, address => {
				if (answered || !this.#open) return;
				answered = true;
				if (address === undefined) this.#fail("no such name");
				else this.#send(address);
			});
		} catch (error) {
			this.#fail((error as Error).message);
		}
	}

	#send(address: string): void {
		const { clock, UDP, random } = this.#options;
		this.#hangUp();
		this.#address = address;
		this.#high = random();
		this.#low = random();
		this.#sent = clock.ticks;
		const bytes = new Uint8Array(messageLength);
		const view = new DataView(bytes.buffer);
		bytes[0] = request;
		view.setUint32(transmit, this.#high);
		view.setUint32(transmit + 4, this.#low);
		try {
			this.#udp = new UDP({ port: 0, target: this, onReadable });
			this.#udp.write(bytes, address, port);
			this.#after(answerMs, () => this.#fail("no answer"));
		} catch (error) {
			this.#fail((error as Error).message);
		}
	}

	#fail(reason: string): void {
		this.#hangUp();
		const { server, log } = this.#options;
		if (this.#failures === 0) log(`time server ${server}: ${reason}`);
		this.#later(pausesMs[Math.min(this.#failures++, pausesMs.length - 1)]!);
	}

	#later(delayMs: number): void {
		this.#after(delayMs, () => this.#ask());
	}

	/** In place of what was to come. */
	#after(delayMs: number, callback: () => void): void {
		const { clock } = this.#options;
		clock.clear(this.#timer);
		this.#timer = clock.set(callback, delayMs);
	}

	#hangUp(): void {
		this.#udp?.close();
		this.#udp = undefined;
	}
}

function onReadable(this: UDP): void {
	const keeper = this.target as SNTPClient;
	for (let datagram = this.read(); datagram && keeper.receive(datagram); ) datagram = this.read();
}
