/** Makes what goes over the wire of an answer: its head, and the body with it where both are small. */

import type { Clock, Text } from "../platform/types.js";
import type { Answer } from "./answer.js";
import { type After, Output } from "./output.js";
import { ORIGIN, type Request } from "./request.js";

/** Bytes that are written at once, so that a small answer is one segment. */
const MESSAGE = 1024;

export class Messages {
	/** `100 Continue`. */
	readonly goOn: Uint8Array;
	#text: Text;
	#clock: Clock;
	#origins: readonly string[];
	/** Reused for each message. */
	#scratch = new Uint8Array(MESSAGE);
	/** The ends of heads by kind, with the date of `#second`. */
	#tails: (Uint8Array | undefined)[] = [];
	#second = -1;

	/** @param origins Web origins whose pages may read the answers. */
	constructor(text: Text, clock: Clock, origins: readonly string[]) {
		this.#text = text;
		this.#clock = clock;
		this.#origins = origins;
		this.goOn = text.encode("HTTP/1.1 100 Continue\r\n\r\n");
	}

	/** @param room Bytes that the socket takes now. */
	compose(answer: Answer, request: Request | undefined, after: After, room: number): Output {
		const bare = request?.method === "HEAD";
		const chunked = answer.source !== undefined && request?.minor === 1;
		const { head } = answer;
		const tail = this.tail(after === "keep" ? (request?.minor === 0 ? 1 : 0) : 2, chunked);
		const access = this.#origins.length > 0 && request ? this.access(request) : undefined;
		const body = bare ? undefined : answer.bytes;
		const accessEnd = head.byteLength + (access ? access.byteLength : 0);
		let length = accessEnd + tail.byteLength;
		const whole = body !== undefined && length + body.byteLength <= MESSAGE;
		const bytes = length <= MESSAGE ? this.#scratch : new Uint8Array(length);
		bytes.set(head);
		if (access) bytes.set(access, head.byteLength);
		bytes.set(tail, accessEnd);
		if (whole) {
			bytes.set(body, length);
			length += body.byteLength;
		}
		const message = length <= room ? bytes.subarray(0, length) : bytes.slice(0, length);
		if (bare) {
			answer.source?.close?.();
			answer.takeover?.close();
			return new Output(message, after);
		}
		return new Output(message, after, whole ? undefined : body, answer.source, chunked, answer.takeover);
	}

	/** @param connection 0: as is usual in HTTP/1.1, 1: `keep-alive`, 2: `close`. */
	private tail(connection: 0 | 1 | 2, chunked: boolean): Uint8Array {
		const { time } = this.#clock;
		const second = time === undefined ? -1 : Math.floor(time / 1000);
		if (second !== this.#second) {
			this.#second = second;
			this.#tails = [];
		}
		const kind = chunked ? connection + 3 : connection;
		let tail = this.#tails[kind];
		if (!tail) {
			const date = second < 0 ? "" : `Date: ${new Date(second * 1000).toUTCString()}\r\n`;
			const coding = chunked ? "Transfer-Encoding: chunked\r\n" : "";
			const field = connection === 0 ? "" : `Connection: ${connection === 1 ? "keep-alive" : "close"}\r\n`;
			tail = this.#text.encode(`${date}${coding}${field}\r\n`);
			this.#tails[kind] = tail;
		}
		return tail;
	}

	private access(request: Request): Uint8Array {
		const origin = request.field(ORIGIN);
		return this.#text.encode(
			origin !== undefined && this.#origins.includes(origin)
				? `Access-Control-Allow-Origin: ${origin}\r\nVary: Origin\r\n`
				: "Vary: Origin\r\n",
		);
	}
}
