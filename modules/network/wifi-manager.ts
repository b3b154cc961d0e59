/** The device's Wi-Fi: joins the network of the stored credentials, and opens an access point of its own without any. */

import type { Logger } from "../log/log.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { Credentials, FoundNetwork, Radio } from "../platform/radio.js";
import {
	checkCredentials,
	type FailureReason,
	type Provisioning,
	type ProvisioningState,
	sameNetwork,
} from "./provisioning.js";
import { WiFiConnector } from "./wifi-connector.js";

/** Attempts with credentials that have never worked last this long before the access point opens, ms. */
const giveUpMs = 120_000;

/** After joining the access point stays open this long: phones that lost it come back and show the result. */
const outcomeMs = 60_000;

/** Failed attempts that end a `tryJoin`. A wrong password ends it at once. */
const trialAttempts = 2;

/** From one scan to the next, ms. */
const scanMs = 10_000;

/** Networks listed. */
const maxNetworks = 20;

/** From an access point that could not be opened to the next attempt, ms. */
const retryMs = 5000;

export interface StoredCredentials extends Credentials {
	/** Whether the network was ever joined with them. */
	readonly worked: boolean;
}

/** Holds credentials over a restart. */
export interface CredentialStore {
	load(): StoredCredentials | undefined;
	/** @param credentials `undefined` deletes them. @throws {Error} They cannot be written. */
	save(credentials: StoredCredentials | undefined): void;
}

export interface WiFiManagerOptions {
	clock: Clock;
	radio: Radio;
	/** The device's name: 1 to 24 letters, digits and hyphens. */
	name: string;
	store: CredentialStore;
	/** Of the access point, 8 to 63 characters; `undefined` for an open one. */
	accessPointPassword?: string | undefined;
	/** An interface has come up: a network was joined, or the access point opened. */
	onUp(address: string): void;
	/** The access point has opened or, without an address, closed. */
	onAccessPoint(address: string | undefined): void;
	/** A network was joined or, without an address, lost. */
	onStation(address: string | undefined): void;
	/** Prints one line on the console. */
	log: Logger;
}

export class WiFiManager implements Provisioning {
	/** The device's mDNS name, without `.local`. */
	host: string;
	onChange: (() => void) | undefined;
	#options: WiFiManagerOptions;
	#connector: WiFiConnector;
	#stored: StoredCredentials | undefined;
	/** Of `tryJoin`, while it runs. */
	#trial: { credentials: Credentials; failures: number } | undefined;
	/** Of the last `tryJoin`, if it failed. */
	#failed: { ssid: string; reason: FailureReason } | undefined;
	#accessPoint: { ssid: string; address: string } | undefined;
	/** Opens or closes the access point. */
	#timer: Timer | undefined;
	#networks: FoundNetwork[] = [];
	/** When the newest scan started, ms since boot. */
	#scanned = Number.NEGATIVE_INFINITY;

	constructor(options: WiFiManagerOptions) {
		const { clock, radio, name, store } = options;
		this.#options = options;
		this.host = name;
		this.#connector = new WiFiConnector({
			clock,
			radio,
			onJoined: address => {
				this.#joined(address);
				this.onChange?.();
			},
			onFailed: reason => {
				this.#failedToJoin(reason);
				this.onChange?.();
			},
		});
		radio.listener = {
			onJoined: address => this.#connector.onJoined(address),
			onLost: reason => this.#connector.onLost(reason),
			onScanned: networks => {
				this.#networks = strongest(networks);
				this.onChange?.();
			},
		};
		this.#stored = store.load();
		this.#resume();
	}

	get state(): ProvisioningState {
		const { phase, credentials, reason, address } = this.#connector;
		const joining = phase === "idle" ? "setup" : phase === "waiting" ? "joining" : phase;
		const failed = this.#failed;
		return {
			phase: failed && joining !== "joined" ? "failed" : joining,
			ssid: (failed && joining !== "joined" ? failed.ssid : credentials?.ssid) ?? null,
			reason: failed?.reason ?? reason ?? null,
			address: address ?? null,
			host: `${this.host}.local`,
			accessPoint: this.#accessPoint ?? null,
		};
	}

	/** A scan takes seconds, too long for a page to wait: the networks of an earlier one are returned at once. */
	scan(): readonly FoundNetwork[] {
		const { clock, radio } = this.#options;
		if (this.#connector.phase !== "joining" && clock.ticks - this.#scanned >= scanMs) {
			this.#scanned = clock.ticks;
			try {
				radio.scan();
			} catch {
				// The radio is busy: the earlier networks stay.
			}
		}
		return this.#networks;
	}

	tryJoin(ssid: string, password: string | undefined): void {
		const credentials = { ssid, password };
		checkCredentials(credentials);
		if (this.#accessPoint) this.#options.clock.clear(this.#timer);
		this.#failed = undefined;
		this.#trial = { credentials, failures: 0 };
		this.#connector.join(credentials);
		this.onChange?.();
	}

	forget(): void {
		const { onStation } = this.#options;
		this.#stored = undefined;
		this.#trial = undefined;
		this.#failed = undefined;
		this.#save();
		const { phase } = this.#connector;
		this.#connector.leave();
		if (phase === "joined") onStation(undefined);
		this.#open();
		this.onChange?.();
	}

	isGuest(remoteAddress: string | undefined): boolean {
		const { address } = this.#connector;
		if (!this.#accessPoint || remoteAddress === undefined) return false;
		const through = (own: string) => sameNetwork(remoteAddress, own);
		return through(this.#accessPoint.address) && !(address !== undefined && through(address));
	}

	close(): void {
		const { clock, radio } = this.#options;
		clock.clear(this.#timer);
		this.#connector.leave();
		radio.listener = undefined;
		radio.close();
	}

	/** Joins with the stored credentials, or waits for some in the access point. */
	#resume(): void {
		const { clock } = this.#options;
		const stored = this.#stored;
		if (!stored) {
			this.#connector.leave();
			this.#open();
			return;
		}
		if (!stored.worked && !this.#accessPoint) {
			clock.clear(this.#timer);
			this.#timer = clock.set(() => this.#open(), giveUpMs);
		}
		this.#connector.join({ ssid: stored.ssid, password: stored.password });
	}

	#joined(address: string): void {
		const { clock, onStation, onUp } = this.#options;
		const credentials = this.#connector.credentials!;
		if (this.#trial || !this.#stored?.worked) {
			this.#stored = { ...credentials, worked: true };
			this.#trial = undefined;
			this.#save();
		}
		clock.clear(this.#timer);
		if (this.#accessPoint) this.#timer = clock.set(() => this.#shut(), outcomeMs);
		onStation(address);
		onUp(address);
	}

	#failedToJoin(reason: FailureReason): void {
		const { log, onStation } = this.#options;
		const { ssid } = this.#connector.credentials!;
		log(`Wi-Fi ${ssid}: ${explanations[reason]}`, "warning");
		onStation(undefined);
		const trial = this.#trial;
		if (!trial) {
			if (reason === "lost") this.#failed = undefined;
			return;
		}
		trial.failures++;
		if (trial.failures < trialAttempts && reason !== "wrong-password") return;
		this.#trial = undefined;
		this.#failed = { ssid, reason };
		this.#resume();
	}

	/** Credentials that cannot be saved hold until the next restart. */
	#save(): void {
		const { store, log } = this.#options;
		try {
			store.save(this.#stored);
		} catch (error) {
			log(`the Wi-Fi cannot be kept: ${(error as Error).message}`, "error");
		}
	}

	#open(): void {
		const { clock, radio, name, accessPointPassword, log, onAccessPoint, onUp } = this.#options;
		clock.clear(this.#timer);
		if (this.#accessPoint) return;
		const ssid = `${name}-${radio.mac.slice(-5).replace(":", "")}`;
		try {
			const address = radio.openAccessPoint(ssid, accessPointPassword);
			this.#accessPoint = { ssid, address };
			log(`access point ${ssid}: join it to tell the device its Wi-Fi`);
			onAccessPoint(address);
			onUp(address);
		} catch (error) {
			log(
				`access point ${ssid}: not open (${(error as Error).message}), next attempt in ${retryMs / 1000} s`,
				"warning",
			);
			this.#timer = clock.set(() => this.#open(), retryMs);
		}
	}

	#shut(): void {
		const { radio, onAccessPoint } = this.#options;
		this.#accessPoint = undefined;
		this.#failed = undefined;
		radio.closeAccessPoint();
		onAccessPoint(undefined);
	}
}

const explanations: Record<FailureReason, string> = Object.freeze(
	{
		"wrong-password": "the password is wrong",
		"not-found": "not in reach",
		lost: "connection lost",
		refused: "refused",
		"no-answer": "no response",
	},
	true,
);

/** @returns Each name once, without hidden ones. */
function strongest(networks: readonly FoundNetwork[]): FoundNetwork[] {
	const best = new Map<string, FoundNetwork>();
	for (const network of networks) {
		const { ssid, dBm } = network;
		if (ssid !== "" && dBm > (best.get(ssid)?.dBm ?? Number.NEGATIVE_INFINITY)) best.set(ssid, network);
	}
	return Array.from(best.values())
		.sort((one, other) => other.dBm - one.dBm)
		.slice(0, maxNetworks);
}
