/** Finds Improv's RPC packets among whatever else comes over a serial line. */

import type { Clock } from "../platform/clock.js";
import { PREAMBLE, Type } from "./improv-packet.js";

/** The longest data of a packet: the Wi-Fi's name and password take 100 bytes. */
export const MAX_DATA = 128;

/** A silence of so long ends a packet or line that was cut off, ms. A client repeats its request after a second. */
const SILENCE_MS = 500;

/** The header's sum, without the line feed before it. */
const headerSum = PREAMBLE.reduce((total, byte) => total + byte, -PREAMBLE[0]!);

export interface RPCListener {
	/** An RPC packet has arrived whole: command, length, payload. */
	onRPC(data: Uint8Array): void;
	/** An RPC packet was damaged, cut off or too long. */
	onInvalid(): void;
}

/**
 * Memory is taken for one packet, while it arrives. A header at the beginning of a line starts a packet wherever it comes: bytes
 * that were lost or doubled before it cost the packet that they were in.
 */
export class ImprovReader {
	#clock: Clock;
	#listener: RPCListener;
	/** How many bytes of `PREAMBLE` have just come. */
	#matched = 1;
	/** Bytes of the packet so far, from its type on; -1 outside of one. */
	#position = -1;
	#type = 0;
	#data: Uint8Array | undefined;
	#sum = 0;
	/** When bytes came last, clock ticks. */
	#ticks = 0;

	constructor({ clock, listener }: { clock: Clock; listener: RPCListener }) {
		this.#clock = clock;
		this.#listener = listener;
	}

	receive(bytes: Uint8Array): void {
		const { ticks } = this.#clock;
		if (ticks - this.#ticks >= SILENCE_MS) {
			this.#end();
			this.#matched = 1;
		}
		this.#ticks = ticks;
		for (let at = 0; at < bytes.byteLength; at++) this.#take(bytes[at]!);
	}

	#take(byte: number): void {
		if (byte === PREAMBLE[this.#matched]) this.#matched++;
		else this.#matched = byte === PREAMBLE[0] ? 1 : 0;
		if (this.#matched < PREAMBLE.length) {
			if (this.#position >= 0) this.#collect(byte);
			return;
		}
		const cutOff = this.#position > 0 && this.#type === Type.RPC;
		this.#end();
		this.#position = 0;
		this.#sum = headerSum;
		if (cutOff) this.#listener.onInvalid();
	}

	#collect(byte: number): void {
		const position = this.#position++;
		const data = this.#data;
		if (data && position === data.byteLength + 2) this.#check(data, byte);
		else {
			this.#sum += byte;
			if (position === 0) this.#type = byte;
			else if (data) data[position - 2] = byte;
			else if (byte <= MAX_DATA) this.#data = new Uint8Array(byte);
			else this.#reject();
		}
	}

	#check(data: Uint8Array, checksum: number): void {
		if ((this.#sum & 0xff) !== checksum) {
			this.#reject();
			return;
		}
		this.#end();
		this.#matched = 1;
		if (this.#type === Type.RPC) this.#listener.onRPC(data);
	}

	#reject(): void {
		this.#end();
		if (this.#type === Type.RPC) this.#listener.onInvalid();
	}

	#end(): void {
		this.#position = -1;
		this.#data = undefined;
	}
}
