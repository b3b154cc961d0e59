/** Completes answers for the request at hand: date, connection, who may read them. */

import type { Clock, Text } from "../platform/types.js";
import type { Answer } from "./answer.js";
import { type After, abandon, type Output, plain } from "./output.js";
import { field, type Request } from "./request.js";

export class Messages {
	/** `100 Continue`. */
	readonly goOn: Uint8Array;
	#text: Text;
	#clock: Clock;
	#origins: readonly string[];
	/** The ends of heads by kind, with the date of `#second`. */
	#tails: (string | undefined)[] = [];
	#second = -1;

	/** @param origins Web origins whose pages may read the answers. */
	constructor(text: Text, clock: Clock, origins: readonly string[]) {
		this.#text = text;
		this.#clock = clock;
		this.#origins = origins;
		this.goOn = text.encode("HTTP/1.1 100 Continue\r\n\r\n");
	}

	/** @param request Absent when there was none worth the name. */
	compose(answer: Answer, request: Request | undefined, after: After): Output {
		const { source } = answer;
		const minor = request ? request.minor : 1;
		const chunked = source !== undefined && minor === 1;
		let tail = this.tail(after !== "keep" ? 2 : minor === 1 ? 0 : 1, chunked);
		if (this.#origins.length > 0 && request) tail = this.access(request) + tail;
		const bytes = answer.message(this.#text, tail);
		const output: Output = { bytes, sent: 0, body: answer.bytes, source, chunked, takeover: answer.takeover, after };
		if (request?.method !== "HEAD") return output;
		abandon(output);
		return plain(bytes, after);
	}

	/** @param connection 0: as is usual in HTTP/1.1, 1: `keep-alive`, 2: `close`. */
	private tail(connection: 0 | 1 | 2, chunked: boolean): string {
		const { time } = this.#clock;
		const second = time === undefined ? -1 : Math.floor(time / 1000);
		if (second !== this.#second) {
			this.#second = second;
			this.#tails = [];
		}
		const kind = chunked ? connection + 3 : connection;
		let tail = this.#tails[kind];
		if (tail === undefined) {
			const date = second < 0 ? "" : `Date: ${new Date(second * 1000).toUTCString()}\r\n`;
			const coding = chunked ? "Transfer-Encoding: chunked\r\n" : "";
			const field = connection === 0 ? "" : `Connection: ${connection === 1 ? "keep-alive" : "close"}\r\n`;
			tail = `${date}${coding}${field}\r\n`;
			this.#tails[kind] = tail;
		}
		return tail;
	}

	private access(request: Request): string {
		const origin = field(request, "origin");
		return origin !== undefined && this.#origins.includes(origin)
			? `Access-Control-Allow-Origin: ${origin}\r\nVary: Origin\r\n`
			: "Vary: Origin\r\n";
	}
}
