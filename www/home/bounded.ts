/** Reads what another device sends, whose end, length and pace are its own, within bounds. */

import type { EventSourceLike } from "../stream/stream.js";
import { MAX_LENGTH } from "./checked.js";

/** Of a stream so many bytes are read within so many ms: the device has to wait for the rest. */
const MAX_BYTES = 131_072;
const SPAN_MS = 250;

/** @returns The content of `response`. @throws It has more than `max` bytes, or does not come to its end. */
export async function boundedText(response: Response, max: number): Promise<string> {
	let content = "";
	let left = max;
	for await (const piece of pieces(response)) {
		left -= piece.length;
		if (left < 0) throw new RangeError("too long");
		content += piece;
	}
	return content;
}

/** The content of `response`, decoded. One that is not read to its end is cancelled. */
async function* pieces(response: Response): AsyncGenerator<string, void> {
	const reader = response.body!.getReader();
	const decoder = new TextDecoder();
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			yield decoder.decode(value, { stream: true });
		}
	} finally {
		void reader.cancel().catch(() => {});
	}
}

/**
 * An event stream as `EventSource` reads it (WHATWG HTML, 9.2.6), once: it does not reconnect, and follows no redirect. In place of an event
 * that is too long, or no JSON, comes one without fields, which no page takes.
 */
export class BoundedSource implements EventSourceLike {
	onerror: ((event: Event) => void) | null = null;
	readonly #events = new EventTarget();
	readonly #end = new AbortController();
	/** Of the event that is being read. */
	#type = "";
	#data = "";
	#id = "";

	constructor(url: string) {
		void this.#open(url)
			.catch(() => {})
			.then(() => {
				if (this.#end.signal.aborted) return;
				// A response that may not be read would keep its connection, and a stream of the device.
				this.close();
				this.onerror?.(new Event("error"));
			});
	}

	addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
		this.#events.addEventListener(type, listener as EventListener);
	}

	close(): void {
		this.#end.abort();
	}

	async #open(url: string): Promise<void> {
		const { signal } = this.#end;
		const headers = { Accept: "text/event-stream" };
		const response = await fetch(url, { headers, cache: "no-store", redirect: "error", signal });
		if (!response.ok) return;
		let rest = "";
		let left = MAX_BYTES;
		for await (const piece of pieces(response)) {
			const lines = (rest + piece).split("\n");
			rest = lines.pop()!;
			for (const line of lines) this.#take(line.replace(/\r$/, ""));
			if (rest.length + this.#data.length > MAX_LENGTH) return this.#dispatch("{}");
			left -= piece.length;
			if (left > 0) continue;
			await new Promise(resolve => setTimeout(resolve, SPAN_MS));
			left = MAX_BYTES;
		}
	}

	#take(line: string): void {
		if (this.#end.signal.aborted) return;
		const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line)!;
		if (field === "event") this.#type = value;
		else if (field === "id") this.#id = value;
		else if (field === "data") this.#data += this.#data ? `\n${value}` : value;
		else if (line === "" && this.#data) this.#dispatch(isJSON(this.#data) ? this.#data : "{}");
	}

	#dispatch(data: string): void {
		const event = new MessageEvent(this.#type || "message", { data, lastEventId: this.#id });
		this.#type = this.#data = "";
		this.#events.dispatchEvent(event);
	}
}

function isJSON(data: string): boolean {
	try {
		return JSON.parse(data) !== null;
	} catch {
		return false;
	}
}
