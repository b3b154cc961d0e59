/** The device's Wi-Fi: joins what it knows, and opens an access point of its own where nobody has told it what to join. */

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

/** Credentials that have never worked are tried for this long before the access point opens, ms. */
const giveUpMs = 120_000;

/** After joining, the access point stays for this long: phones that dropped off come back and show how it went. */
const outcomeMs = 60_000;

/** Failed attempts that settle a `tryJoin`; a wrong password settles it at once. */
const trialAttempts = 2;

/** From one search for networks to the next, ms. */
const scanMs = 10_000;

/** Networks listed. */
const mostNetworks = 20;

/** From an access point that could not be opened to the next attempt, ms. */
const retryMs = 5000;

export interface KnownCredentials extends Credentials {
	/** Whether the network was ever joined with them. */
	readonly worked: boolean;
}

/** Where credentials outlast a restart. */
export interface CredentialStore {
	load(): KnownCredentials | undefined;
	/** Without any: forgets them. @throws {Error} They cannot be written. */
	save(credentials: KnownCredentials | undefined): void;
}

export interface WiFiManagerOptions {
	clock: Clock;
	radio: Radio;
	/** The device's name: 1 to 24 letters, digits and hyphens. */
	name: string;
	store: CredentialStore;
	/** Of the access point: 8 to 63 characters; `undefined` leaves it open. */
	accessPointPassword?: string | undefined;
	/** An interface has come up: a network was joined, or the access point opened. */
	onUp(address: string): void;
	/** The access point has opened or, without an address, closed. */
	onAccessPoint(address: string | undefined): void;
	/** A network was joined or, without an address, lost. */
	onStation(address: string | undefined): void;
	/** One line for the person at the console. */
	log(line: string): void;
}

export class WiFiManager implements Provisioning {
	/** The name under which the device is found, without `.local`. */
	host: string;
	#options: WiFiManagerOptions;
	#joiner: WiFiConnector;
	#known: KnownCredentials | undefined;
	/** What `tryJoin` is at, and how often it has failed. */
	#trial: { credentials: Credentials; failures: number } | undefined;
	/** What `tryJoin` was last at, when it failed. */
	#failed: { ssid: string; reason: FailureReason } | undefined;
	#accessPoint: { ssid: string; address: string } | undefined;
	/** Opens or closes the access point. */
	#timer: Timer | undefined;
	#networks: FoundNetwork[] = [];
	/** When the newest search started. */
	#scanned = Number.NEGATIVE_INFINITY;

	constructor(options: WiFiManagerOptions) {
		const { clock, radio, name, store } = options;
		this.#options = options;
		this.host = name;
		this.#joiner = new WiFiConnector({
			clock,
			radio,
			onJoined: address => this.#joined(address),
			onFailed: reason => this.#notJoined(reason),
		});
		radio.listener = {
			onJoined: address => this.#joiner.onJoined(address),
			onLost: reason => this.#joiner.onLost(reason),
			onScanned: networks => {
				this.#networks = strongest(networks);
			},
		};
		this.#known = store.load();
		this.#resume();
	}

	get state(): ProvisioningState {
		const { phase, credentials, reason, address } = this.#joiner;
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

	/** Seconds are too long for a page to wait: what an earlier search found is told at once. */
	scan(): readonly FoundNetwork[] {
		const { clock, radio } = this.#options;
		if (this.#joiner.phase !== "joining" && clock.ticks - this.#scanned >= scanMs) {
			this.#scanned = clock.ticks;
			try {
				radio.scan();
			} catch {
				// The radio is at something else; what was found before stays.
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
		this.#joiner.join(credentials);
	}

	forget(): void {
		const { onStation } = this.#options;
		this.#known = undefined;
		this.#trial = undefined;
		this.#failed = undefined;
		this.#save();
		const { phase } = this.#joiner;
		this.#joiner.leave();
		if (phase === "joined") onStation(undefined);
		this.#open();
	}

	isGuest(remoteAddress: string | undefined): boolean {
		const { address } = this.#joiner;
		if (!this.#accessPoint || remoteAddress === undefined) return false;
		const through = (own: string) => sameNetwork(remoteAddress, own);
		return through(this.#accessPoint.address) && !(address !== undefined && through(address));
	}

	close(): void {
		const { clock, radio } = this.#options;
		clock.clear(this.#timer);
		this.#joiner.leave();
		radio.listener = undefined;
		radio.close();
	}

	/** Joins what is known, or waits for somebody to tell. */
	#resume(): void {
		const { clock } = this.#options;
		const known = this.#known;
		if (!known) {
			this.#joiner.leave();
			this.#open();
			return;
		}
		if (!known.worked && !this.#accessPoint) {
			clock.clear(this.#timer);
			this.#timer = clock.set(() => this.#open(), giveUpMs);
		}
		this.#joiner.join({ ssid: known.ssid, password: known.password });
	}

	#joined(address: string): void {
		const { clock, onStation, onUp } = this.#options;
		const credentials = this.#joiner.credentials!;
		if (this.#trial || !this.#known?.worked) {
			this.#known = { ...credentials, worked: true };
			this.#trial = undefined;
			this.#save();
		}
		clock.clear(this.#timer);
		if (this.#accessPoint) this.#timer = clock.set(() => this.#shut(), outcomeMs);
		onStation(address);
		onUp(address);
	}

	#notJoined(reason: FailureReason): void {
		const { log, onStation } = this.#options;
		const { ssid } = this.#joiner.credentials!;
		log(`Wi-Fi ${ssid}: ${explanations[reason]}`);
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

	/** Credentials that cannot be kept do as long as the device runs. */
	#save(): void {
		const { store, log } = this.#options;
		try {
			store.save(this.#known);
		} catch (error) {
			log(`the Wi-Fi cannot be kept: ${(error as Error).message}`);
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
			log(`access point ${ssid}: not open (${(error as Error).message}), next attempt in ${retryMs / 1000} s`);
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
		"no-answer": "no answer",
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
		.slice(0, mostNetworks);
}
