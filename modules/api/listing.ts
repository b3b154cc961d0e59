/** Responses about all sensors, each made while it is sent, so that next to nothing is kept while a client takes its time. */

import { parameter, type Request } from "../http/request.js";
import { Response } from "../http/response.js";
import { TextBody } from "../http/text-body.js";
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
	key: string;
	/** An item as a line of plain text. */
	line(item: Item): string;
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
	const type = isPlain ? "text/plain;charset=utf-8" : "application/json";
	const pieces = isPlain ? plain(listing, format) : json(listing, format);
	return new Response(200, `Content-Type: ${type}\r\nCache-Control: no-store\r\nVary: Accept\r\n`, {
		source: new TextBody(text, pieces),
	});
}

function* plain<Item>(listing: Listing<object, Item>, { line }: ListingFormat<Item>): Generator<string> {
	for (let index = 0; index < listing.length; index++) yield line(listing.item(index));
}

function* json<Item>(listing: Listing<object, Item>, { key }: ListingFormat<Item>): Generator<string> {
	yield `${JSON.stringify(listing.head()).slice(0, -1)},"${key}":[`;
	for (let index = 0; index < listing.length; index++)
		yield (index > 0 ? "," : "") + JSON.stringify(listing.item(index));
	yield "]}";
}

// The prototype of a generator's instances is frozen, too: otherwise the chip reserves RAM for a copy of it.
Object.freeze(plain.prototype, true);
Object.freeze(json.prototype, true);
