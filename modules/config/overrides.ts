/** Keeps what was changed at run time: JSON in two copies by turns, so that power lost at any byte leaves the old or the new. */

import type { Storage } from "../platform/storage.js";
import type { Text } from "../platform/text.js";
import { TwoCopyStore } from "../storage/two-copies.js";
import { fields, integer, object, SettingsError } from "./validate.js";

/** Values by key, as a person gave them. */
export type Changes = Readonly<Record<string, unknown>>;

export interface SettingsOverridesOptions {
	/** Without it the changes end with the program. */
	storage: Storage | undefined;
	text: Text;
	log(line: string): void;
}

/** What is in a copy. */
interface Saved {
	format: number;
	changes: Changes;
}

/** Counted up when a key comes to mean something else. */
const format = 1;
/** Of each copy; the history has the eight blocks before. */
const place = Object.freeze({ firstBlock: 8, blocks: 1 }, true);
/** The most that goes into a write, bytes. */
const pieceLength = 512;

export class SettingsOverrides {
	#text: Text;
	#copies: TwoCopyStore | undefined;
	#changes: Changes = {};
	/** As found: a newer program's number is kept with its keys. */
	#format = format;

	/** What cannot be read is left out with a line in the log. */
	constructor({ storage, text, log }: SettingsOverridesOptions) {
		this.#text = text;
		this.#copies = storage && new TwoCopyStore({ storage, ...place });
		try {
			this.#load();
			if (this.#copies?.damaged) log("a copy of the changed settings is damaged and left out");
		} catch (error) {
			log(`the changed settings are left out: ${(error as Error).message}`);
		}
	}

	/** Keys of a newer program included. */
	get changes(): Changes {
		return this.#changes;
	}

	/** @throws {SettingsError} `changes` are more than fits, by the key that takes most of it. */
	check(changes: Changes): void {
		const most = this.#copies?.mostBytes ?? Number.POSITIVE_INFINITY;
		const { byteLength } = this.#encode(changes);
		if (byteLength <= most) return;
		let largest = "";
		let length = 0;
		for (const [key, value] of Object.entries(changes)) {
			const own = this.#text.encode(JSON.stringify(value)).byteLength;
			if (own > length) [largest, length] = [key, own];
		}
		throw new SettingsError(
			largest,
			changes[largest],
			`all changed settings take ${byteLength} bytes, and ${most} fit: this one takes ${length}, shorten it`,
		);
	}

	/** Keeps `changes` in place of those before. @throws {Error} They cannot be written: those before stay. */
	save(changes: Changes): void {
		const bytes = this.#encode(changes);
		if (this.#copies) for (const _ of this.#copies.write(pieces(bytes)));
		this.#changes = changes;
	}

	#encode(changes: Changes): Uint8Array {
		return this.#text.encode(JSON.stringify({ format: this.#format, changes }));
	}

	#load(): void {
		const copy = this.#copies?.find();
		if (!copy) return;
		const saved: unknown = JSON.parse(this.#text.decode(copy.read(0, copy.length)));
		const { format, changes } = fields<Saved>({ format: integer(1, 0xffff), changes: object }, saved, "");
		this.#format = Math.max(format, this.#format);
		this.#changes = changes;
	}
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
	for (let at = 0; at < bytes.byteLength; at += pieceLength) yield bytes.subarray(at, at + pieceLength);
}

// What generators inherit from is constant, too: else the chip keeps a place for its copy in RAM.
Object.freeze(pieces.prototype, true);
