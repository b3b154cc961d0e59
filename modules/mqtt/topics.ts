/** Where a device publishes what. */

import type { Text } from "../platform/text.js";

/** Whether a character stands for itself: not one that MQTT, a shell or UTF-8's rules take for something else. */
function isPlain(code: number): boolean {
	if (code <= 0x20 || (code >= 0x7f && code <= 0xa0)) return false;
	// Separator, wildcards, what brokers reserve, and the escape itself.
	if (code === 0x2f || code === 0x2b || code === 0x23 || code === 0x24 || code === 0x25) return false;
	// Surrogates and noncharacters end the connection (MQTT 3.1.1, 1.5.3).
	return !(code >= 0xd800 && code <= 0xdfff) && !(code >= 0xfdd0 && code <= 0xfdef) && (code & 0xfffe) !== 0xfffe;
}

/** @returns `name` as one level of a topic. Two names never have the same: what is not plain is percent-encoded. */
export function topicLevel(text: Text, name: string): string {
	let level = "";
	for (const character of name) {
		if (isPlain(character.codePointAt(0)!)) level += character;
		else
			for (const byte of text.encode(character)) level += `%${byte < 16 ? "0" : ""}${byte.toString(16).toUpperCase()}`;
	}
	return level;
}

/** The topics of one device, `PREFIX/NAME/…`. */
export class DeviceTopics {
	readonly #base: string;

	/** @param prefix A topic. @param name Letters, digits and hyphens. */
	constructor(prefix: string, name: string) {
		this.#base = `${prefix}/${name}`;
	}

	/** `online` or `offline`. */
	get status(): string {
		return `${this.#base}/status`;
	}

	/** The state of the device itself. */
	get device(): string {
		return `${this.#base}/device`;
	}

	/** @param level The sensor's, as of `topicLevel`. */
	reading(level: string): string {
		return `${this.#base}/${level}/state`;
	}

	fault(level: string): string {
		return `${this.#base}/${level}/fault`;
	}
}
