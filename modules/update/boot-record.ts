/**
 * What the program must know of its earlier starts: how many ended early, which firmware ran, and why it was taken back. Kept in flash, as
 * JSON in two copies.
 */

import type { Storage } from "../platform/storage.js";
import type { Text } from "../platform/text.js";
import { TwoCopyStore } from "../storage/two-copies.js";

/** Behind what the history sets aside. */
const blocks = Object.freeze({ firstBlock: 14, blocks: 1 }, true);

export interface BootRecordValues {
	/** Starts in a row that the program ended within a minute. */
	readonly earlyEnds: number;
	/** Whether this start has not lasted a minute yet. */
	readonly isEarly: boolean;
	/** Whether the device was in a network when it switched to another image. */
	readonly wasReachable: boolean;
	/** What became of the last image that was taken back, on one line; `null` when none ever was. */
	readonly rolledBack: string | null;
	/** The version that ran last. */
	readonly version: string;
}

export const initial: BootRecordValues = Object.freeze(
	{ earlyEnds: 0, isEarly: false, wasReachable: false, rolledBack: null, version: "" },
	true,
);

export interface BootRecordOptions {
	/** `undefined` where nothing outlasts a restart: then every start is the first. */
	storage: Storage | undefined;
	text: Text;
	log(line: string): void;
}

export class BootRecord {
	#store: TwoCopyStore | undefined;
	#text: Text;
	#log: (line: string) => void;
	#values: BootRecordValues;

	constructor({ storage, text, log }: BootRecordOptions) {
		this.#text = text;
		this.#log = log;
		this.#store = storage && new TwoCopyStore({ storage, ...blocks });
		this.#values = { ...initial, ...this.#read() };
	}

	get values(): BootRecordValues {
		return this.#values;
	}

	/** Changes some of the values. What cannot be kept holds until the next start, and a line says so. */
	change(values: Partial<BootRecordValues>): void {
		this.#values = { ...this.#values, ...values };
		if (!this.#store) return;
		try {
			for (const _step of this.#store.write([this.#text.encode(JSON.stringify(this.#values))]));
		} catch (error) {
			this.#log(`the starts cannot be counted: ${(error as Error).message}`);
		}
	}

	/** @returns What is kept, as far as it has the types wanted. */
	#read(): Partial<BootRecordValues> {
		try {
			const copy = this.#store?.find();
			if (!copy) return {};
			const kept: Record<string, unknown> = JSON.parse(this.#text.decode(copy.read(0, copy.length)));
			const { earlyEnds, isEarly, wasReachable, rolledBack, version } = kept;
			return {
				earlyEnds: Number.isInteger(earlyEnds) ? (earlyEnds as number) : 0,
				isEarly: isEarly === true,
				wasReachable: wasReachable === true,
				rolledBack: typeof rolledBack === "string" ? rolledBack : null,
				version: typeof version === "string" ? version : "",
			};
		} catch (error) {
			this.#log(`earlier starts are not known: ${(error as Error).message}`);
			return {};
		}
	}
}
