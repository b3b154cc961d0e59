/**
 * Challenges that are answered once, in the order in which they were given, within a minute. Nothing is kept of each, so that
 * nobody can fill a table; and only a right answer makes older ones worthless, so that strangers take none from the owner.
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
	/** Challenges given so far. */
	#given = 0;
	/** The number of the newest that was used. */
	#used = 0;

	constructor({ clock, text, random }: NoncesOptions) {
		this.#clock = clock;
		this.#text = text;
		this.#key = Uint8Array.from({ length: 32 }, () => random() & 0xff);
	}

	/** @returns A new challenge: a word of digits, letters and points. */
	issue(): string {
		const words = `${(++this.#given).toString(36)}.${this.#clock.ticks.toString(36)}`;
		return `${words}.${this.#mark(words)}`;
	}

	/** @returns The number of `challenge`, from 1; -1 when it is not ours, too old, or no newer than one that was used. */
	check(challenge: string): number {
		const end = challenge.lastIndexOf(".");
		const words = challenge.slice(0, end);
		if (!equal(fromHex(challenge.slice(end + 1)) ?? [], fromHex(this.#mark(words)) ?? [])) return -1;
		const [number = "", ticks = ""] = words.split(".");
		const given = Number.parseInt(number, 36);
		return given > this.#used && this.#clock.ticks - Number.parseInt(ticks, 36) < LIFE_MS ? given : -1;
	}

	/** The challenge with this number has been answered: it and those before are worth nothing from now on. */
	consume(number: number): void {
		this.#used = number;
	}

	/** @returns 32 bytes that only this run of the device can make of `words`. */
	derive(words: string): Uint8Array {
		return hmac(this.#key, this.#text.encode(words));
	}

	/**
	 * What shows that a challenge of these words is ours: half of one hash, of one block. The half that is not told keeps others from
	 * going on with it (as HMAC would, at four times the work, which strangers could ask for).
	 */
	#mark(words: string): string {
		const bytes = this.#text.encode(words);
		const message = new Uint8Array(this.#key.byteLength + bytes.byteLength);
		message.set(this.#key);
		message.set(bytes, this.#key.byteLength);
		return hex(sha256(message).subarray(0, 16));
	}
}
