/** Responses about all sensors, each made while it is sent, so that next to nothing is kept while a client takes its time. */

import { parameter, type Request } from "../http/request.js";
import type { Response } from "../http/response.js";
import { type TextSource, textSourceResponse } from "../http/text-body.js";
import type { Text } from "../platform/text.js";

/** A head, and an item a sensor. */
export interface Listing<Head, Item> {
	/** As of now. */
	head(): Head;
	readonly length: number;
	/** As of now. @param index 0 to `length - 1`. */
	item(index: number): Item;
}

export interface ListingFormat<Item> {
	/** Of the array of items, the last member of the JSON. */
	readonly key: string;
	/** An item as a line of plain text. */
	toPlain(item: Item): string;
	/** @defaultValue `JSON.stringify` */
	toJSON?(item: Item): string;
	/** Header fields of JSON and of plain text. */
	readonly fields: readonly [json: string, plain: string];
}

/** @param isShared As of `Handler`. @returns The header fields of a listing. */
export function listingFields(isShared = false): readonly [json: string, plain: string] {
	const more = `Cache-Control: no-store\r\nVary: ${isShared ? "Accept, Origin" : "Accept"}\r\n`;
	return [`Content-Type: application/json\r\n${more}`, `Content-Type: text/plain;charset=utf-8\r\n${more}`];
}

/** @returns `listing` as JSON, or as lines of plain text where `?format=text` or `Accept` asks for them. */
export function listingResponse<Item>(
	text: Text,
	request: Request,
	listing: Listing<object, Item>,
	format: ListingFormat<Item>,
): Response {
	// A link cannot say what it accepts: for it there is ?format=text.
	const isPlain = parameter(request, "format") === "text" || request.fields.accept?.includes("text/plain");
	return textSourceResponse(
		text,
		format.fields[isPlain ? 1 : 0],
		isPlain ? new PlainListing(listing, format) : new JSONListing(listing, format),
	);
}

class PlainListing<Item> implements TextSource {
	#listing: Listing<object, Item>;
	#format: ListingFormat<Item>;
	#index = 0;

	constructor(listing: Listing<object, Item>, format: ListingFormat<Item>) {
		this.#listing = listing;
		this.#format = format;
	}

	get ended(): boolean {
		return this.#index >= this.#listing.length;
	}

	next(): string | undefined {
		return this.ended ? undefined : this.#format.toPlain(this.#listing.item(this.#index++));
	}
}

class JSONListing<Item> implements TextSource {
	#listing: Listing<object, Item>;
	#format: ListingFormat<Item>;
	/** -1 for the head. */
	#index = -1;
	ended = false;

	constructor(listing: Listing<object, Item>, format: ListingFormat<Item>) {
		this.#listing = listing;
		this.#format = format;
	}

	next(): string | undefined {
		const listing = this.#listing;
		const { length } = listing;
		const index = this.#index++;
		this.ended = this.#index >= length;
		if (index < 0) {
			const head = JSON.stringify(listing.head());
			return head.slice(0, -1).concat(',"', this.#format.key, length > 0 ? '":[' : '":[]}');
		}
		if (index >= length) return undefined;
		const item = listing.item(index);
		const json = this.#format.toJSON?.(item) ?? JSON.stringify(item);
		return json + (index < length - 1 ? "," : "]}");
	}
}
