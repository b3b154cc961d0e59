/** Under an address given by hand a device may be lost. Unless a host of the network responds, DHCP gives it another one. */

import type { Logger } from "../log/log.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { Radio, StaticAddress } from "../platform/radio.js";
import type { FailureReason } from "./provisioning.js";

/** From one look for a neighbour to the next, and how long none may be there, ms. */
const lookMs = 5000;
const patienceMs = 120_000;

export interface AddressWatchOptions {
	clock: Clock;
	radio: Radio;
	/** As of now; `undefined` for DHCP. */
	staticAddress(): StaticAddress | undefined;
	/** The network is to be joined anew: `addressFor` has DHCP for it. */
	onUnreached(): void;
	/** Prints one line on the console. */
	log: Logger;
}

export class AddressWatch {
	#options: AddressWatchOptions;
	/** Networks in which nobody responded, until the next start: at most three are joined. */
	#unreached: readonly string[] = [];
	#address: StaticAddress | undefined;
	/** By hand, at the newest join. */
	#given: StaticAddress | undefined;
	#timer: Timer | undefined;

	constructor(options: AddressWatchOptions) {
		this.#options = options;
	}

	/** @returns The address under which to join `ssid`; `undefined` for DHCP. */
	addressFor(ssid: string): StaticAddress | undefined {
		this.stop();
		this.#given = this.#options.staticAddress();
		this.#address = this.#unreached.includes(ssid) ? undefined : this.#given;
		return this.#address;
	}

	/** While `ssid` is joined. */
	addressing(ssid: string): "dhcp" | "static" | "fallback" {
		if (this.#address) return "static";
		return this.#unreached.includes(ssid) ? "fallback" : "dhcp";
	}

	/** `ssid` was joined under `addressFor`. */
	onJoined(ssid: string): void {
		const address = this.#address;
		if (!address || this.#timer) return;
		const { clock, radio, log, onUnreached } = this.#options;
		const end = clock.ticks + patienceMs;
		this.#timer = clock.repeat(() => {
			if (radio.hasNeighbour()) clock.clear(this.#timer);
			else if (clock.ticks >= end) {
				this.stop();
				log(
					`Wi-Fi ${ssid}: no host responds under ${address.address}, so DHCP gives an address until the next start`,
					"warning",
				);
				this.#unreached = [...this.#unreached, ssid];
				onUnreached();
			}
		}, lookMs);
	}

	/** Where DHCP gives no address either, that given by hand is used again. */
	onFailed(ssid: string, reason: FailureReason): void {
		this.stop();
		if (reason === "no-answer" && !this.#address) this.#unreached = this.#unreached.filter(other => other !== ssid);
	}

	/** @returns Whether another address is given since the newest join: networks are then judged anew. */
	reload(): boolean {
		if (JSON.stringify(this.#options.staticAddress()) === JSON.stringify(this.#given)) return false;
		this.#unreached = [];
		return true;
	}

	/** Of another network, or none. May be called twice. */
	stop(): void {
		this.#options.clock.clear(this.#timer);
		this.#timer = undefined;
	}
}
