import type { Events, Hello } from "../../modules/api/schema.js";
import type { Link, Message } from "./message.js";

/** The part of EventSource that is used. */
export interface EventSourceLike {
	addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
	onerror: ((event: Event) => void) | null;
	close(): void;
}

export interface StreamOptions {
	/** Opens the stream at `url`. */
	open(url: string): EventSourceLike;
	/** Gets the body of `/api/readings`; rejects without a response within 2 s. */
	poll(): Promise<string>;
	/** A clock in ms that includes the machine's sleep; it may jump forward. */
	now(): number;
	/** Called for every event, and for every change of the link. */
	onMessage(message: Message): void;
}

const PATH = "/sensor-data-events";
/** An attempt ends after this many ms without `hello`. */
export const ATTEMPT_MS = 2000;
/** From an attempt that failed at once to the next. */
const PAUSE_MS = 500;
/** Until `hello` has come. */
const HEARTBEAT_MS = 5000;
/** Bounds of the time between two polls. */
const MIN_POLL_MS = 2000;
const MAX_POLL_MS = 10_000;
const eventNames: readonly (keyof Events)[] = ["hello", "sensor-data", "sensor-fault", "alert", "heartbeat"];

/**
 * A stream that is opened again until it is closed. EventSource's own reconnection is not used: it does not notice a
 * device that lost its power, and ends at a 503.
 *
 * Driven by `tick`, at least twice a second.
 */
export class Stream {
	#options: StreamOptions;
	#source: EventSourceLike | undefined;
	#link: Link = "connecting";
	#heartbeatMs = HEARTBEAT_MS;
	#pollMs = MIN_POLL_MS;
	#lastEventId = "";
	/** When the device last sent something. */
	#heardAt: number;
	/** When the current attempt ends, or the next one begins. */
	#due = 0;
	/** Attempts in a row that got no stream while polls succeeded. */
	#rejections = 0;
	#closed = false;

	constructor(options: StreamOptions) {
		this.#options = options;
		this.#heardAt = options.now();
		this.#open();
	}

	/** The link, with the ms since the device last sent something. */
	get state(): Message {
		return { link: this.#link, silentMs: this.#options.now() - this.#heardAt };
	}

	/** Does what is due. */
	tick(): void {
		const now = this.#options.now();
		if (this.#closed) return;
		if (this.#source && this.#link === "live") {
			if (now - this.#heardAt > 2 * this.#heartbeatMs) this.#lose();
		} else if (now >= this.#due) {
			if (this.#source) this.#lose();
			else this.#open();
		}
	}

	/** To be called when the machine may have slept or changed its network: reopens a stream that is late. */
	wake(): void {
		const silentMs = this.#options.now() - this.#heardAt;
		if (this.#link === "live" ? silentMs < 1.5 * this.#heartbeatMs : this.#source) return;
		if (this.#link === "live") this.#setLink("connecting");
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
			this.#lastEventId ? `${PATH}?lastEventId=${encodeURIComponent(this.#lastEventId)}` : PATH,
		);
		this.#source = source;
		this.#due = this.#options.now() + ATTEMPT_MS;
		const listener = (event: MessageEvent<string>) => {
			if (source === this.#source) this.#receive(event);
		};
		for (const name of eventNames) source.addEventListener(name, listener);
		source.onerror = () => {
			if (source === this.#source) void this.#onRejected();
		};
	}

	#receive({ type, data, lastEventId }: MessageEvent<string>): void {
		this.#heardAt = this.#options.now();
		if (lastEventId) this.#lastEventId = lastEventId;
		if (type === "hello") {
			const hello: Hello = JSON.parse(data);
			this.#heartbeatMs = hello.heartbeatMs;
			this.#pollMs = Math.min(Math.max(hello.intervalMs, MIN_POLL_MS), MAX_POLL_MS);
			this.#rejections = 0;
			this.#setLink("live");
		}
		this.#options.onMessage({ event: type, id: lastEventId, data, ageMs: 0 });
	}

	/** The stream ended or did not open: a poll finds out whether the device is in reach. */
	async #onRejected(): Promise<void> {
		this.#drop();
		if (this.#link === "live") {
			this.#due = this.#options.now() + PAUSE_MS;
			return this.#setLink("connecting");
		}
		// Nothing else is due while the poll is pending.
		this.#due = Number.POSITIVE_INFINITY;
		const body = await this.#options.poll().catch(() => undefined);
		if (this.#closed || this.#source) return;
		if (body === undefined) {
			this.#rejections = 0;
			this.#due = this.#options.now() + PAUSE_MS;
			this.#setLink("lost");
			return;
		}
		this.#heardAt = this.#options.now();
		// A device that has just started opens a stream now, and it replays the missed events in order.
		if (++this.#rejections < 2) return this.#open();
		this.#due = this.#heardAt + this.#pollMs;
		this.#setLink("full");
		this.#options.onMessage({ event: "readings", id: "", data: body, ageMs: 0 });
	}

	/** After too long a silence the device counts as lost: without power it sends no FIN. */
	#lose(): void {
		this.#drop();
		this.#setLink("lost");
		this.#open();
	}

	#drop(): void {
		this.#source?.close();
		this.#source = undefined;
	}

	#setLink(link: Link): void {
		if (link === this.#link) return;
		this.#link = link;
		this.#options.onMessage(this.state);
	}
}
