/** Joins one of some Wi-Fi networks and stays in it: attempts without end, with a growing back-off between their rounds. */

import type { Clock, Timer } from "../platform/clock.js";
import type { DisconnectReason, Radio, Station } from "../platform/radio.js";
import { inOrder } from "./network-order.js";
import type { NetworkScan } from "./network-scan.js";
import type { FailureReason } from "./provisioning.js";
import type { StoredNetwork } from "./stored-networks.js";

/** An attempt without a result has failed after this, ms. */
const attemptMs = 30_000;

/** A scan is awaited so long, ms. */
const searchMs = 10_000;

/** From one network of a round to the next, ms. */
const nextMs = 100;

/**
 * From a failed round to the next, by the number of failures in a row, ms. The last one repeats. What the other attempts
 * of the round took is taken off, so that a network that returns is joined within two minutes.
 */
const backoffMs = Object.freeze([1000, 2000, 5000, 10_000, 20_000, 40_000, 60_000], true);

export interface WiFiConnectorOptions {
	clock: Clock;
	radio: Radio;
	scan: NetworkScan;
	/** What the device is to be in `network`; asked before each attempt. */
	station(network: StoredNetwork): Station;
	/** Called each time a network is joined. */
	onJoined(network: StoredNetwork, address: string): void;
	/** Called when an attempt fails or the network is lost. The next attempt is scheduled by then. */
	onFailed(network: StoredNetwork, reason: FailureReason): void;
}

export class WiFiConnector {
	#options: WiFiConnectorOptions;
	#networks: readonly StoredNetwork[] = [];
	/** Joined, or of the newest attempt. */
	#network: StoredNetwork | undefined;
	/** The network that began this round alone: the others follow once a scan has put them in order. */
	#first: StoredNetwork | undefined;
	/** Still to be tried in this round. */
	#queue: StoredNetwork[] = [];
	#phase: "idle" | "joining" | "waiting" | "joined" = "idle";
	#isSearching = false;
	#failures = 0;
	/** When the first attempt of this round failed, ms since boot. */
	#failed: number | undefined;
	#timer: Timer | undefined;
	/** Of the newest attempt; `undefined` if it did not fail. */
	reason: FailureReason | undefined;
	/** While joined. */
	address: string | undefined;

	constructor(options: WiFiConnectorOptions) {
		this.#options = options;
	}

	get phase(): "idle" | "joining" | "waiting" | "joined" {
		return this.#phase;
	}

	/** The network joined, or to be joined; `undefined` before the first attempt. */
	get network(): StoredNetwork | undefined {
		return this.#network;
	}

	/**
	 * Starts at once. Leaves the network joined before.
	 * @param first Is tried before a scan. @defaultValue the strongest in reach
	 */
	join(networks: readonly StoredNetwork[], first?: StoredNetwork): void {
		this.leave();
		this.#networks = networks;
		this.#begin(first);
	}

	/** From the next attempt on these are tried. */
	replace(networks: readonly StoredNetwork[]): void {
		this.#networks = networks;
		this.#queue = this.#queue.filter(network => networks.includes(network));
	}

	/** Ends all attempts. */
	leave(): void {
		const { clock, radio } = this.#options;
		clock.clear(this.#timer);
		if (this.#phase === "joining" || this.#phase === "joined") radio.leave();
		this.#phase = "idle";
		this.#isSearching = false;
		this.#network = undefined;
		this.#networks = [];
		this.#failures = 0;
		this.reason = undefined;
		this.address = undefined;
	}

	/** For the radio's listener. */
	onJoined(address: string): void {
		if (this.#phase !== "joining" && this.#phase !== "joined") return;
		const network = this.#network!;
		this.#options.clock.clear(this.#timer);
		this.#phase = "joined";
		this.#failures = 0;
		this.reason = network.reason = undefined;
		this.address = address;
		this.#options.onJoined(network, address);
	}

	/** For the radio's listener. */
	onLost(reason: DisconnectReason): void {
		if (this.#phase === "joining" || this.#phase === "joined") this.#fail(reason);
	}

	/** The scan that was asked for last has ended. */
	onScanned(): void {
		if (!this.#isSearching) return;
		this.#options.clock.clear(this.#timer);
		this.#lineUp();
	}

	#begin(first: StoredNetwork | undefined): void {
		this.#failed = undefined;
		this.#first = this.#networks.length > 1 ? first : this.#networks[0];
		this.#queue = this.#first ? [this.#first] : [];
		if (this.#first) this.#attempt();
		else this.#search();
	}

	#search(): void {
		const { clock, scan } = this.#options;
		this.#phase = "waiting";
		this.#isSearching = true;
		if (scan.refresh()) this.#timer = clock.set(() => this.#lineUp(), searchMs);
		else this.#lineUp();
	}

	#lineUp(): void {
		const { scan } = this.#options;
		this.#isSearching = false;
		this.#queue = inOrder(this.#networks, scan.networks).filter(network => network !== this.#first);
		this.#first = undefined;
		this.#attempt();
	}

	#attempt(): void {
		const { clock, radio, station } = this.#options;
		const network = this.#queue.shift();
		if (!network) {
			this.#begin(undefined);
			return;
		}
		const { ssid, password } = network;
		this.#network = network;
		network.triedAt = clock.ticks;
		this.#phase = "joining";
		this.#timer = clock.set(() => {
			radio.leave();
			this.#fail("no-answer");
		}, attemptMs);
		try {
			radio.join({ ssid, password }, station(network));
		} catch {
			this.#fail("refused");
		}
	}

	#fail(reason: FailureReason): void {
		const { clock, onFailed } = this.#options;
		const network = this.#network!;
		const wasJoined = this.#phase === "joined";
		clock.clear(this.#timer);
		this.#phase = "waiting";
		this.reason = network.reason = reason;
		this.address = undefined;
		if (wasJoined) this.#pause(network);
		else if (this.#queue.length > 0) this.#timer = clock.set(() => this.#attempt(), nextMs);
		else if (this.#first && this.#networks.length > 1) this.#timer = clock.set(() => this.#search(), nextMs);
		else this.#pause(undefined);
		this.#failed ??= clock.ticks;
		onFailed(network, reason);
	}

	/** @param first As of `join`. */
	#pause(first: StoredNetwork | undefined): void {
		const { clock } = this.#options;
		const [shortest = 0] = backoffMs;
		const othersMs = clock.ticks - (this.#failed ?? clock.ticks);
		const delayMs = backoffMs[Math.min(this.#failures++, backoffMs.length - 1)]! - othersMs;
		this.#timer = clock.set(() => this.#begin(first), Math.max(delayMs, shortest));
	}
}
