/**
 * What the program must know of its earlier starts: how many ended early, which firmware ran, and why it was taken back. Kept in flash, as
 * JSON in two copies.
 */

import type { FirmwareImage } from "../platform/firmware.js";
import type { Storage } from "../platform/storage.js";
import type { Text } from "../platform/text.js";
import { bootRecordBlocks } from "../storage/blocks.js";
import { TwoCopyStore } from "../storage/two-copies.js";

/** More early ends lead no further, and are not counted. */
export const maxEarlyEnds = 99;

export interface BootRecordValues {
	/** Starts in a row that the program ended within a minute. */
	readonly earlyEnds: number;
	/** Whether this start has not lasted a minute yet. */
	readonly isEarly: boolean;
	/** The firmware that ran last, by its version and date. */
	readonly image: string;
	/** The firmware that ran when the other slot's was made to start: it was confirmed, also where a cable brought it. */
	readonly confirmed: string;
	/** The version that was made to start on probation, until it is confirmed or taken back; else `null`. */
	readonly onProbation: string | null;
	/** Whether the device was in a network when it made that one start; where that is not kept, it counts as so, which leads back sooner. */
	readonly wasReachable: boolean;
	/** The version that was taken back last, and why: `1.1.0: it crashed`. `null` when none was since the last update. */
	readonly rolledBack: string | null;
	/** Boots in a row that a hand brought about, each within ten seconds of the one before: 0 to 2. */
	readonly quickBoots: number;
}

const initial: BootRecordValues = Object.freeze(
	{
		earlyEnds: 0,
		isEarly: false,
		image: "",
		confirmed: "",
		onProbation: null,
		wasReachable: true,
		rolledBack: null,
		quickBoots: 0,
	},
	true,
);

/** @returns The firmware's name in the record. */
export const imageName = ({ version, date }: Pick<FirmwareImage, "version" | "date">): string => `${version} ${date}`;

export interface BootRecordOptions {
	/** `undefined` where nothing outlasts a restart: then every start is the first. */
	storage: Storage | undefined;
	text: Text;
	log(line: string): void;
}

/** Never throws: a device whose flash cannot be read or written still starts. */
export class BootRecord {
	#storage: Storage | undefined;
	#text: Text;
	#log: (line: string) => void;
	#values: BootRecordValues;

	constructor({ storage, text, log }: BootRecordOptions) {
		this.#storage = storage;
		this.#text = text;
		this.#log = log;
		this.#values = { ...initial, ...this.read() };
	}

	get values(): BootRecordValues {
		return this.#values;
	}

	/** Changes some of the values. What cannot be kept holds until the next start, and a line says so. */
	change(values: Partial<BootRecordValues>): void {
		const before = JSON.stringify(this.#values);
		this.#values = { ...this.#values, ...values };
		const content = JSON.stringify(this.#values);
		const storage = this.#storage;
		if (!storage || content === before) return;
		try {
			const copies = new TwoCopyStore({ storage, ...bootRecordBlocks });
			copies.find();
			for (const _step of copies.write([this.#text.encode(content)]));
		} catch (error) {
			this.#log(`this boot cannot be counted: ${(error as Error).message}`);
		}
	}

	/**
	 * The image of the other slot has been made to start next, on probation: to be called after each `Firmware.activateOther`.
	 * @param wasReachable Whether the device is in a network now. @param rolledBack As of the values; `null` where a person wants the other one: earlier ends do not count for that.
	 */
	handOver(version: string, wasReachable: boolean, rolledBack: string | null = null): void {
		const { image, earlyEnds } = this.#values;
		this.change({
			...{ confirmed: image, onProbation: version, wasReachable, rolledBack },
			earlyEnds: rolledBack === null ? 0 : earlyEnds,
		});
	}

	/** @returns What is kept, as far as it has the types wanted. */
	private read(): Partial<BootRecordValues> {
		const storage = this.#storage;
		if (!storage) return {};
		try {
			const copy = new TwoCopyStore({ storage, ...bootRecordBlocks }).find();
			if (!copy) return {};
			const kept: Record<string, unknown> = JSON.parse(this.#text.decode(copy.read(0, copy.length)));
			const { earlyEnds, isEarly, image, confirmed, onProbation, wasReachable, rolledBack, quickBoots } = kept;
			return {
				earlyEnds: typeof earlyEnds === "number" && earlyEnds >= 0 && earlyEnds <= maxEarlyEnds ? earlyEnds | 0 : 0,
				isEarly: isEarly === true,
				image: typeof image === "string" ? image : "",
				confirmed: typeof confirmed === "string" ? confirmed : "",
				onProbation: typeof onProbation === "string" ? onProbation : null,
				wasReachable: wasReachable !== false,
				rolledBack: typeof rolledBack === "string" ? rolledBack : null,
				quickBoots: quickBoots === 1 || quickBoots === 2 ? quickBoots : 0,
			};
		} catch (error) {
			this.#log(`earlier boots cannot be read: ${(error as Error).message}`);
			return {};
		}
	}
}
