import type { Message } from "../stream/message.js";

/** The URL of the script of the other devices' hubs, set by the build. */
declare const OTHERS_URL: string;

/** Joins the hubs of other devices: in the SharedWorker of all tabs, or the page's own. */
export class Hubs {
	/** One for all devices: a browser keeps each until the page is left. */
	#worker: SharedWorker | undefined;
	readonly #feeds = new Set<SharedFeed>();

	constructor() {
		if (typeof SharedWorker !== "function") return;
		const worker = new SharedWorker(OTHERS_URL, { type: "module" });
		worker.onerror = () => {
			this.#worker = undefined;
			for (const feed of this.#feeds) this.#connect(feed);
		};
		this.#worker = worker;
	}

	join(origin: string, onMessage: (message: Message) => void): SharedFeed {
		const feed = new SharedFeed(origin, onMessage);
		this.#feeds.add(feed);
		this.#connect(feed);
		return feed;
	}

	leave(feed: SharedFeed): void {
		this.#feeds.delete(feed);
		feed.close();
	}

	#connect(feed: SharedFeed): void {
		const port = feed.open();
		if (this.#worker) this.#worker.port.postMessage(feed.origin, [port]);
		else void import(OTHERS_URL).then(({ join }: typeof import("./others.js")) => join(port, feed.origin));
	}
}

/** The messages of another device, and its state. */
export class SharedFeed {
	readonly origin: string;
	readonly #onMessage: (message: Message) => void;
	#port: MessagePort | undefined;

	constructor(origin: string, onMessage: (message: Message) => void) {
		this.origin = origin;
		this.#onMessage = onMessage;
	}

	/** @returns The hub's end. */
	open(): MessagePort {
		this.close();
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }: MessageEvent<Message>) => this.#onMessage(data);
		this.#port = port1;
		return port2;
	}

	wake(): void {
		this.#port?.postMessage("wake");
	}

	close(): void {
		this.#port?.postMessage("leave");
		this.#port?.close();
		this.#port = undefined;
	}
}
