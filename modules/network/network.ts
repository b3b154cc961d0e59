/** All that the device does to be in a network and to be found there. */

import type { Clock } from "../platform/clock.js";
import type { UDPConstructor } from "../platform/io.js";
import type { Radio } from "../platform/radio.js";
import { CaptiveDNS } from "./captive-dns.js";
import { LongPress } from "./long-press.js";
import { MDNSResponder } from "./mdns-responder.js";
import type { Provisioning, ProvisioningState } from "./provisioning.js";
import { SNTPClient, type TimeState } from "./sntp-client.js";
import { type CredentialStore, WiFiManager } from "./wifi-manager.js";

/** For how long the button is held to forget the Wi-Fi and the password, ms. */
const forgetMs = 5000;

/** Of a network whose mask the host cannot tell: a home's. */
const likelyMask = "255.255.255.0";

export interface NetworkOptions {
	clock: Clock;
	/** Without one the host is in a network already, under `address`. */
	radio?: Radio | undefined;
	address?: string | undefined;
	/** Of that address, as of `Host`. */
	mask?: string | undefined;
	/** Without it there is neither mDNS, nor SNTP, nor a DNS for the access point. */
	UDP?: UDPConstructor | undefined;
	/** Without it there is no SNTP. */
	resolve?: ((name: string, onResolved: (address: string | undefined) => void) => void) | undefined;
	/** Whether the button for forgetting the Wi-Fi and the password is held. */
	pressed?: (() => boolean) | undefined;
	/** It was held long enough: what else, besides the Wi-Fi, is forgotten for who holds the device. */
	onHeld(): void;
	/** A whole number from 0 to 0xFFFFFFFF. */
	random(): number;
	/** The device's name: 1 to 24 letters, digits and hyphens. */
	name: string;
	/** Of the HTTP server. */
	port: number;
	version: string;
	store: CredentialStore;
	/** Of the access point: 8 to 63 characters; `undefined` leaves it open. */
	accessPointPassword: string | undefined;
	timeServer: string;
	/** An interface has come up, or the name or address has changed. */
	onUp(address: string): void;
	/** One line for the person at the console. */
	log(line: string): void;
}

export class Network {
	/** For the set-up page; `undefined` on a host without Wi-Fi. */
	readonly setup: Provisioning | undefined;
	#options: NetworkOptions;
	#wifi: WiFiManager | undefined;
	#responder: MDNSResponder | undefined;
	#timekeeper: SNTPClient | undefined;
	#portal: CaptiveDNS | undefined;
	#button: LongPress | undefined;

	/** Starts at once; callbacks may come before it returns. */
	constructor(options: NetworkOptions) {
		const { clock, radio, address, UDP, resolve, pressed, random, name, port, version, timeServer, log } = options;
		this.#options = options;
		if (UDP) {
			this.#responder = new MDNSResponder({
				clock,
				UDP,
				name,
				port,
				texts: ["path=/", `version=${version}`],
				random,
				onName: taken => {
					if (this.#wifi) this.#wifi.host = taken;
				},
				log,
			});
			if (resolve && clock.setTime)
				this.#timekeeper = new SNTPClient({ clock, UDP, server: timeServer, resolve, random, log });
		}
		if (radio) {
			const { store, accessPointPassword, onUp } = options;
			const wifi = new WiFiManager({
				clock,
				radio,
				name,
				store,
				accessPointPassword,
				onUp,
				onStation: station => this.#station(station),
				onAccessPoint: own => this.#accessPoint(own),
				log,
			});
			this.#wifi = wifi;
			this.setup = wifi;
			const onHeld = () => {
				options.onHeld();
				wifi.forget();
			};
			if (pressed) this.#button = new LongPress({ clock, pressed, holdMs: forgetMs, onHeld });
		} else if (address !== undefined) {
			this.#station(address);
			options.onUp(address);
		}
	}

	/** `null` on a host without Wi-Fi. */
	get state(): ProvisioningState | null {
		return this.setup?.state ?? null;
	}

	/** `null` where the host sets its clock itself. */
	get time(): TimeState | null {
		return this.#timekeeper?.state ?? null;
	}

	/** Strength of the Wi-Fi signal, dBm; `null` while there is none. */
	get signalDbm(): number | null {
		return this.#options.radio?.signal() ?? null;
	}

	/**
	 * @param remoteAddress Where a request came from.
	 * @returns The device's address in its access point, when the request came through that; else `undefined`.
	 */
	portal(remoteAddress: string | undefined): string | undefined {
		return this.setup?.isGuest(remoteAddress) ? this.setup.state.accessPoint?.address : undefined;
	}

	/** May be called twice. */
	close(): void {
		this.#button?.close();
		this.#responder?.close();
		this.#timekeeper?.close();
		this.#portal?.close();
		this.#wifi?.close();
	}

	#station(address: string | undefined): void {
		if (address === undefined) {
			this.#responder?.close();
			this.#timekeeper?.close();
		} else {
			const { radio, mask } = this.#options;
			this.#responder?.open(address, radio?.mask ?? mask ?? likelyMask);
			this.#timekeeper?.open();
		}
	}

	#accessPoint(address: string | undefined): void {
		this.#portal?.close();
		this.#portal = undefined;
		const { UDP, log } = this.#options;
		if (address === undefined || !UDP) return;
		try {
			this.#portal = new CaptiveDNS({ UDP, address, isGuest: from => this.setup?.isGuest(from) ?? false });
		} catch (error) {
			log(`the access point has no DNS: ${(error as Error).message}`);
		}
	}
}
