import type { Link, Message } from "./message.js";

/** The part of the browser's EventSource that is used. */
export interface Source {
	addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
	onerror: ((event: Event) => void) | null;
	close(): void;
}

export interface StreamOptions {
	/** Opens the stream at `url`. */
	open(url: string): Source;
	/** Gets the body of `/api/readings`; rejects when the device does not answer within 2 s. */
	poll(): Promise<string>;
	/** A clock in ms that also counts while the machine sleeps; it may jump forward. */
	now(): number;
	/** Told of every event as it came, and of every change of the link. */
	onMessage(message: Message): void;
}

const ADDRESS = "/sensor-data-events";
/** An attempt is given up after this many ms without `hello`. */
export const ATTEMPT_MS = 2000;
/** Pause after an attempt that failed at once. */
const PAUSE_MS = 500;
const HEARTBEAT_MS = 5000;
/** Min and max distance of two polls. */
const POLL_MS = [2000, 10_000] as const;

/**
 * A stream that is opened again for as long as it is not closed. The browser's own reconnecting is not used: it cannot
 * tell a device without power from a silent one, and gives up at a 503.
 *
 * Driven by `tick`, at least twice a second.
 */
export class Stream {
	#options: StreamOptions;
	#source: Source | undefined;
	#link: Link = "connecting";
	#heartbeatMs = HEARTBEAT_MS;
	#pollMs: number = POLL_MS[0];
	#lastEventId = "";
	#heard: number;
	/** When the attempt under way is given up, or the next is made. */
	#due = 0;
	/** Attempts in a row that the device refused while it answered otherwise. */
	#refusals = 0;
	#closed = false;

	constructor(options: StreamOptions) {
		this.#options = options;
		this.#heard = options.now();
		this.#open();
	}

	/** How the link is now, with the ms since the device was last heard. */
	get state(): Message {
		return { link: this.#link, silentMs: this.#options.now() - this.#heard };
	}

	/** Looks whether something is due. */
	tick(): void {
		const now = this.#options.now();
		if (this.#closed) return;
		if (this.#source && this.#link === "live") {
			if (now - this.#heard > 2 * this.#heartbeatMs) this.#lose();
		} else if (now >= this.#due) {
			if (this.#source) this.#lose();
			else this.#open();
		}
	}

	/** The machine may have slept or changed its network: whatever is doubtful is tried anew at once. */
	wake(): void {
		const silentMs = this.#options.now() - this.#heard;
		if (this.#link === "live" ? silentMs < 1.5 * this.#heartbeatMs : this.#source) return;
		if (this.#link === "live") this.#turn("connecting");
		this.#open();
	}

	close(): void {
		this.#closed = true;
		this.#source?.close();
		this.#source = undefined;
	}

	#open(): void {
		this.#source?.close();
		const source = this.#options.open(
			this.#lastEventId ? `${ADDRESS}?lastEventId=${encodeURIComponent(this.#lastEventId)}` : ADDRESS,
		);
		this.#source = source;
		this.#due = this.#options.now() + ATTEMPT_MS;
		const listener = (event: MessageEvent<string>) => {
			if (source === this.#source) this.#receive(event);
		};
		for (const name of ["hello", "sensor-data", "sensor-fault", "heartbeat"]) source.addEventListener(name, listener);
		source.onerror = () => {
			if (source === this.#source) void this.#refused();
		};
	}

	#receive({ type, data, lastEventId }: MessageEvent<string>): void {
		this.#heard = this.#options.now();
		if (lastEventId) this.#lastEventId = lastEventId;
		if (type === "hello") {
			const hello: { heartbeatMs: number; intervalMs: number } = JSON.parse(data);
			this.#heartbeatMs = hello.heartbeatMs;
			this.#pollMs = Math.min(Math.max(hello.intervalMs, POLL_MS[0]), POLL_MS[1]);
			this.#refusals = 0;
			this.#turn("live");
		}
		this.#options.onMessage({ event: type, id: lastEventId, data, ageMs: 0 });
	}

	/** The stream ended or was not granted: asks whether the device is there at all. */
	async #refused(): Promise<void> {
		this.#drop();
		if (this.#link === "live") {
			this.#due = this.#options.now() + PAUSE_MS;
			return this.#turn("connecting");
		}
		// While the question is out nothing else is due.
		this.#due = Number.POSITIVE_INFINITY;
		const body = await this.#options.poll().catch(() => undefined);
		if (this.#closed || this.#source) return;
		if (body === undefined) {
			this.#refusals = 0;
			this.#due = this.#options.now() + PAUSE_MS;
			this.#turn("lost");
			return;
		}
		this.#heard = this.#options.now();
		// A device that was just starting grants a stream now, which then brings what was missed, in order.
		if (++this.#refusals < 2) return this.#open();
		this.#due = this.#heard + this.#pollMs;
		this.#turn("full");
		this.#options.onMessage({ event: "readings", id: "", data: body, ageMs: 0 });
	}

	/** Nothing came for too long: the device is gone, and says so to nobody. */
	#lose(): void {
		this.#drop();
		this.#turn("lost");
		this.#open();
	}

	#drop(): void {
		this.#source?.close();
		this.#source = undefined;
	}

	#turn(link: Link): void {
		if (link === this.#link) return;
		this.#link = link;
		this.#options.onMessage(this.state);
	}
}
