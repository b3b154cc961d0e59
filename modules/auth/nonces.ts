/**
 * Nonces that are valid once, in the order in which they were issued, within a minute. Nothing is kept of each, so no client can
 * fill a table. Only a right signature invalidates older ones, so strangers take none from the owner.
 */

import type { Clock } from "../platform/clock.js";
import type { Text } from "../platform/text.js";
import { hex, hmac, sha256 } from "./sha256.js";
import { equal, fromHex } from "./signature.js";

const LIFE_MS = 60_000;

export interface NoncesOptions {
	clock: Clock;
	text: Text;
	/** As of `Host`. */
	random(): number;
}

export class Nonces {
	#clock: Clock;
	#text: Text;
	#key: Uint8Array;
	/** Nonces issued so far. */
	#issued = 0;
	/** The number of the newest that was consumed. */
	#consumed = 0;

	constructor(options: NoncesOptions) {
		this.#clock = options.clock;
		this.#text = options.text;
		this.#key = Uint8Array.from({ length: 32 }, () => options.random() & 0xff);
	}

	/** @returns A new nonce: digits, letters and points. */
	issue(): string {
		const content = `${(++this.#issued).toString(36)}.${this.#clock.ticks.toString(36)}`;
		return `${content}.${this.tag(content)}`;
	}

	/** @returns The number of `nonce`, from 1; -1 when it was not issued here, is too old, or no newer than one that was consumed. */
	check(nonce: string): number {
		const end = nonce.lastIndexOf(".");
		const content = nonce.slice(0, end);
		if (!equal(fromHex(nonce.slice(end + 1)) ?? [], fromHex(this.tag(content)) ?? [])) return -1;
		const [number = "", ticks = ""] = content.split(".");
		const issued = Number.parseInt(number, 36);
		return issued > this.#consumed && this.#clock.ticks - Number.parseInt(ticks, 36) < LIFE_MS ? issued : -1;
	}

	/** The nonce with this number was used: it and those before are invalid from now on. */
	consume(number: number): void {
		this.#consumed = number;
	}

	/** @returns 32 bytes that only this run of the program can make of `content`. */
	derive(content: string): Uint8Array {
		return hmac(this.#key, this.#text.encode(content));
	}

	/**
	 * Shows that a nonce of this content was issued here: half of one hash, of one block. The half that is not sent keeps others from
	 * extending the hash, as HMAC would at four times the work. Strangers can ask for that work.
	 */
	private tag(content: string): string {
		const bytes = this.#text.encode(content);
		const message = new Uint8Array(this.#key.byteLength + bytes.byteLength);
		message.set(this.#key);
		message.set(bytes, this.#key.byteLength);
		return hex(sha256(message).subarray(0, 16));
	}
}
