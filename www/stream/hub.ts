import { Elapsed } from "./elapsed.js";
import type { Message } from "./message.js";
import { ATTEMPT_MS, Stream } from "./stream.js";

/** Shares one stream among the ports of the tabs. A tab says `wake` when the machine may have slept and `leave` when it goes. */
export class Hub {
	#ports = new Set<MessagePort>();
	/** The newest message of each kind and sensor, for a tab that joins later. */
	#newest = new Map<string, { message: Message; at: number }>();
	#elapsed = new Elapsed();
	#stream: Stream;

	constructor() {
		this.#stream = new Stream({
			open: url => new EventSource(url),
			poll: async () => {
				const answer = await fetch("/api/readings", { signal: AbortSignal.timeout(ATTEMPT_MS) });
				if (!answer.ok) throw new Error(answer.statusText);
				return answer.text();
			},
			now: () => this.#elapsed.now,
			onMessage: message => this.#tell(message),
		});
		setInterval(() => this.#stream.tick(), 250);
		setInterval(() => this.#tell(this.#stream.state), 5000);
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

	#tell(message: Message): void {
		if ("event" in message) {
			const { sensor = "" }: { sensor?: string } = JSON.parse(message.data);
			if (message.event === "hello") this.#newest.clear();
			this.#newest.set(message.event + sensor, { message, at: this.#elapsed.now });
		}
		for (const port of this.#ports) port.postMessage(message);
	}
}
