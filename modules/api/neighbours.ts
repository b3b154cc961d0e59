/** `/api/neighbours`: the other devices of this program in the network. */

import type { Handler } from "../http/handler.js";
import type { Request } from "../http/request.js";
import type { Response } from "../http/response.js";
import type { Neighbour } from "../network/neighbours.js";
import type { Text } from "../platform/text.js";
import { type Listing, type ListingFormat, listingFields, listingResponse } from "./listing.js";
import type { NeighboursHead } from "./schema.js";

export interface NeighboursSource {
	neighbours(): Listing<NeighboursHead, Neighbour>;
}

export interface NeighboursHandlerOptions {
	text: Text;
	source: NeighboursSource;
}

const format: ListingFormat<Neighbour> = Object.freeze(
	{
		key: "neighbours",
		fields: listingFields(true),
		toPlain: ({ name, address, port, version }) => `${name}: http://${address}:${port}/, ${version}\n`,
	},
	true,
);

export class NeighboursHandler implements Handler {
	readonly allow = "GET, HEAD";
	#text: Text;
	#source: NeighboursSource;

	constructor({ text, source }: NeighboursHandlerOptions) {
		this.#text = text;
		this.#source = source;
	}

	get isShared(): true {
		return true;
	}

	handle(request: Request): Response {
		return listingResponse(this.#text, request, this.#source.neighbours(), format);
	}
}
