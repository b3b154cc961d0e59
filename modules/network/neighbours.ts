/** The other devices of this program in the network, as far as they have shown that they are there. */

import { formatIPv4 } from "./ipv4.js";

/** Without bound a stranger could fill the memory: each takes some 140 bytes. */
const max = 16;

export interface Neighbour {
	/** Without `.local`. */
	readonly name: string;
	/** IPv4. */
	readonly address: string;
	/** Of its HTTP server. */
	readonly port: number;
	/** As `1.0.0`; empty where it does not say. */
	readonly version: string;
}

/** What was found; of an address there is one. */
export interface Found {
	readonly name: string;
	/** A number. */
	readonly address: number;
	readonly port: number;
	readonly version: string;
	/** The last sign of life, ms since boot. */
	readonly seen: number;
}

export interface Entry {
	readonly name: string;
	/** Address × 65536 + port: one number takes less memory than two. */
	readonly socket: number;
	readonly version: string;
	seen: number;
}

/** @returns Its address, as a number. */
export function addressOf({ socket }: Entry): number {
	return Math.floor(socket / 0x10000);
}

export class Neighbours {
	/** Replaced when one comes or goes, so that a list under way stays whole. */
	#entries: readonly Entry[] = [];
	/** Claims of neighbours that were not accepted: forged, or too many. */
	ignored = 0;

	/** As of now, in the order of their names. */
	get entries(): readonly Entry[] {
		return this.#entries;
	}

	get isFull(): boolean {
		return this.#entries.length >= max;
	}

	/** @returns When the one that was silent for longest was last heard, ms since boot; `undefined` without any. */
	get oldest(): number | undefined {
		let oldest: number | undefined;
		for (const { seen } of this.#entries) if (oldest === undefined || seen < oldest) oldest = seen;
		return oldest;
	}

	at(address: number): Entry | undefined {
		const first = address * 0x10000;
		for (const entry of this.#entries) if (entry.socket >= first && entry.socket < first + 0x10000) return entry;
		return undefined;
	}

	/** @returns One of this name, whatever its case, at another address. */
	rival(name: string, address: number): Entry | undefined {
		const lower = name.toLowerCase();
		for (const entry of this.#entries)
			if (addressOf(entry) !== address && entry.name.toLowerCase() === lower) return entry;
		return undefined;
	}

	/** Puts a neighbour in, in place of the one at its address. @returns Whether there was space. */
	set({ name, address, port, version, seen }: Found): boolean {
		const shared = this.#entries.find(entry => entry.version === version)?.version ?? version;
		this.remove(address);
		if (this.isFull) return false;
		const entry = { name, socket: address * 0x10000 + port, version: shared, seen };
		this.#entries = [...this.#entries, entry].sort((one, other) => (one.name < other.name ? -1 : 1));
		return true;
	}

	remove(address: number): void {
		this.#entries = this.#entries.filter(entry => addressOf(entry) !== address);
	}

	/** Removes those that were not heard since `seen`, and those outside of the network of `own`. */
	sweep(seen: number, own: number, mask: number): void {
		const stays = (entry: Entry) => entry.seen > seen && ((addressOf(entry) ^ own) & mask) === 0;
		if (!this.#entries.every(stays)) this.#entries = this.#entries.filter(stays);
	}
}

export function neighbourOf(entry: Entry): Neighbour {
	const { name, socket, version } = entry;
	return { name, address: formatIPv4(addressOf(entry)), port: socket % 0x10000, version };
}
