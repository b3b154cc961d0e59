// What a row of the hostile table is, and the shapes that cost most.

import type { HostileDevice, Kind } from "./device.js";

export interface Row {
	/** Unique. */
	readonly name: string;
	/** What it tries: `field NAME`, `path PATH`, `key KEY`, `record TYPE`, or else. */
	readonly of: string;
	readonly device: Kind;
	/** The most memory that it may take above rest, KB: of the heap, its garbage between collections, and of `malloc`. */
	readonly most: number;
	/** What is sent on one connection, a character a byte; made when the device is at rest. */
	readonly request?: (device: HostileDevice) => string;
	/** What is sent to a port of UDP. */
	readonly datagram?: { readonly port: number; readonly bytes: () => Uint8Array };
}

/** Of the longest header that is read, with room for the request line and `Host`. */
export const LONG = 3900;

/** @returns `length` characters of `piece` over and over. */
export function fill(piece: string, length: number): string {
	return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

let numbers = 0;

/** @returns Characters up to `length` that `make` gives by numbers which nothing had before. */
export function unheard(length: number, make: (number: string) => string): string {
	let text = "";
	for (;;) {
		const next = make((numbers++).toString(36).padStart(3, "0"));
		if (text.length + next.length > length) return text;
		text += next;
	}
}
