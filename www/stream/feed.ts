import type { Message } from "./message.js";
import { join } from "./worker.js";

/** Of this script, which holds the hub: the same in all tabs, whichever attempt to load it succeeded. */
const hubURL = new URL(import.meta.url).pathname;

/** A hub without a message for this many checks is dead: it sends its state every five seconds. */
const MAX_SILENT_CHECKS = 15;

/**
 * Joins the hub of the stream: in the SharedWorker of all tabs, or one of the page's own.
 * The latter serves browsers without SharedWorker, or without EventSource in it.
 */
export class Feed {
	#onMessage: (message: Message) => void;
	#port: MessagePort | undefined;
	#silentChecks = 0;
	#shared = typeof SharedWorker === "function";

	constructor(onMessage: (message: Message) => void) {
		this.#onMessage = onMessage;
		this.join();
	}

	/** Joins a hub, and leaves the current one. */
	join(): void {
		this.leave();
		this.#silentChecks = 0;
		if (!this.#shared) {
			this.#listen(join());
			return;
		}
		const worker = new SharedWorker(hubURL, { type: "module" });
		worker.onerror = () => this.#joinOwn();
		this.#listen(worker.port);
	}

	/** Replaces a dead hub. To be called every second. */
	check(): void {
		if (++this.#silentChecks > MAX_SILENT_CHECKS) this.#joinOwn();
	}

	/** To be called when the machine may have slept or changed its network. */
	wake(): void {
		this.#port?.postMessage("wake");
	}

	/** To be called when the page is left. */
	leave(): void {
		this.#port?.postMessage("leave");
		this.#port?.close();
		this.#port = undefined;
	}

	#listen(port: MessagePort): void {
		this.#port = port;
		port.onmessage = ({ data }: MessageEvent<Message | null>) => {
			this.#silentChecks = 0;
			if (data) this.#onMessage(data);
			else this.#joinOwn();
		};
	}

	#joinOwn(): void {
		if (!this.#shared) return;
		this.#shared = false;
		this.join();
	}
}
