export interface Credentials {
	/** 1 to 32 bytes of UTF-8. */
	readonly ssid: string;
	/** `undefined` for an open network. */
	readonly password: string | undefined;
}

/** A Wi-Fi network in reach. */
export interface FoundNetwork {
	readonly ssid: string;
	/** Signal strength, about -30 (near) to -90 (hardly usable). */
	readonly dBm: number;
	/** Whether it asks for a password. */
	readonly secure: boolean;
}

/** Why the radio is not in the network: `refused` for whatever has no name of its own. */
export type DisconnectReason = "wrong-password" | "not-found" | "lost" | "refused";

/** What a radio tells. After `close`, and of a `join` that another one or `leave` has replaced, nothing. */
export interface RadioListener {
	/** The `join` asked for has succeeded, address and all; also called when the address changes. */
	onJoined(address: string): void;
	/** The `join` asked for has failed, or what was joined is lost: the radio does nothing more until the next `join`. */
	onLost(reason: DisconnectReason): void;
	/** The `scan` asked for has ended; empty when it failed. A network may be in it several times. */
	onScanned(networks: readonly FoundNetwork[]): void;
}

/** A Wi-Fi radio: a station, an access point, or both. It retries nothing and decides nothing. */
export interface Radio {
	/** The station's hardware address, `24:6F:28:AB:CD:EF`. */
	readonly mac: string;
	/** Of the network joined, as IPv4 has it, `255.255.255.0`; absent where the radio cannot tell. */
	readonly mask?: string | undefined;
	/** To be set before anything else is called. */
	listener: RadioListener | undefined;
	/** Starts to join, in place of what was joined; `onJoined` or `onLost` follows, though perhaps late. @throws {Error} The radio refuses. */
	join(credentials: Credentials): void;
	/** May be called at any time. */
	leave(): void;
	/** Looks for networks; `onScanned` follows. Not while it joins. @throws {Error} The radio refuses. */
	scan(): void;
	/**
	 * Opens an access point with its own DHCP, beside the station. May be called while it is open.
	 * @param password 8 to 63 characters; `undefined` for an open one.
	 * @returns The device's address in it; the network is that with 255.255.255.0.
	 * @throws {Error} The radio refuses.
	 */
	openAccessPoint(ssid: string, password: string | undefined): string;
	/** May be called at any time. */
	closeAccessPoint(): void;
	/** @returns Strength of the signal in dBm; `undefined` while nothing is joined. */
	signal(): number | undefined;
	/** May be called twice. */
	close(): void;
}
