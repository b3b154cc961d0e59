/** The ESP32's Wi-Fi as a `Radio`, over the SDK's `wifi` and `net`. */

import type { Credentials, DisconnectReason, FoundNetwork, Radio, RadioListener, Station } from "../radio.js";

/** Used of the SDK's `wifi`. */
export interface WiFiModule {
	new (options: undefined, onMessage: (message: string) => void): { close(): void };
	/** 1: station. */
	mode: number;
	connect(credentials: { ssid: string; password?: string }): void;
	disconnect(): void;
	scan(options: object, onFound: (found: { ssid: string; authentication: string; rssi: number } | null) => void): void;
	/** Opens the interface, then the radio. With `station` the station stays joined. */
	accessPoint(options: { ssid: string; password?: string; station: boolean }): void;
}

/** Used of the SDK's `net`. */
export interface NetModule {
	get(name: "IP", netInterface: "station"): string | undefined;
	get(name: "RSSI"): number | undefined;
}

/** Used of typings/wlan.d.ts. */
export interface WlanModule {
	watch(): void;
	readonly disconnectReason: number;
	readonly mask: string | undefined;
	setStation(hostName: string, address?: string, mask?: string, gateway?: string, dns?: string): void;
	hasNeighbour(): boolean;
	openPortal(address: string, uri: string): void;
}

export interface WiFiRadioOptions {
	WiFi: WiFiModule;
	Net: NetModule;
	Wlan: WlanModule;
	/** Of the station, six bytes. */
	mac: ArrayBuffer;
}

/**
 * The device's address in its access point. Samsung's phones and other Androids ignore a portal with a private address.
 * 4.0.0.0/8 is public, and no service is there: a guest of the access point misses nothing.
 */
const portalAddress = "4.3.2.1";

/** By ESP-IDF's `wifi_err_reason_t`. An access point that is silent in the handshake has rejected the password. */
const reasons: Readonly<Record<number, DisconnectReason>> = Object.freeze(
	{
		14: "wrong-password",
		15: "wrong-password",
		17: "wrong-password",
		202: "wrong-password",
		204: "wrong-password",
		210: "wrong-password",
		211: "wrong-password",
		201: "not-found",
		212: "not-found",
	},
	true,
);

/** The reason of a disconnection that the device asked for. */
const OWN = 8;

export class WiFiRadio implements Radio {
	readonly mac: string;
	listener: RadioListener | undefined;
	#WiFi: WiFiModule;
	#Net: NetModule;
	#Wlan: WlanModule;
	#messages: { close(): void } | undefined;
	#state: "idle" | "joining" | "joined" = "idle";
	/** Whether the message of a network that was left may still be pending. */
	#left = false;

	/** @throws {Error} The chip refuses. */
	constructor({ WiFi, Net, Wlan, mac }: WiFiRadioOptions) {
		this.#WiFi = WiFi;
		this.#Net = Net;
		this.#Wlan = Wlan;
		this.mac = Array.from(new Uint8Array(mac), byte => byte.toString(16).padStart(2, "0"))
			.join(":")
			.toUpperCase();
		Wlan.watch();
		WiFi.mode = 1;
		this.#messages = new WiFi(undefined, message => this.#onMessage(message));
	}

	get mask(): string | undefined {
		return this.#Wlan.mask;
	}

	join({ ssid, password }: Credentials, { hostName, staticAddress }: Station): void {
		this.leave();
		if (staticAddress) {
			const { address, mask, gateway, dns } = staticAddress;
			this.#Wlan.setStation(hostName, address, mask, gateway, dns);
		} else this.#Wlan.setStation(hostName);
		this.#WiFi.connect(password === undefined ? { ssid } : { ssid, password });
		this.#state = "joining";
	}

	leave(): void {
		if (this.#state === "idle") return;
		this.#state = "idle";
		this.#left = true;
		this.#WiFi.disconnect();
	}

	scan(): void {
		const found: FoundNetwork[] = [];
		this.#WiFi.scan({}, one => {
			if (one) found.push({ ssid: one.ssid, dBm: one.rssi, secure: one.authentication !== "none" });
			else this.listener?.onScanned(found);
		});
	}

	openAccessPoint(ssid: string, password: string | undefined): string {
		this.#WiFi.accessPoint({ ssid, ...(password === undefined ? {} : { password }), station: true });
		this.#Wlan.openPortal(portalAddress, `http://${portalAddress}/setup`);
		return portalAddress;
	}

	closeAccessPoint(): void {
		this.#WiFi.mode = 1;
	}

	hasNeighbour(): boolean {
		return this.#state === "joined" && this.#Wlan.hasNeighbour();
	}

	signal(): number | undefined {
		return this.#state === "joined" ? this.#Net.get("RSSI") : undefined;
	}

	close(): void {
		if (!this.#messages) return;
		this.leave();
		this.#messages.close();
		this.#messages = undefined;
		this.listener = undefined;
	}

	#onMessage(message: string): void {
		if (this.#state === "idle") return;
		if (message === "gotIP") {
			const address = this.#Net.get("IP", "station");
			if (address === undefined) return;
			this.#left = false;
			this.#state = "joined";
			this.listener?.onJoined(address);
		} else if (message === "disconnect") {
			const { disconnectReason } = this.#Wlan;
			const own = this.#left && disconnectReason === OWN;
			this.#left = false;
			if (own) return;
			const lost: DisconnectReason = this.#state === "joined" ? "lost" : (reasons[disconnectReason] ?? "refused");
			this.#state = "idle";
			this.listener?.onLost(lost);
		}
	}
}
