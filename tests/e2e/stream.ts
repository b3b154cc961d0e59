/** An SSE client that shows what came over the wire, event by event. */

export interface StreamEvent {
	event: string;
	id: string | undefined;
	// biome-ignore lint/suspicious/noExplicitAny: what came is what the tests look into
	data: any;
}

export class EventStream {
	readonly response: Response;
	#abort: AbortController;
	#reader: ReadableStreamDefaultReader<Uint8Array>;
	#text = "";
	#decoder = new TextDecoder();

	private constructor(response: Response, abort: AbortController) {
		this.response = response;
		this.#abort = abort;
		this.#reader = response.body!.getReader();
	}

	static async open(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
		const abort = new AbortController();
		const response = await fetch(url, { signal: abort.signal, headers: { accept: "text/event-stream", ...headers } });
		return new EventStream(response, abort);
	}

	/** The next block of the stream that holds an event; comments and `retry` alone are passed over. */
	async next(): Promise<StreamEvent> {
		for (;;) {
			const end = this.#text.indexOf("\n\n");
			if (end >= 0) {
				const block = this.#text.slice(0, end);
				this.#text = this.#text.slice(end + 2);
				const fields = new Map(
					block.split("\n").map(line => {
						const colon = line.indexOf(": ");
						return [line.slice(0, colon), line.slice(colon + 2)] as const;
					}),
				);
				const data = fields.get("data");
				if (data === undefined) continue;
				return { event: fields.get("event") ?? "message", id: fields.get("id"), data: JSON.parse(data) };
			}
			const { done, value } = await this.#reader.read();
			if (done) throw new Error("the stream ended");
			this.#text += this.#decoder.decode(value, { stream: true });
		}
	}

	/** The next event of one of these names. */
	async nextOf(...names: string[]): Promise<StreamEvent> {
		for (;;) {
			const event = await this.next();
			if (names.includes(event.event)) return event;
		}
	}

	close(): void {
		this.#abort.abort();
	}
}
