/** `/api/readings`: the newest reading of every sensor, with age and status. */

import type { Handler } from "../http/handler.js";
import type { Request } from "../http/request.js";
import type { Response } from "../http/response.js";
import type { Text } from "../platform/text.js";
import { type Listing, type ListingFormat, listingFields, listingResponse } from "./listing.js";
import type { ReadingsHead, SensorStatus } from "./schema.js";

export interface ReadingsSource {
	readings(): Listing<ReadingsHead, SensorStatus>;
}

export interface ReadingsHandlerOptions {
	text: Text;
	source: ReadingsSource;
}

/** From the first missed read on a value is shown with its age. */
const age = (ms: number | null) => `, ${Math.round((ms ?? 0) / 1000)} s ago`;

const format: ListingFormat<SensorStatus> = Object.freeze(
	{
		key: "readings",
		fields: listingFields(true),
		toPlain: ({ sensor, temperature, humidity, status, fault, ageMs }) =>
			temperature === null
				? `${sensor}: ${status}\n`
				: `${sensor}: ${temperature} °C, ${humidity} %, ${status}${fault || status === "stale" ? age(ageMs) : ""}\n`,
	},
	true,
);

export class ReadingsHandler implements Handler {
	readonly allow = "GET, HEAD";
	#text: Text;
	#source: ReadingsSource;

	constructor({ text, source }: ReadingsHandlerOptions) {
		this.#text = text;
		this.#source = source;
	}

	get isShared(): true {
		return true;
	}

	handle(request: Request): Response {
		return listingResponse(this.#text, request, this.#source.readings(), format);
	}
}
