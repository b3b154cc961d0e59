import { Elapsed } from "./elapsed.js";
import type { Message } from "./message.js";
import { Stream, type StreamOptions } from "./stream.js";

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
	#timers: number[];

	/** @param device How it is reached. */
	constructor(device: Pick<StreamOptions, "open" | "poll">) {
		this.#stream = new Stream({
			...device,
			now: () => this.#elapsed.now,
			onMessage: message => this.#send(message),
		});
		this.#timers = [
			setInterval(() => this.#stream.tick(), 250) as unknown as number,
			setInterval(() => this.#send(this.#stream.state), 5000) as unknown as number,
		];
	}

	/** @param onEmpty Called when the last tab has left. */
	add(port: MessagePort, onEmpty?: () => void): void {
		this.#ports.add(port);
		port.onmessage = ({ data }) => {
			if (data === "wake") return this.#stream.wake();
			this.#ports.delete(port);
			if (!this.#ports.size) onEmpty?.();
		};
		port.postMessage(this.#stream.state);
		for (const { message, at } of this.#newest.values())
			port.postMessage({ ...message, ageMs: this.#elapsed.now - at });
	}

	/** Ends the stream. */
	close(): void {
		this.#stream.close();
		for (const timer of this.#timers) clearInterval(timer);
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
