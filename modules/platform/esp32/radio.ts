/** The ESP32's Wi-Fi behind the types of a radio: the SDK's calls, and what its messages mean. */

import type { Credentials, FoundNetwork, LossReason, Radio, RadioListener } from "../types.js";

/** What is used of the SDK's `wifi`. */
export interface WiFiModule {
	new (options: undefined, onMessage: (message: string) => void): { close(): void };
	/** 1: station; 3: station and access point. */
	mode: number;
	connect(credentials: { ssid: string; password?: string }): void;
	disconnect(): void;
	scan(options: object, onFound: (found: { ssid: string; authentication: string; rssi: number } | null) => void): void;
	accessPoint(options: { ssid: string; password?: string }): void;
}

/** What is used of the SDK's `net`. */
export interface NetModule {
	get(name: "IP", netInterface: "station" | "ap"): string | undefined;
	get(name: "RSSI"): number | undefined;
}

/** What is used of typings/chip.d.ts. */
export interface LossNotes {
	watch(): void;
	readonly lossReason: number;
	readonly mac: ArrayBuffer;
}

/** ESP-IDF's `wifi_err_reason_t`: an access point that keeps silent in the handshake does not like the password. */
const losses: Record<number, LossReason> = {
	14: "wrong-password",
	15: "wrong-password",
	17: "wrong-password",
	202: "wrong-password",
	204: "wrong-password",
	210: "wrong-password",
	211: "wrong-password",
	201: "not-found",
	212: "not-found",
};

/** The reason of a loss that the device itself brought about, which is no news. */
const OWN = 8;

export class WiFiRadio implements Radio {
	readonly mac: string;
	listener: RadioListener | undefined;
	#WiFi: WiFiModule;
	#Net: NetModule;
	#chip: LossNotes;
	#messages: { close(): void } | undefined;
	#state: "idle" | "joining" | "joined" = "idle";
	/** The message of a network that was left may still be under way. */
	#left = false;

	/** @throws {Error} The chip refuses. */
	constructor({ WiFi, Net, chip }: { WiFi: WiFiModule; Net: NetModule; chip: LossNotes }) {
		this.#WiFi = WiFi;
		this.#Net = Net;
		this.#chip = chip;
		this.mac = Array.from(new Uint8Array(chip.mac), byte => byte.toString(16).padStart(2, "0"))
			.join(":")
			.toUpperCase();
		chip.watch();
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
		this.#WiFi.mode = 3;
		this.#WiFi.accessPoint(password === undefined ? { ssid } : { ssid, password });
		const address = this.#Net.get("IP", "ap");
		if (address === undefined) throw new Error("no address");
		return address;
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
			const { lossReason } = this.#chip;
			const own = this.#left && lossReason === OWN;
			this.#left = false;
			if (own) return;
			const lost: LossReason = this.#state === "joined" ? "lost" : (losses[lossReason] ?? "refused");
			this.#state = "idle";
			this.listener?.onLost(lost);
		}
	}
}
