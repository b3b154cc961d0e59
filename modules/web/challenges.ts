/** Challenges that are answered once, in the order in which they were given, within a minute. Nothing is kept of each. */

import type { Clock, Text } from "../platform/types.js";
import { equal, unhex } from "./proof.js";
import { hex, hmac } from "./sha256.js";

const LIFE_MS = 60_000;

export interface ChallengesOptions {
	clock: Clock;
	text: Text;
	/** As of `Host`. */
	random(): number;
}

export class Challenges {
	#clock: Clock;
	#text: Text;
	#key: Uint8Array;
	/** When the newest challenge was given: ticks, moved so that no two have the same. */
	#given = -1;
	/** Of the newest that was used. */
	#used = -1;

	constructor({ clock, text, random }: ChallengesOptions) {
		this.#clock = clock;
		this.#text = text;
		this.#key = Uint8Array.from({ length: 32 }, () => random() & 0xff);
	}

	/** @returns A new challenge: a word of digits, letters and a point. */
	give(): string {
		this.#given = Math.max(this.#given + 1, this.#clock.ticks);
		const moment = this.#given.toString(36);
		return `${moment}.${hex(this.derive(moment).subarray(0, 16))}`;
	}

	/** @returns When `challenge` was given, ms since boot; -1 when it is not ours, too old, or no newer than one that was used. */
	check(challenge: string): number {
		const [moment = "", mark = ""] = challenge.split(".");
		const given = Number.parseInt(moment, 36);
		const genuine = equal(unhex(mark) ?? [], this.derive(moment).subarray(0, 16));
		return genuine && given > this.#used && this.#clock.ticks - given < LIFE_MS ? given : -1;
	}

	/** The challenge given at `moment` has been answered: it and those before are worth nothing from now on. */
	use(moment: number): void {
		this.#used = moment;
	}

	/** @returns 32 bytes that only this run of the device can make of `words`. */
	derive(words: string): Uint8Array {
		return hmac(this.#key, this.#text.encode(words));
	}
}
