/** The device in the network: Wi-Fi, access point, mDNS name and clock. */

import type { Logger } from "../log/log.js";
import type { Clock } from "../platform/clock.js";
import type { Resolve, UDPConstructor } from "../platform/io.js";
import type { Radio } from "../platform/radio.js";
import { Button } from "./button.js";
import { CaptiveDNS } from "./captive-dns.js";
import { MDNSResponder } from "./mdns-responder.js";
import type { Provisioning, ProvisioningState } from "./provisioning.js";
import { SNTPClient, type TimeState } from "./sntp-client.js";
import { type CredentialStore, WiFiManager } from "./wifi-manager.js";

/** The button is held this long to delete the Wi-Fi credentials and the admin password, ms. */
const forgetMs = 5000;

/** Netmask of a network whose own is unknown: most homes have it. */
const defaultMask = "255.255.255.0";

export interface NetworkOptions {
	clock: Clock;
	/** Without one the host is in a network already, under `address`. */
	radio?: Radio | undefined;
	address?: string | undefined;
	/** Netmask of that address. */
	mask?: string | undefined;
	/** Without it there is neither mDNS, nor SNTP, nor a DNS for the access point. */
	UDP?: UDPConstructor | undefined;
	/** Without it there is no SNTP. */
	resolve?: Resolve | undefined;
	/** Whether the button is held down. */
	pressed?: (() => boolean) | undefined;
	/** The button was pressed. After a long press the Wi-Fi credentials are deleted besides. */
	onPress(isLong: boolean): void;
	/** A whole number from 0 to 0xFFFFFFFF. */
	random(): number;
	/** The device's name: 1 to 24 letters, digits and hyphens. */
	name: string;
	/** Of the HTTP server. */
	port: number;
	version: string;
	store: CredentialStore;
	/** Of the access point, 8 to 63 characters; `undefined` for an open one. */
	accessPointPassword: string | undefined;
	timeServer: string;
	/** An interface has come up, or the name or address has changed. */
	onUp(address: string): void;
	/** Prints one line on the console. */
	log: Logger;
}

export class Network {
	/** For the set-up page; `undefined` on a host without Wi-Fi. */
	readonly setup: Provisioning | undefined;
	#options: NetworkOptions;
	#wifi: WiFiManager | undefined;
	#responder: MDNSResponder | undefined;
	#sntp: SNTPClient | undefined;
	#captiveDNS: CaptiveDNS | undefined;
	#button: Button | undefined;

	/** Starts at once; callbacks may come before it returns. */
	constructor(options: NetworkOptions) {
		const { clock, radio, address, UDP, resolve, random, name, port, version, timeServer, log } = options;
		this.#options = options;
		this.#button = this.#createButton(options);
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
				this.#sntp = new SNTPClient({ clock, UDP, server: timeServer, resolve, random, log });
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
		} else if (address !== undefined) {
			this.#station(address);
			options.onUp(address);
		}
	}

	/** `null` on a host without Wi-Fi. */
	get state(): ProvisioningState | null {
		return this.setup?.state ?? null;
	}

	/** Of the SNTP client; `null` on a host that sets its clock itself. */
	get time(): TimeState | null {
		return this.#sntp?.state ?? null;
	}

	/** Strength of the Wi-Fi signal, dBm; `null` without one. */
	get signalDbm(): number | null {
		return this.#options.radio?.signal() ?? null;
	}

	/**
	 * @param remoteAddress The client of a request.
	 * @returns The device's address in its access point, if the client is there; else `undefined`.
	 */
	portal(remoteAddress: string | undefined): string | undefined {
		return this.setup?.isGuest(remoteAddress) ? this.setup.state.accessPoint?.address : undefined;
	}

	/** May be called twice. */
	close(): void {
		this.#button?.close();
		this.#responder?.close();
		this.#sntp?.close();
		this.#captiveDNS?.close();
		this.#wifi?.close();
	}

	#createButton({ clock, pressed, onPress }: NetworkOptions): Button | undefined {
		if (!pressed) return undefined;
		return new Button({
			clock,
			pressed,
			longMs: forgetMs,
			onPress: isLong => {
				onPress(isLong);
				if (isLong) this.#wifi?.forget();
			},
		});
	}

	#station(address: string | undefined): void {
		if (address === undefined) {
			this.#responder?.close();
			this.#sntp?.close();
		} else {
			const { radio, mask } = this.#options;
			this.#responder?.open(address, radio?.mask ?? mask ?? defaultMask);
			this.#sntp?.open();
		}
	}

	#accessPoint(address: string | undefined): void {
		this.#captiveDNS?.close();
		this.#captiveDNS = undefined;
		const { UDP, log } = this.#options;
		if (address === undefined || !UDP) return;
		try {
			this.#captiveDNS = new CaptiveDNS({ UDP, address, isGuest: from => this.setup?.isGuest(from) ?? false });
		} catch (error) {
			log(`the access point has no DNS: ${(error as Error).message}`, "error");
		}
	}
}
