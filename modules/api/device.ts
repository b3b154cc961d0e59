/** `/api/device`: version, uptime, heap, network, counters, and the health of every sensor. */

import type { Handler } from "../http/handler.js";
import type { Request } from "../http/request.js";
import type { Response } from "../http/response.js";
import type { Text } from "../platform/text.js";
import { type Listing, type ListingFormat, listingFields, listingResponse } from "./listing.js";
import type { DeviceHead, SensorHealth } from "./schema.js";

/** A `SensorHealth`. */
export interface SensorReport {
	readonly health: Omit<SensorHealth, "badTrain">;
	/** As JSON. */
	readonly badTrain: string | null;
}

export interface DeviceSource {
	device(): Listing<DeviceHead, SensorReport>;
}

export interface DeviceHandlerOptions {
	text: Text;
	source: DeviceSource;
}

const format: ListingFormat<SensorReport> = Object.freeze(
	{
		key: "sensors",
		fields: listingFields(),
		toPlain: ({ health: { sensor, model, status, reads } }) => `${sensor}: ${model}, ${status}, ${reads} reads\n`,
		toJSON: ({ health, badTrain }) =>
			JSON.stringify(health)
				.slice(0, -1)
				.concat(',"badTrain":', badTrain ?? "null", "}"),
	},
	true,
);

export class DeviceHandler implements Handler {
	readonly allow = "GET, HEAD";
	#text: Text;
	#source: DeviceSource;

	constructor({ text, source }: DeviceHandlerOptions) {
		this.#text = text;
		this.#source = source;
	}

	handle(request: Request): Response {
		return listingResponse(this.#text, request, this.#source.device(), format);
	}
}
