/** The networks in reach, as the newest scan found them. */

import type { Clock } from "../platform/clock.js";
import type { FoundNetwork, Radio } from "../platform/radio.js";

/** From one scan to the next, ms: each takes the radio off its channel for some seconds. */
const scanMs = 10_000;

/** Networks that are kept. */
const maxFound = 20;

export class NetworkScan {
	/** Of each name the strongest, the strongest first, without hidden ones. */
	networks: readonly FoundNetwork[] = [];
	#clock: Clock;
	#radio: Radio;
	/** When the newest scan started, ms since boot. */
	#started = Number.NEGATIVE_INFINITY;
	#isPending = false;

	constructor({ clock, radio }: { clock: Clock; radio: Radio }) {
		this.#clock = clock;
		this.#radio = radio;
	}

	/** Starts a scan if the newest one is older than ten seconds. Not while the radio joins. @returns Whether one is under way. */
	refresh(): boolean {
		const { ticks } = this.#clock;
		if (ticks - this.#started < scanMs) return this.#isPending;
		this.#started = ticks;
		try {
			this.#radio.scan();
			this.#isPending = true;
		} catch {
			// The radio is busy: the earlier networks stay.
			this.#isPending = false;
		}
		return this.#isPending;
	}

	/** For the radio's listener. */
	onScanned(networks: readonly FoundNetwork[]): void {
		this.#isPending = false;
		const best = new Map<string, FoundNetwork>();
		for (const network of networks) {
			const { ssid, dBm } = network;
			if (ssid !== "" && dBm > (best.get(ssid)?.dBm ?? Number.NEGATIVE_INFINITY)) best.set(ssid, network);
		}
		this.networks = Array.from(best.values())
			.sort((one, other) => other.dBm - one.dBm)
			.slice(0, maxFound);
	}
}
