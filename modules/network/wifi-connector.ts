/** Joins a Wi-Fi network and stays in it: attempts, and pauses between them that grow but never end. */

import type { Clock, Timer } from "../platform/clock.js";
import type { Credentials, DisconnectReason, Radio } from "../platform/radio.js";
import type { FailureReason } from "./provisioning.js";

/** After this an attempt that the radio says nothing about has failed, ms. */
const attemptMs = 30_000;

/**
 * From a failed attempt to the next, by the number of failures in a row, ms; the last one repeats. With the longest
 * attempt before it, a network that comes back is joined within two minutes.
 */
const backoffMs = Object.freeze([1000, 2000, 5000, 10_000, 20_000, 40_000, 60_000], true);

export interface WiFiConnectorOptions {
	clock: Clock;
	radio: Radio;
	/** Called each time the network is joined. */
	onJoined(address: string): void;
	/** Called when an attempt fails or the network is lost; the next attempt is set. */
	onFailed(reason: FailureReason): void;
}

export class WiFiConnector {
	#options: WiFiConnectorOptions;
	#credentials: Credentials | undefined;
	#phase: "idle" | "joining" | "waiting" | "joined" = "idle";
	#failures = 0;
	#timer: Timer | undefined;
	/** Of the newest attempt; `undefined` when it did not fail. */
	reason: FailureReason | undefined;
	/** While joined. */
	address: string | undefined;

	constructor(options: WiFiConnectorOptions) {
		this.#options = options;
	}

	get phase(): "idle" | "joining" | "waiting" | "joined" {
		return this.#phase;
	}

	/** What is joined, or is to be. */
	get credentials(): Credentials | undefined {
		return this.#credentials;
	}

	/** Starts at once, in place of what was joined. */
	join(credentials: Credentials): void {
		this.leave();
		this.#credentials = credentials;
		this.#attempt();
	}

	/** Ends all attempts. */
	leave(): void {
		const { clock, radio } = this.#options;
		clock.clear(this.#timer);
		if (this.#phase === "joining" || this.#phase === "joined") radio.leave();
		this.#phase = "idle";
		this.#credentials = undefined;
		this.#failures = 0;
		this.reason = undefined;
		this.address = undefined;
	}

	/** To be told by the radio. */
	onJoined(address: string): void {
		if (this.#phase !== "joining" && this.#phase !== "joined") return;
		this.#options.clock.clear(this.#timer);
		this.#phase = "joined";
		this.#failures = 0;
		this.reason = undefined;
		this.address = address;
		this.#options.onJoined(address);
	}

	/** To be told by the radio. */
	onLost(reason: DisconnectReason): void {
		if (this.#phase === "joining" || this.#phase === "joined") this.#fail(reason);
	}

	#attempt(): void {
		const { clock, radio } = this.#options;
		this.#phase = "joining";
		this.#timer = clock.set(() => {
			radio.leave();
			this.#fail("no-answer");
		}, attemptMs);
		try {
			radio.join(this.#credentials!);
		} catch {
			this.#fail("refused");
		}
	}

	#fail(reason: FailureReason): void {
		const { clock } = this.#options;
		clock.clear(this.#timer);
		const pauseMs = backoffMs[Math.min(this.#failures++, backoffMs.length - 1)]!;
		this.#phase = "waiting";
		this.reason = reason;
		this.address = undefined;
		this.#timer = clock.set(() => this.#attempt(), pauseMs);
		this.#options.onFailed(reason);
	}
}
