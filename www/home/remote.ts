import { take } from "../gauges/intake.js";
import { Model } from "../gauges/model.js";
import type { Link } from "../stream/message.js";

/** An attempt ends after this many ms without `hello`. */
const ATTEMPT_MS = 2000;
/** From an attempt that failed at once to the next, and between two polls. */
const PAUSE_MS = 500;
const POLL_MS = 3000;
/** The device sends something so often. */
const HEARTBEAT_MS = 5000;
/** It is looked for what is due so often, and ages are counted. */
const TICK_MS = 1000;

/**
 * A device of another origin, over one stream for all who use it. Smaller than `Stream`, with the same states: what was missed is not
 * fetched, since only the newest is shown.
 */
export class Remote {
	readonly model = new Model(() => {});
	readonly #origin: string;
	/** Called when there is something new to draw. */
	readonly #users = new Set<() => void>();
	#source: EventSource | undefined;
	/** When the attempt or the silence ends, or the next attempt begins. */
	#due = 0;
	#timer = 0;

	/** @param origin Such as `http://dht.local`. */
	constructor(origin: string) {
		this.#origin = origin;
	}

	/** Opens the stream for the first user. */
	join(user: () => void): void {
		if (this.#users.add(user).size > 1) return;
		this.#timer = window.setInterval(() => this.#tick(), TICK_MS);
		this.#tick();
	}

	/** Ends the stream after the last user. */
	leave(user: () => void): void {
		this.#users.delete(user);
		if (this.#users.size) return;
		clearInterval(this.#timer);
		this.#end(0);
	}

	#tick(): void {
		const isDue = performance.now() >= this.#due;
		this.#show(isDue && this.#source ? "lost" : this.model.link);
		if (!isDue) return;
		this.#end(ATTEMPT_MS);
		const source = new EventSource(`${this.#origin}/sensor-data-events`);
		this.#source = source;
		for (const name of ["hello", "sensor-data", "sensor-fault", "heartbeat"])
			source.addEventListener(name, event => {
				this.#due = performance.now() + 2 * HEARTBEAT_MS;
				this.model.link = "live";
				this.#take(name, (event as MessageEvent<string>).data);
			});
		source.onerror = () => {
			const isBroken = this.model.link === "live";
			this.#end(isBroken ? PAUSE_MS : POLL_MS);
			if (isBroken) this.#show("connecting");
			else void this.#poll("full");
		};
	}

	#end(ms: number): void {
		this.#source?.close();
		this.#source = undefined;
		this.#due = performance.now() + ms;
	}

	#show(link: Link): void {
		this.model.link = link;
		for (const user of this.#users) user();
	}

	/** @param event Its name. @param data JSON. */
	#take(event: string, data: string): void {
		if (take(this.model, { event, data, id: "", ageMs: 0 }, performance.now())) void this.#poll("live");
		this.#show(this.model.link);
	}

	/** Gets all of the device. @param link Once it has come. */
	async #poll(link: Link): Promise<void> {
		try {
			const response = await fetch(`${this.#origin}/api/readings`, { signal: AbortSignal.timeout(ATTEMPT_MS) });
			this.#take("readings", await response.text());
		} catch {
			if (link === "live") return;
			link = "lost";
		}
		if (!this.#source || link === "live") this.#show(link);
	}
}
