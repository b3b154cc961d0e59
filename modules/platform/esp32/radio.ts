/** The ESP32's Wi-Fi behind the types of a radio: the SDK's calls, and what its messages mean. */

import type { Credentials, DisconnectReason, FoundNetwork, Radio, RadioListener } from "../radio.js";

/** What is used of the SDK's `wifi`. */
export interface WiFiModule {
	new (options: undefined, onMessage: (message: string) => void): { close(): void };
	/** 1: station. */
	mode: number;
	connect(credentials: { ssid: string; password?: string }): void;
	disconnect(): void;
	scan(options: object, onFound: (found: { ssid: string; authentication: string; rssi: number } | null) => void): void;
	/** Opens it in this order: the interface, then the radio. With `station`, that stays joined. */
	accessPoint(options: { ssid: string; password?: string; station: boolean }): void;
}

/** What is used of the SDK's `net`. */
export interface NetModule {
	get(name: "IP", netInterface: "station"): string | undefined;
	get(name: "RSSI"): number | undefined;
}

/** What is used of typings/wlan.d.ts. */
export interface WlanModule {
	watch(): void;
	readonly lossReason: number;
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
 * The device's address in its access point. Samsung's phones and other Androids take no portal seriously whose address is
 * a private one. 4.0.0.0/8 is routed, but nothing is known to answer there: a guest of the access point misses nothing.
 */
const portalAddress = "4.3.2.1";

/** ESP-IDF's `wifi_err_reason_t`: an access point that keeps silent in the handshake does not like the password. */
const losses: Readonly<Record<number, DisconnectReason>> = Object.freeze(
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

/** The reason of a loss that the device itself brought about, which is no news. */
const OWN = 8;

export class WiFiRadio implements Radio {
	readonly mac: string;
	listener: RadioListener | undefined;
	#WiFi: WiFiModule;
	#Net: NetModule;
	#Wlan: WlanModule;
	#messages: { close(): void } | undefined;
	#state: "idle" | "joining" | "joined" = "idle";
	/** The message of a network that was left may still be under way. */
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
		this.#messages = new WiFi(undefined, message => this.#hear(message));
	}

	join({ ssid, password }: Credentials): void {
		this.leave();
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

	#hear(message: string): void {
		if (this.#state === "idle") return;
		if (message === "gotIP") {
			const address = this.#Net.get("IP", "station");
			if (address === undefined) return;
			this.#left = false;
			this.#state = "joined";
			this.listener?.onJoined(address);
		} else if (message === "disconnect") {
			const { lossReason } = this.#Wlan;
			const own = this.#left && lossReason === OWN;
			this.#left = false;
			if (own) return;
			const lost: DisconnectReason = this.#state === "joined" ? "lost" : (losses[lossReason] ?? "refused");
			this.#state = "idle";
			this.listener?.onLost(lost);
		}
	}
}
