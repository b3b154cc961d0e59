/** Keeps the changed settings as JSON in two copies by turns: power lost at any byte leaves the old or the new. */

import type { Logger } from "../log/log.js";
import type { Storage } from "../platform/storage.js";
import type { Text } from "../platform/text.js";
import { earlierSettingsBlocks, settingsBlocks } from "../storage/blocks.js";
import { type Copy, TwoCopyStore } from "../storage/two-copies.js";
import { JSONStrings } from "./json-strings.js";
import { fields, object, type Rule, SettingsError } from "./validate.js";

/** Values by key, as a client sent them. */
export type Changes = Readonly<Record<string, unknown>>;

export interface SettingsOverridesOptions {
	/** Without it the changes end with the program. */
	storage: Storage | undefined;
	text: Text;
	log: Logger;
}

/** The content of a copy. */
interface Saved {
	format: number;
	changes: Changes;
	/** Number of the earlier version's copy that these took over; absent where there was none. */
	earlier?: number | undefined;
}

const savedRules: Readonly<Record<keyof Saved, Rule>> = Object.freeze(
	{
		format: { type: "integer", required: true, min: 1, max: 0xffff },
		changes: { type: "checked", required: true, check: object },
		earlier: { type: "integer", min: 0, max: 0xffffffff },
	},
	true,
);

/** Counted up when a key comes to mean something else. */
export const settingsFormat = 1;
/** Characters of a write, at least; an item of a list comes on top. */
const pieceLength = 512;

export class SettingsOverrides {
	#text: Text;
	#copies: TwoCopyStore | undefined;
	#changes: Changes = {};
	/** As found: a newer program's number is kept with its keys. */
	#format = settingsFormat;
	/** As of `Saved`. */
	#earlier: number | undefined;

	/** A copy that cannot be read is left out with a line in the log. */
	constructor({ storage, text, log }: SettingsOverridesOptions) {
		this.#text = text;
		this.#copies = storage && new TwoCopyStore({ storage, ...settingsBlocks });
		try {
			this.load(storage);
			if (this.#copies?.damaged) log("a copy of the changed settings is damaged and left out", "error");
		} catch (error) {
			log(`the changed settings are left out: ${(error as Error).message}`, "error");
		}
	}

	/** Keys of a newer program included. */
	get changes(): Changes {
		return this.#changes;
	}

	/** @returns Whether `changes` could be kept. */
	fits(changes: Changes): boolean {
		return this.measure(changes) <= this.most;
	}

	/** @throws {SettingsError} `changes` are more than fits, by the key that takes most of it. */
	check(changes: Changes): void {
		const most = this.most;
		const byteLength = this.measure(changes);
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
			`all settings take ${byteLength} bytes, and ${most} fit: this one takes ${length}, shorten it`,
		);
	}

	private get most(): number {
		return this.#copies?.maxBytes ?? Number.POSITIVE_INFINITY;
	}

	/** @returns Bytes of a copy. */
	private measure(changes: Changes): number {
		let byteLength = 0;
		for (const piece of this.pieces(changes)) byteLength += piece.byteLength;
		return byteLength;
	}

	/** Keeps `changes` in place of those before. @throws {Error} They cannot be written: those before stay. */
	save(changes: Changes): void {
		if (this.#copies) for (const _ of this.#copies.write(this.pieces(changes)));
		this.#changes = changes;
	}

	/** The content of a copy. */
	private pieces(changes: Changes): Iterable<Uint8Array> {
		const head: Partial<Saved> = { format: this.#format, earlier: this.#earlier };
		const strings = new JSONStrings(changes, { head, key: "changes" });
		return pieces(this.#text, strings);
	}

	/** Takes over what a version up to 1.0 has kept since: it may have run after a later one, as when firmware is taken back. */
	private load(storage: Storage | undefined): void {
		const copies = this.#copies;
		if (!storage || !copies) return;
		const copy = copies.find();
		const earlier = new TwoCopyStore({ storage, ...earlierSettingsBlocks }).find();
		const own = copy && this.parse(copy);
		if (own) this.adopt(own);
		if (!earlier || (own && earlier.number <= (own.earlier ?? 0))) return;
		this.adopt({ ...this.parse(earlier), earlier: earlier.number });
		this.save(this.#changes);
	}

	private parse({ length, read }: Copy): Saved {
		return fields<Saved>(savedRules, JSON.parse(this.#text.decode(read(0, length))), "");
	}

	private adopt({ format, changes, earlier }: Saved): void {
		this.#format = Math.max(format, settingsFormat);
		this.#changes = changes;
		this.#earlier = earlier;
	}
}

function* pieces(text: Text, strings: Iterable<string>): Generator<Uint8Array> {
	let pending = "";
	for (const next of strings) {
		pending += next;
		if (pending.length < pieceLength) continue;
		yield text.encode(pending);
		pending = "";
	}
	yield text.encode(pending);
}

// The prototype of a generator's instances is frozen, too: otherwise the chip reserves RAM for a copy of it.
Object.freeze(pieces.prototype, true);
