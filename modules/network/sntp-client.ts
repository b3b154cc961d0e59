/** Sets the clock by SNTP (RFC 4330): when a network is joined, then daily. */

import type { Logger } from "../log/log.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { Datagram, Resolve, UDP, UDPConstructor } from "../platform/io.js";

const port = 123;
const dayMs = 86_400_000;
/** A request without a response has failed after this, ms. */
const responseMs = 5000;
/** From a failed attempt to the next, by the number of failures in a row, ms; the last one repeats. */
const backoffMs = Object.freeze([5000, 15_000, 60_000, 300_000, 900_000, 3_600_000], true);

/** The reason as the console has it. */
const noResponse = "no response";

const messageLength = 48;
/** First byte of a request: no leap warning, version 4, mode 3 (client). */
const request = 0x23;
/** Mode of a server's response. */
const serverMode = 4;
/** Offsets of the client's time as it was sent, and of the server's time of its response. */
const originate = 24;
const transmit = 40;

/** From 1900, the origin of NTP's time, to 1970, s. */
const epochSeconds = 2_208_988_800;
/** Seconds below this are of NTP's second era, from 2036-02-07 (RFC 4330, 3). */
const eraBit = 0x80000000;

/** As in JSON. */
export interface TimeState {
	server: string;
	/** Since the clock was last set, ms; `null` if it never was. */
	sinceSetMs: number | null;
	/** Error of the clock before, ms, positive if it was slow; `null` if it had no time before. */
	correctionMs: number | null;
	/** Failed attempts in a row since. */
	failures: number;
}

export interface SNTPClientOptions {
	clock: Clock;
	UDP: UDPConstructor;
	/** Name or address. */
	server: string;
	resolve: Resolve;
	/** A whole number from 0 to 0xFFFFFFFF. */
	random(): number;
	log: Logger;
}

/** @returns The server's time, ms since 1970; `undefined` if `bytes` are no response to the request with these numbers. */
export function serverTime(bytes: Uint8Array, high: number, low: number): number | undefined {
	if (bytes.byteLength < messageLength) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const unsynchronized = bytes[0]! >> 6 === 3;
	const stratum = bytes[1]!;
	if ((bytes[0]! & 7) !== serverMode || unsynchronized || stratum < 1 || stratum > 15) return undefined;
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
	/** The server that the request was sent to. */
	#address = "";
	/** Random numbers in place of the request's time, so that a response cannot be forged without the request. */
	#high = 0;
	#low = 0;
	/** When it was sent, ms since boot. */
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

	/** A network is joined: sends a request at once unless the clock was set within a day. */
	open(): void {
		this.close();
		this.#open = true;
		this.#failures = 0;
		const { clock } = this.#options;
		const due = this.#set === undefined ? 0 : this.#set + dayMs - clock.ticks;
		if (due > 0) this.#later(due);
		else this.#request();
	}

	/** The network is left. May be called twice. */
	close(): void {
		this.#open = false;
		this.#options.clock.clear(this.#timer);
		this.#closeSocket();
	}

	/** For the socket's callback. @returns Whether the response is still pending. */
	receive({ bytes, address, port: from }: Datagram): boolean {
		const time = address === this.#address && from === port ? serverTime(bytes, this.#high, this.#low) : undefined;
		if (time === undefined) return true;
		this.#closeSocket();
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

	#request(): void {
		const { server, resolve } = this.#options;
		let ended = false;
		this.#after(responseMs, () => {
			ended = true;
			this.#fail(noResponse);
		});
		try {
			resolve(server, address => {
				if (ended || !this.#open) return;
				ended = true;
				if (address === undefined) this.#fail("no such name");
				else this.#send(address);
			});
		} catch (error) {
			this.#fail((error as Error).message);
		}
	}

	#send(address: string): void {
		const { clock, UDP, random } = this.#options;
		this.#closeSocket();
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
			this.#after(responseMs, () => this.#fail(noResponse));
		} catch (error) {
			this.#fail((error as Error).message);
		}
	}

	#fail(reason: string): void {
		this.#closeSocket();
		const { server, log } = this.#options;
		if (this.#failures === 0) log(`time server ${server}: ${reason}`, "warning");
		this.#later(backoffMs[Math.min(this.#failures++, backoffMs.length - 1)]!);
	}

	#later(delayMs: number): void {
		this.#after(delayMs, () => this.#request());
	}

	/** Replaces the pending timer. */
	#after(delayMs: number, callback: () => void): void {
		const { clock } = this.#options;
		clock.clear(this.#timer);
		this.#timer = clock.set(callback, delayMs);
	}

	#closeSocket(): void {
		this.#udp?.close();
		this.#udp = undefined;
	}
}

function onReadable(this: UDP): void {
	const client = this.target as SNTPClient;
	for (let datagram = this.read(); datagram && client.receive(datagram); ) datagram = this.read();
}
