/** A radio without waves: networks that come and go, each with its password. */

import type { Clock, Timer } from "../clock.js";
import type { Credentials, DisconnectReason, FoundNetwork, Radio, RadioListener } from "../radio.js";

export interface SimulatedNetwork {
	readonly ssid: string;
	/** `undefined` for an open one. */
	readonly password: string | undefined;
	readonly dBm: number;
}

export interface SimulatedRadioOptions {
	clock: Clock;
	networks: readonly SimulatedNetwork[];
	/** The device's address in each of them. */
	address: string;
	/** The device's address in its own access point. */
	accessPointAddress: string;
}

/** Networks below this are found but cannot be joined, dBm. */
const faintest = -90;

/** How long things take, ms. */
const joinMs = 1500;
const refuseMs = 2500;
const searchMs = 2000;

export class SimulatedRadio implements Radio {
	readonly mac = "02:00:00:00:D4:7A";
	listener: RadioListener | undefined;
	/** The access point, while it is open. */
	accessPoint: { ssid: string; password: string | undefined } | undefined;
	#options: SimulatedRadioOptions;
	#networks: SimulatedNetwork[];
	#joined: SimulatedNetwork | undefined;
	#joining: Timer | undefined;
	#searching: Timer | undefined;

	constructor(options: SimulatedRadioOptions) {
		this.#options = options;
		this.#networks = [...options.networks];
	}

	/** Networks that are there now; what is joined is lost when it is no longer among them. */
	get networks(): readonly SimulatedNetwork[] {
		return this.#networks;
	}
	set networks(networks: readonly SimulatedNetwork[]) {
		this.#networks = [...networks];
		if (this.#joined && !this.#networks.includes(this.#joined)) this.drop();
	}

	/** Whether a join is under way. */
	get joining(): boolean {
		return this.#joining !== undefined;
	}

	/** What is joined. */
	get ssid(): string | undefined {
		return this.#joined?.ssid;
	}

	join({ ssid, password }: Credentials): void {
		this.leave();
		const { clock } = this.#options;
		const found = this.#networks.find(network => network.ssid === ssid);
		this.#joining = clock.set(
			() => {
				this.#joining = undefined;
				const network = this.#networks.find(one => one.ssid === ssid);
				if (!network || network.dBm < faintest) this.#lose("not-found");
				else if (network.password !== password) this.#lose("wrong-password");
				else {
					this.#joined = network;
					this.listener?.onJoined(this.#options.address);
				}
			},
			found?.password === password && found ? joinMs : refuseMs,
		);
	}

	leave(): void {
		this.#options.clock.clear(this.#joining);
		this.#joining = undefined;
		this.#joined = undefined;
	}

	/** Loses what is joined, as when the network's power fails for a moment. */
	drop(): void {
		if (!this.#joined) return;
		this.#joined = undefined;
		this.#lose("lost");
	}

	scan(): void {
		if (this.#joining) throw new Error("joining");
		const { clock } = this.#options;
		clock.clear(this.#searching);
		this.#searching = clock.set(() => {
			this.listener?.onScanned(
				this.#networks.map(({ ssid, password, dBm }): FoundNetwork => ({ ssid, dBm, secure: password !== undefined })),
			);
		}, searchMs);
	}

	openAccessPoint(ssid: string, password: string | undefined): string {
		this.accessPoint = { ssid, password };
		return this.#options.accessPointAddress;
	}

	closeAccessPoint(): void {
		this.accessPoint = undefined;
	}

	signal(): number | undefined {
		return this.#joined?.dBm;
	}

	close(): void {
		this.leave();
		this.closeAccessPoint();
		this.#options.clock.clear(this.#searching);
		this.listener = undefined;
	}

	#lose(reason: DisconnectReason): void {
		this.listener?.onLost(reason);
	}
}
