import type { SavedNetworks } from "../../modules/network/stored-networks.js";
import { WiFiManager, type WiFiManagerOptions } from "../../modules/network/wifi-manager.js";
import type { Credentials, StaticAddress, Station } from "../../modules/platform/radio.js";
import { type SimulatedNetwork, SimulatedRadio } from "../../modules/platform/simulated/radio.js";
import { FakeClock } from "../fakes/clock.js";

export const home: SimulatedNetwork = { ssid: "Home", password: "correct horse", dBm: -55 };
export const attic: SimulatedNetwork = { ssid: "Attic", password: undefined, dBm: -71 };

/** @returns What a device keeps of these networks. @param joined The one that worked last. */
export function saved(networks: readonly SimulatedNetwork[], joined?: SimulatedNetwork): SavedNetworks {
	return { networks: networks.map(({ ssid, password }) => ({ ssid, password })), joined: joined?.ssid };
}

/** Fails when it is told to join during a join. */
export class StrictRadio extends SimulatedRadio {
	joins = 0;
	/** Names of the networks tried, since the test has emptied it. */
	readonly tried: string[] = [];

	override join(credentials: Credentials, station: Station): void {
		if (this.joining) throw new Error("two joins at once");
		this.joins++;
		this.tried.push(credentials.ssid);
		super.join(credentials, station);
	}
}

/** A device's Wi-Fi on a fake clock and radio. */
export class Bench {
	readonly clock = new FakeClock();
	readonly radio = new StrictRadio({
		clock: this.clock,
		networks: [],
		address: "192.0.2.7",
		accessPointAddress: "192.168.4.1",
	});
	/** What outlasts a restart. */
	stored = saved([]);
	/** As of the settings. */
	staticAddress: StaticAddress | undefined;
	/** How often it was written. */
	saves = 0;
	/** Addresses of interfaces that came up. */
	readonly ups: string[] = [];
	/** The address in the network, as last told. */
	station: string | undefined;
	accessPoint: string | undefined;
	readonly lines: string[] = [];

	/** Starts the device. */
	start(options: Partial<WiFiManagerOptions> = {}): WiFiManager {
		return new WiFiManager({
			clock: this.clock,
			radio: this.radio,
			name: "dht",
			store: {
				load: () => this.stored,
				save: ({ networks, joined }) => {
					this.stored = { networks: networks.map(({ ssid, password }) => ({ ssid, password })), joined };
					this.saves++;
				},
			},
			staticAddress: () => this.staticAddress,
			onUp: address => this.ups.push(address),
			onStation: address => {
				this.station = address;
			},
			onAccessPoint: address => {
				this.accessPoint = address;
			},
			log: line => this.lines.push(line),
			...options,
		});
	}
}
