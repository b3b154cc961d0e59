/** Lists the networks in reach to an Improv client: a packet each, and an empty one. */

import type { Clock, Timer } from "../platform/clock.js";
import type { FoundNetwork } from "../platform/radio.js";

/** A scan takes some seconds. After so long the list is sent as it is, ms. */
const SCAN_MS = 10_000;

/** From one packet to the next, ms: the UART's send buffer of 128 bytes takes one (62 bytes at most), so that none blocks. */
const PACE_MS = 10;

export interface NetworkListOptions {
	clock: Clock;
	/** As of `Provisioning`. */
	scan(): readonly FoundNetwork[];
	/** Sends a packet with these texts. */
	send(texts: readonly string[]): void;
}

export class NetworkList {
	#options: NetworkListOptions;
	/** What is still to be sent, from `#next` on; `undefined` while the scan is awaited, and outside of a request. */
	#networks: readonly FoundNetwork[] | undefined;
	#next = 0;
	/** Of the wait or of the next packet; `undefined` outside of a request. */
	#timer: Timer | undefined;

	constructor(options: NetworkListOptions) {
		this.#options = options;
	}

	/** A client has asked. A list that is being sent begins anew. */
	request(): void {
		this.close();
		this.#wait(() => this.#begin(this.#options.scan()), SCAN_MS);
		this.onChange();
	}

	/** The networks may have changed, or a scan may be possible now. */
	onChange(): void {
		if (this.#timer === undefined || this.#networks) return;
		const networks = this.#options.scan();
		if (networks.length > 0) this.#begin(networks);
	}

	/** May be called twice. */
	close(): void {
		this.#options.clock.clear(this.#timer);
		this.#timer = undefined;
		this.#networks = undefined;
	}

	#begin(networks: readonly FoundNetwork[]): void {
		this.#networks = networks;
		this.#next = 0;
		this.#sendNext();
	}

	#sendNext(): void {
		const { send } = this.#options;
		const network = this.#networks?.[this.#next++];
		if (network) {
			const { ssid, dBm, secure } = network;
			send([ssid, `${dBm}`, secure ? "YES" : "NO"]);
			this.#wait(() => this.#sendNext(), PACE_MS);
		} else {
			this.close();
			send([]);
		}
	}

	#wait(callback: () => void, ms: number): void {
		const { clock } = this.#options;
		clock.clear(this.#timer);
		this.#timer = clock.set(callback, ms);
	}
}
