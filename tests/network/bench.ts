import { type KnownCredentials, WiFiManager, type WiFiManagerOptions } from "../../modules/network/wifi-manager.js";
import type { Credentials } from "../../modules/platform/radio.js";
import { type SimulatedNetwork, SimulatedRadio } from "../../modules/platform/simulated/radio.js";
import { FakeClock } from "../fakes/clock.js";

export const home: SimulatedNetwork = { ssid: "Home", password: "correct horse", dBm: -55 };
export const attic: SimulatedNetwork = { ssid: "Attic", password: undefined, dBm: -71 };

/** Fails when it is told to join during a join. */
export class StrictRadio extends SimulatedRadio {
	joins = 0;

	override join(credentials: Credentials): void {
		if (this.joining) throw new Error("two joins at once");
		this.joins++;
		super.join(credentials);
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
	stored: KnownCredentials | undefined;
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
				save: credentials => {
					this.stored = credentials;
					this.saves++;
				},
			},
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
