/** Completes the heads of responses for the request at hand: date, connection, origins that may read. */

import type { Clock } from "../platform/clock.js";
import type { Text } from "../platform/text.js";
import { Chunked } from "./chunked.js";
import type { CrossOrigin } from "./cross-origin.js";
import type { End, PendingResponse } from "./pending-response.js";
import type { Request } from "./request.js";
import type { Response } from "./response.js";

export class ResponseHead {
	/** `100 Continue`. */
	readonly goOn: Uint8Array;
	#text: Text;
	#clock: Clock;
	#crossOrigin: CrossOrigin;
	/** The second of which `#date` is. */
	#second = -1;
	#date = "";
	/** The end of most heads: the connection stays. */
	#usual = "\r\n";

	constructor(text: Text, clock: Clock, crossOrigin: CrossOrigin) {
		this.#text = text;
		this.#clock = clock;
		this.#crossOrigin = crossOrigin;
		this.goOn = text.encode("HTTP/1.1 100 Continue\r\n\r\n");
	}

	/** @param request Absent when what arrived was none. */
	compose(response: Response, request: Request | undefined, end?: End): PendingResponse {
		const time = this.#clock.time;
		if (time !== undefined && Math.floor(time / 1000) !== this.#second) this.tick(time);
		const source = response.source;
		let tail = this.#usual;
		if (end || source || request?.minorVersion === 0)
			tail = this.tail(end, source !== undefined && request?.minorVersion === 1);
		if (request && (request.fields.origin !== undefined || this.#crossOrigin.origins.length > 0))
			tail = this.#crossOrigin.fields(request) + tail;
		const bytes = (response.tail === tail && response.message) || response.complete(this.#text, tail);
		if (request?.method === "HEAD") {
			source?.close?.();
			response.detach?.close();
			return { bytes, end };
		}
		return {
			bytes,
			flash: response.flash,
			body: response.bytes,
			source: source && request?.minorVersion === 1 ? new Chunked(this.#text, source) : source,
			end: response.detach ?? end,
		};
	}

	private tick(time: number): void {
		this.#second = Math.floor(time / 1000);
		this.#date = `Date: ${new Date(this.#second * 1000).toUTCString()}\r\n`;
		this.#usual = `${this.#date}\r\n`;
	}

	private tail(end: End | undefined, chunked: boolean): string {
		const coding = chunked ? "Transfer-Encoding: chunked\r\n" : "";
		if (end) return `${this.#date}${coding}Connection: close\r\n\r\n`;
		return chunked ? coding + this.#usual : `${this.#date}Connection: keep-alive\r\n\r\n`;
	}
}
