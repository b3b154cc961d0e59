/** A radio without waves: networks that come and go, each with its password. */

import type { Clock, Timer } from "../clock.js";
import type {
	Credentials,
	DisconnectReason,
	FoundNetwork,
	Radio,
	RadioListener,
	StaticAddress,
	Station,
} from "../radio.js";

export interface SimulatedNetwork {
	readonly ssid: string;
	/** `undefined` for an open one. */
	readonly password: string | undefined;
	readonly dBm: number;
	/** Whether it is joined by name alone, since no scan finds it. @defaultValue false */
	readonly isHidden?: boolean;
	/** Whether nobody there gives addresses. @defaultValue false */
	readonly lacksDHCP?: boolean;
}

/** A network that is away for a while. */
export interface Absence {
	readonly ssid: string;
	/** When it goes, ms after the start, and for how long. */
	readonly atMs: number;
	readonly forMs: number;
}

export interface SimulatedRadioOptions {
	clock: Clock;
	networks: readonly SimulatedNetwork[];
	/** The device's address in each of them, by DHCP. */
	address: string;
	/** Of all networks, which are as wide as its first three numbers. @defaultValue the first of the network of `address` */
	gateway?: string;
	/** @defaultValue none */
	absences?: readonly Absence[];
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
	/** As of the newest join. */
	hostName: string | undefined;
	#options: SimulatedRadioOptions;
	#networks: SimulatedNetwork[];
	#joined: SimulatedNetwork | undefined;
	/** In the network joined. */
	#staticAddress: StaticAddress | undefined;
	#joining: Timer | undefined;
	#searching: Timer | undefined;

	constructor(options: SimulatedRadioOptions) {
		this.#options = options;
		this.#networks = [...options.networks];
		for (const absence of options.absences ?? []) this.#plan(absence);
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

	join({ ssid, password }: Credentials, { hostName, staticAddress }: Station): void {
		this.leave();
		const { clock, address } = this.#options;
		this.hostName = hostName;
		const found = this.#networks.find(network => network.ssid === ssid);
		this.#joining = clock.set(
			() => {
				this.#joining = undefined;
				const network = this.#networks.find(one => one.ssid === ssid);
				if (!network || network.dBm < faintest) this.#lose("not-found");
				else if (network.password !== password) this.#lose("wrong-password");
				else {
					this.#joined = network;
					this.#staticAddress = staticAddress;
					if (staticAddress) this.listener?.onJoined(staticAddress.address);
					else if (!network.lacksDHCP) this.listener?.onJoined(address);
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
				this.#networks
					.filter(({ isHidden }) => !isHidden)
					.map(({ ssid, password, dBm }): FoundNetwork => ({ ssid, dBm, secure: password !== undefined })),
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

	/** An address of another network finds nobody. */
	hasNeighbour(): boolean {
		const { address, gateway = `${networkOf(address)}1` } = this.#options;
		if (!this.#joined) return false;
		const fixed = this.#staticAddress;
		return !fixed || (networkOf(fixed.address) === networkOf(gateway) && fixed.gateway === gateway);
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

	#plan({ ssid, atMs, forMs }: Absence): void {
		const { clock, networks } = this.#options;
		const own = networks.filter(network => network.ssid === ssid);
		clock.set(() => {
			this.networks = this.#networks.filter(network => !own.includes(network));
			clock.set(() => {
				this.networks = [...this.#networks, ...own];
			}, forMs);
		}, atMs);
	}

	#lose(reason: DisconnectReason): void {
		this.listener?.onLost(reason);
	}
}

/** @returns `192.0.2.` of `192.0.2.7`. */
const networkOf = (address: string) => address.slice(0, address.lastIndexOf(".") + 1);
