/** The networks that a device joins, over a restart. */

import type { Logger } from "../log/log.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { Credentials } from "../platform/radio.js";
import type { FailureReason } from "./provisioning.js";

/** Networks that are kept. */
const max = 3;

/** Between two writes that change the order alone, ms: a device between two networks wears its flash by 144 writes a day at most. */
const orderMs = 600_000;

export interface SavedNetworks {
	/** At most three, each name once. */
	readonly networks: readonly Credentials[];
	/** The name of the network that was joined last; `undefined` if none ever was. */
	readonly joined: string | undefined;
}

/** Holds networks over a restart. */
export interface NetworkStore {
	load(): SavedNetworks;
	/** @param saved Without networks all are deleted. @throws {Error} They cannot be written. */
	save(saved: SavedNetworks): void;
}

/** A network that the device joins, and how its newest attempt ended. */
export class StoredNetwork implements Credentials {
	readonly ssid: string;
	readonly password: string | undefined;
	/** `undefined` if it did not fail. */
	reason: FailureReason | undefined;
	/** When the newest attempt began, ms since boot. */
	triedAt = 0;

	constructor({ ssid, password }: Credentials) {
		this.ssid = ssid;
		this.password = password;
	}
}

export interface StoredNetworksOptions {
	clock: Clock;
	store: NetworkStore;
	/** Prints one line on the console. */
	log: Logger;
}

export class StoredNetworks {
	#options: StoredNetworksOptions;
	#list: readonly StoredNetwork[] = [];
	#joined: string | undefined;
	/** When the order was written last, ms since boot. */
	#saved = Number.NEGATIVE_INFINITY;
	/** Until the order is written. */
	#timer: Timer | undefined;

	constructor(options: StoredNetworksOptions) {
		this.#options = options;
		this.reload();
	}

	/** The one that was joined last first. */
	get list(): readonly StoredNetwork[] {
		return this.#list;
	}

	/** Whether one of them was ever joined. */
	get haveWorked(): boolean {
		return this.#joined !== undefined;
	}

	/** Takes over what the store has. Networks that are there with the same password stay the same objects. */
	reload(): void {
		const { networks, joined } = this.#options.store.load();
		const list = networks.map(
			one =>
				this.#list.find(({ ssid, password }) => ssid === one.ssid && password === one.password) ??
				new StoredNetwork(one),
		);
		const pending = this.#timer && this.#list[0];
		const first = list.find(one => one === pending) ?? list.find(({ ssid }) => ssid === joined);
		this.#joined = first?.ssid;
		this.#list = first ? [first, ...list.filter(other => other !== first)] : list;
	}

	/** A network was joined: it comes first. Where there are three others, that which was joined the longest ago goes. */
	remember(network: StoredNetwork): void {
		if (network === this.#list[0] && this.#joined === network.ssid) return;
		const { clock, log } = this.#options;
		const isOrder = this.haveWorked && this.#list.includes(network);
		const list = [network, ...this.#list.filter(({ ssid }) => ssid !== network.ssid)];
		for (const { ssid } of list.splice(max)) log(`Wi-Fi ${ssid}: forgotten, for there are ${max} others`);
		this.#list = list;
		this.#joined = network.ssid;
		const delayMs = this.#saved + orderMs - clock.ticks;
		if (!isOrder) this.#save();
		else if (delayMs <= 0) this.#saveOrder();
		else this.#timer ??= clock.set(() => this.#saveOrder(), delayMs);
	}

	clear(): void {
		this.#list = [];
		this.#joined = undefined;
		this.#save();
	}

	/** Writes what is pending. May be called twice. */
	close(): void {
		if (this.#timer) this.#save();
	}

	#saveOrder(): void {
		this.#saved = this.#options.clock.ticks;
		this.#save();
	}

	/** Networks that cannot be saved hold until the next restart. */
	#save(): void {
		const { clock, store, log } = this.#options;
		clock.clear(this.#timer);
		this.#timer = undefined;
		try {
			store.save({ networks: this.#list, joined: this.#joined });
		} catch (error) {
			log(`the Wi-Fi cannot be kept: ${(error as Error).message}`, "error");
		}
	}
}
