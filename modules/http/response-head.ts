/** Completes answers for the request at hand: date, connection, who may read them. */

import type { Clock } from "../platform/clock.js";
import type { Text } from "../platform/text.js";
import { Chunked } from "./chunked.js";
import type { End, PendingResponse } from "./pending-response.js";
import type { Request } from "./request.js";
import type { Response } from "./response.js";

export class ResponseHead {
	/** `100 Continue`. */
	readonly goOn: Uint8Array;
	#text: Text;
	#clock: Clock;
	#origins: readonly string[];
	/** The second of which `#date` tells. */
	#second = -1;
	#date = "";
	/** The end of most heads: that of a connection that stays. */
	#usual = "\r\n";

	/** @param origins Web origins whose pages may read the answers. */
	constructor(text: Text, clock: Clock, origins: readonly string[]) {
		this.#text = text;
		this.#clock = clock;
		this.#origins = origins;
		this.goOn = text.encode("HTTP/1.1 100 Continue\r\n\r\n");
	}

	/** @param request Absent when there was none worth the name. */
	compose(answer: Response, request: Request | undefined, end?: End): PendingResponse {
		const time = this.#clock.time;
		if (time !== undefined && Math.floor(time / 1000) !== this.#second) this.tick(time);
		const source = answer.source;
		let tail = this.#usual;
		if (end || source || request?.minorVersion === 0)
			tail = this.tail(end, source !== undefined && request?.minorVersion === 1);
		if (request && this.#origins.length > 0) tail = this.access(request) + tail;
		const bytes = (answer.tail === tail && answer.message) || answer.complete(this.#text, tail);
		if (request?.method === "HEAD") {
			source?.close?.();
			answer.detach?.close();
			return { bytes, end };
		}
		return {
			bytes,
			flash: answer.flash,
			body: answer.bytes ?? (source && request?.minorVersion === 1 ? new Chunked(source) : source),
			end: answer.detach ?? end,
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
		return chunked ? `${this.#date}${coding}\r\n` : `${this.#date}Connection: keep-alive\r\n\r\n`;
	}

	private access(request: Request): string {
		const origin = request.fields.origin;
		if (origin === undefined || !this.#origins.includes(origin)) return "Vary: Origin\r\n";
		const preflight =
			request.method === "OPTIONS"
				? "Access-Control-Allow-Methods: GET, HEAD, PUT, POST\r\nAccess-Control-Allow-Headers: Authorization, Content-Type\r\n"
				: "";
		return `Access-Control-Allow-Origin: ${origin}\r\n${preflight}Vary: Origin\r\n`;
	}
}
