import { Elapsed } from "./elapsed.js";
import type { Message } from "./message.js";
import { ATTEMPT_MS, Stream } from "./stream.js";

/**
 * Shares one stream among the ports of all tabs, whose number is the browser's bound.
 * A tab sends `wake` when the machine may have slept, and `leave` when it is closed.
 */
export class Hub {
	#ports = new Set<MessagePort>();
	/** The newest message of each event and sensor, for tabs that join later. */
	#newest = new Map<string, { message: Message; at: number }>();
	#elapsed = new Elapsed();
	#stream: Stream;

	constructor() {
		this.#stream = new Stream({
			open: url => new EventSource(url),
			poll: async () => {
				const response = await fetch("/api/readings", { signal: AbortSignal.timeout(ATTEMPT_MS) });
				if (!response.ok) throw new Error(response.statusText);
				return response.text();
			},
			now: () => this.#elapsed.now,
			onMessage: message => this.#send(message),
		});
		setInterval(() => this.#stream.tick(), 250);
		setInterval(() => this.#send(this.#stream.state), 5000);
	}

	add(port: MessagePort): void {
		this.#ports.add(port);
		port.onmessage = ({ data }) => {
			if (data === "wake") this.#stream.wake();
			else this.#ports.delete(port);
		};
		port.postMessage(this.#stream.state);
		for (const { message, at } of this.#newest.values())
			port.postMessage({ ...message, ageMs: this.#elapsed.now - at });
	}

	#send(message: Message): void {
		if ("event" in message) {
			const { sensor = "" }: { sensor?: string } = JSON.parse(message.data);
			if (message.event === "hello") this.#newest.clear();
			this.#newest.set(message.event + sensor, { message, at: this.#elapsed.now });
		}
		for (const port of this.#ports) port.postMessage(message);
	}
}
