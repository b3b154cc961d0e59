export interface Credentials {
	/** 1 to 32 bytes of UTF-8. */
	readonly ssid: string;
	/** `undefined` for an open network. */
	readonly password: string | undefined;
}

/** An IPv4 address given by hand, in place of DHCP. */
export interface StaticAddress {
	readonly address: string;
	readonly mask: string;
	/** On the same link. */
	readonly gateway: string;
	/** The DNS server. */
	readonly dns: string;
}

/** What the device is in the network that it joins. */
export interface Station {
	/** Told to the DHCP server (RFC 2132, option 12): at most 32 characters, as RFC 1123, 2.1 has them. */
	readonly hostName: string;
	/** `undefined` for DHCP. */
	readonly staticAddress: StaticAddress | undefined;
}

/** A Wi-Fi network in reach. */
export interface FoundNetwork {
	readonly ssid: string;
	/** Signal strength, about -30 (near) to -90 (hardly usable). */
	readonly dBm: number;
	/** Whether it needs a password. */
	readonly secure: boolean;
}

/** Why the radio is not in the network. `refused` stands for any other reason. */
export type DisconnectReason = "wrong-password" | "not-found" | "lost" | "refused";

/** Callbacks of a radio. None comes after `close`, nor for a `join` that `leave` or another `join` has replaced. */
export interface RadioListener {
	/** The `join` has succeeded, and the station has an address. Also called when the address changes. */
	onJoined(address: string): void;
	/** The `join` has failed, or the network is lost. The radio is idle until the next `join`. */
	onLost(reason: DisconnectReason): void;
	/** The `scan` has ended. `networks` is empty if it failed, and may have a network several times. */
	onScanned(networks: readonly FoundNetwork[]): void;
}

/** A Wi-Fi radio: a station, an access point, or both. It retries nothing and decides nothing. */
export interface Radio {
	/** The station's hardware address, `24:6F:28:AB:CD:EF`. */
	readonly mac: string;
	/** The netmask of the network joined, `255.255.255.0`; absent where it is unknown. */
	readonly mask?: string | undefined;
	/** To be set before anything else is called. */
	listener: RadioListener | undefined;
	/** Leaves the network, and starts to join. `onJoined` or `onLost` follows, without a time limit. @throws {Error} The radio fails. */
	join(credentials: Credentials, station: Station): void;
	/** May be called at any time. */
	leave(): void;
	/** Scans for networks. `onScanned` follows. Not while it joins. @throws {Error} The radio fails. */
	scan(): void;
	/**
	 * Opens an access point with its own DHCP, beside the station. May be called while it is open.
	 * @param password 8 to 63 characters; `undefined` for an open one.
	 * @returns The device's address in it. Its netmask is 255.255.255.0.
	 * @throws {Error} The radio fails.
	 */
	openAccessPoint(ssid: string, password: string | undefined): string;
	/** May be called at any time. */
	closeAccessPoint(): void;
	/** Asks the gateway for its hardware address. @returns Whether any host of the network has responded or spoken to the device since the join. */
	hasNeighbour(): boolean;
	/** @returns Strength of the signal, dBm; `undefined` without a network. */
	signal(): number | undefined;
	/** May be called twice. */
	close(): void;
}
