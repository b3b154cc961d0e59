/** The device's Wi-Fi: joins one of the stored networks, and opens an access point of its own without any. */

import type { Logger } from "../log/log.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { FoundNetwork, Radio, StaticAddress } from "../platform/radio.js";
import { AddressWatch } from "./address-watch.js";
import { NetworkScan } from "./network-scan.js";
import {
	checkCredentials,
	type FailureReason,
	type Provisioning,
	type ProvisioningState,
	sameNetwork,
} from "./provisioning.js";
import { type NetworkStore, StoredNetwork, StoredNetworks } from "./stored-networks.js";
import { WiFiConnector } from "./wifi-connector.js";

/** Attempts with networks of which none has ever worked last this long before the access point opens, ms. */
const giveUpMs = 120_000;

/** After joining the access point stays open this long: phones that lost it come back and show the result. */
const outcomeMs = 60_000;

/** Failed attempts that end a `tryJoin`. A wrong password ends it at once. */
const trialAttempts = 2;

/** From an access point that could not be opened to the next attempt, ms. */
const retryMs = 5000;

/** From a change to the join that it needs, ms: the response to the change gets through the network that is left. */
const reloadMs = 500;

export interface WiFiManagerOptions {
	clock: Clock;
	radio: Radio;
	/** The device's name: 1 to 24 letters, digits and hyphens. */
	name: string;
	store: NetworkStore;
	/** As of now; `undefined` for DHCP. */
	staticAddress(): StaticAddress | undefined;
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
	#scan: NetworkScan;
	#stored: StoredNetworks;
	#watch: AddressWatch;
	#connector: WiFiConnector;
	/** Of `tryJoin`, while it runs. */
	#trial: { network: StoredNetwork; failures: number } | undefined;
	/** Of the last `tryJoin`, if it failed. */
	#failed: StoredNetwork | undefined;
	#accessPoint: { ssid: string; address: string } | undefined;
	/** Opens or closes the access point. */
	#timer: Timer | undefined;
	/** Until networks that were changed are joined. */
	#reloading: Timer | undefined;

	constructor(options: WiFiManagerOptions) {
		const { clock, radio, name, store, staticAddress, log } = options;
		this.#options = options;
		this.host = name;
		this.#scan = new NetworkScan({ clock, radio });
		this.#stored = new StoredNetworks({ clock, store, log });
		this.#watch = new AddressWatch({ clock, radio, staticAddress, log, onUnreached: () => this.#resume() });
		this.#connector = this.#createConnector(options);
		radio.listener = {
			onJoined: address => this.#connector.onJoined(address),
			onLost: reason => this.#connector.onLost(reason),
			onScanned: networks => {
				this.#scan.onScanned(networks);
				this.#connector.onScanned();
				this.onChange?.();
			},
		};
		this.#resume();
	}

	get state(): ProvisioningState {
		const { phase, network, reason, address } = this.#connector;
		const joining = phase === "idle" ? "setup" : phase === "waiting" ? "joining" : phase;
		const failed = joining === "joined" ? undefined : this.#failed;
		return {
			phase: failed ? "failed" : joining,
			ssid: (failed ?? network)?.ssid ?? null,
			reason: this.#failed?.reason ?? reason ?? null,
			address: address ?? null,
			host: `${this.host}.local`,
			accessPoint: this.#accessPoint ?? null,
			stored: this.#stored.list.map(({ ssid, reason = null }) => ({ ssid, reason })),
			addressing: phase === "joined" && network ? this.#watch.addressing(network.ssid) : null,
		};
	}

	/** A scan takes seconds, too long for a page to wait: the networks of an earlier one are returned at once. */
	scan(): readonly FoundNetwork[] {
		if (this.#connector.phase !== "joining") this.#scan.refresh();
		return this.#scan.networks;
	}

	tryJoin(ssid: string, password: string | undefined): void {
		const { clock } = this.#options;
		const network = new StoredNetwork({ ssid, password });
		checkCredentials(network);
		if (this.#accessPoint) clock.clear(this.#timer);
		this.#failed = undefined;
		this.#trial = { network, failures: 0 };
		this.#connector.join([network]);
		this.onChange?.();
	}

	reload(): void {
		this.#stored.reload();
		this.#planReload();
	}

	forget(): void {
		this.#trial = undefined;
		this.#failed = undefined;
		this.#stored.clear();
		this.#giveUp();
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
		clock.clear(this.#reloading);
		this.#stored.close();
		this.#watch.stop();
		this.#connector.leave();
		radio.listener = undefined;
		radio.close();
	}

	#createConnector({ clock, radio, name }: WiFiManagerOptions): WiFiConnector {
		return new WiFiConnector({
			clock,
			radio,
			scan: this.#scan,
			station: ({ ssid }) => ({ hostName: name, staticAddress: this.#watch.addressFor(ssid) }),
			onJoined: (network, address) => {
				this.#joined(network, address);
				this.onChange?.();
			},
			onFailed: (network, reason) => {
				this.#failedToJoin(network, reason);
				this.onChange?.();
			},
		});
	}

	/** Joins one of the stored networks, or waits for some in the access point. */
	#resume(): void {
		const { clock, onStation } = this.#options;
		const { list, haveWorked } = this.#stored;
		if (list.length === 0) {
			this.#giveUp();
			return;
		}
		if (this.#connector.phase === "joined") onStation(undefined);
		if (!haveWorked && !this.#accessPoint) {
			clock.clear(this.#timer);
			this.#timer = clock.set(() => this.#open(), giveUpMs);
		}
		this.#connector.join(list, haveWorked ? list[0] : undefined);
	}

	/** There is no network to join. */
	#giveUp(): void {
		const wasJoined = this.#connector.phase === "joined";
		this.#watch.stop();
		this.#connector.leave();
		if (wasJoined) this.#options.onStation(undefined);
		this.#open();
	}

	#planReload(): void {
		const { clock } = this.#options;
		clock.clear(this.#reloading);
		this.#reloading = clock.set(() => this.#applyReload(), reloadMs);
	}

	/** Stays in the network joined if it is among those stored, and under the same address. A `tryJoin` comes to its end first. */
	#applyReload(): void {
		const { list } = this.#stored;
		const { phase, network } = this.#connector;
		if (this.#trial) {
			this.#planReload();
			return;
		}
		const isElsewhere = this.#watch.reload();
		if (phase === "joined" && !isElsewhere && network && list.includes(network)) this.#connector.replace(list);
		else this.#resume();
		this.onChange?.();
	}

	#joined(network: StoredNetwork, address: string): void {
		const { clock, onStation, onUp } = this.#options;
		// What a change has removed is left when the change is applied, and is not stored again.
		if (this.#trial || this.#stored.list.includes(network)) this.#stored.remember(network);
		this.#trial = undefined;
		this.#connector.replace(this.#stored.list);
		this.#watch.onJoined(network.ssid);
		clock.clear(this.#timer);
		if (this.#accessPoint) this.#timer = clock.set(() => this.#shut(), outcomeMs);
		onStation(address);
		onUp(address);
	}

	#failedToJoin(network: StoredNetwork, reason: FailureReason): void {
		const { log, onStation } = this.#options;
		log(`Wi-Fi ${network.ssid}: ${explanations[reason]}`, "warning");
		this.#watch.onFailed(network.ssid, reason);
		onStation(undefined);
		const trial = this.#trial;
		if (!trial) {
			if (reason === "lost") this.#failed = undefined;
			return;
		}
		trial.failures++;
		if (trial.failures < trialAttempts && reason !== "wrong-password") return;
		this.#trial = undefined;
		this.#failed = network;
		this.#resume();
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
