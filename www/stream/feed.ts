import type { Message } from "./message.js";

/** Where the build has put the keeper of the stream. */
declare const FEED_URL: string;

/** A keeper that lets this many looks go by in silence is dead: it tells how it is every five seconds. */
const SILENT_LOOKS = 15;

/**
 * Joins the keeper of the stream: the SharedWorker of all tabs, or, where there is none that can hold an EventSource, one
 * of the page's own.
 */
export class Feed {
	#onMessage: (message: Message) => void;
	#port: MessagePort | undefined;
	#silentLooks = 0;
	#shared = typeof SharedWorker === "function";

	constructor(onMessage: (message: Message) => void) {
		this.#onMessage = onMessage;
		this.join();
	}

	/** Joins, after leaving what was joined before. */
	join(): void {
		this.leave();
		this.#silentLooks = 0;
		if (!this.#shared) {
			void import(FEED_URL).then(({ join }: typeof import("./worker.js")) => this.#listen(join()));
			return;
		}
		const worker = new SharedWorker(FEED_URL, { type: "module" });
		worker.onerror = () => this.#alone();
		this.#listen(worker.port);
	}

	/** Looks after the keeper: to be called every second. */
	look(): void {
		if (++this.#silentLooks > SILENT_LOOKS) this.#alone();
	}

	/** The machine may have slept or changed its network. */
	wake(): void {
		this.#port?.postMessage("wake");
	}

	/** The page goes away, or to sleep. */
	leave(): void {
		this.#port?.postMessage("leave");
		this.#port?.close();
		this.#port = undefined;
	}

	#listen(port: MessagePort): void {
		this.#port = port;
		port.onmessage = ({ data }: MessageEvent<Message | null>) => {
			this.#silentLooks = 0;
			if (data) this.#onMessage(data);
			else this.#alone();
		};
	}

	#alone(): void {
		if (!this.#shared) return;
		this.#shared = false;
		this.join();
	}
}
