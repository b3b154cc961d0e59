/** The device in the network: Wi-Fi, access point, mDNS name and clock. */

import type { Logger } from "../log/log.js";
import type { Clock } from "../platform/clock.js";
import type { AddressListener } from "../platform/host.js";
import type { Resolve, UDPConstructor } from "../platform/io.js";
import type { Radio, StaticAddress } from "../platform/radio.js";
import { Button } from "./button.js";
import { CaptiveDNS } from "./captive-dns.js";
import { MDNSBrowser } from "./mdns-browser.js";
import { MDNSResponder } from "./mdns-responder.js";
import type { Neighbours } from "./neighbours.js";
import type { Provisioning, ProvisioningState } from "./provisioning.js";
import { SNTPClient, type TimeState } from "./sntp-client.js";
import type { NetworkStore } from "./stored-networks.js";
import { WiFiManager } from "./wifi-manager.js";

/** The button is held this long to delete the Wi-Fi credentials and the admin password, ms. */
const forgetMs = 5000;

/** Netmask of a network whose own is unknown: most homes have it. */
const defaultMask = "255.255.255.0";

export interface NetworkListener {
	/** The button was pressed. After a long press the Wi-Fi credentials are deleted besides. */
	onPress(isLong: boolean): void;
	/** An interface has come up, be it the access point's, or the name or address has changed. */
	onUp(address: string): void;
	/** A network is joined, perhaps anew or with another address. */
	onJoined(address: string): void;
}

export interface NetworkOptions {
	clock: Clock;
	/** Without one the host is in a network already, under `address`. */
	radio?: Radio | undefined;
	address?: string | undefined;
	/** Netmask of that address. */
	mask?: string | undefined;
	/** As of `Host`. */
	watchAddress?(onChange: AddressListener | undefined): void;
	/** Without it there is neither mDNS, nor SNTP, nor a DNS for the access point. */
	UDP?: UDPConstructor | undefined;
	/** Without it there is no SNTP. */
	resolve?: Resolve | undefined;
	/** Whether the button is held down. */
	pressed?: (() => boolean) | undefined;
	listener: NetworkListener;
	/** A whole number from 0 to 0xFFFFFFFF. */
	random(): number;
	/** The device's name: 1 to 24 letters, digits and hyphens. */
	name: string;
	/** Of the HTTP server. */
	port: number;
	version: string;
	store: NetworkStore;
	/** As of now; `undefined` for DHCP. */
	staticAddress(): StaticAddress | undefined;
	/** Of the access point, 8 to 63 characters; `undefined` for an open one. */
	accessPointPassword: string | undefined;
	timeServer: string;
	/** Prints one line on the console. */
	log: Logger;
}

export class Network {
	/** For the set-up page; `undefined` on a host without Wi-Fi. */
	readonly setup: Provisioning | undefined;
	/** The other devices of the network; `undefined` on a host without mDNS. */
	readonly neighbours: Neighbours | undefined;
	#radio: Radio | undefined;
	#mask: string | undefined;
	#UDP: UDPConstructor | undefined;
	#listener: NetworkListener;
	#watchAddress: NetworkOptions["watchAddress"];
	#log: Logger;
	#wifi: WiFiManager | undefined;
	#responder: MDNSResponder | undefined;
	#sntp: SNTPClient | undefined;
	#captiveDNS: CaptiveDNS | undefined;
	#button: Button | undefined;

	/** Starts at once; callbacks may come before it returns. */
	constructor(options: NetworkOptions) {
		const { clock, radio, address, UDP, resolve, random, name, port, version, timeServer, listener, log } = options;
		this.#radio = radio;
		this.#mask = options.mask;
		this.#UDP = UDP;
		this.#listener = listener;
		this.#watchAddress = options.watchAddress;
		this.#log = log;
		this.#button = this.createButton(options);
		if (UDP) {
			const browser = new MDNSBrowser({ clock, random });
			this.neighbours = browser.neighbours;
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
				browser,
				log,
			});
			if (resolve && clock.setTime)
				this.#sntp = new SNTPClient({ clock, UDP, server: timeServer, resolve, random, log });
		}
		if (radio) {
			this.#wifi = this.createWiFi(options, radio);
			this.setup = this.#wifi;
		} else if (address !== undefined) {
			this.join(address, options.mask);
			options.watchAddress?.((own, mask) => this.join(own, mask));
		}
	}

	/** `null` on a host without Wi-Fi. */
	get state(): ProvisioningState | null {
		return this.setup?.state ?? null;
	}

	/** In the network, without `.local`; `undefined` on a host without mDNS. */
	get name(): string | undefined {
		return this.#responder?.name;
	}

	/** Of the SNTP client; `null` on a host that sets its clock itself. */
	get time(): TimeState | null {
		return this.#sntp?.state ?? null;
	}

	/** Strength of the Wi-Fi signal, dBm; `null` without one. */
	get signalDbm(): number | null {
		return this.#radio?.signal() ?? null;
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
		this.#watchAddress?.(undefined);
		this.#button?.close();
		this.#responder?.close();
		this.#sntp?.close();
		this.#captiveDNS?.close();
		this.#wifi?.close();
	}

	private createWiFi(options: NetworkOptions, radio: Radio): WiFiManager {
		const { clock, name, store, staticAddress, accessPointPassword, listener, log } = options;
		return new WiFiManager({
			...{ clock, radio, name, store, staticAddress, accessPointPassword, log },
			onUp: own => listener.onUp(own),
			onStation: station => this.station(station),
			onAccessPoint: own => this.accessPoint(own),
		});
	}

	private createButton({ clock, pressed, listener }: NetworkOptions): Button | undefined {
		if (!pressed) return undefined;
		return new Button({
			clock,
			pressed,
			longMs: forgetMs,
			onPress: isLong => {
				listener.onPress(isLong);
				if (isLong) this.#wifi?.forget();
			},
		});
	}

	/** The host itself has an address. */
	private join(address: string | undefined, mask: string | undefined): void {
		this.station(address, mask);
		if (address !== undefined) this.#listener.onUp(address);
	}

	private station(address: string | undefined, mask = this.#radio?.mask ?? this.#mask): void {
		if (address === undefined) {
			this.#responder?.close();
			this.#sntp?.close();
		} else {
			this.#responder?.open(address, mask ?? defaultMask);
			this.#sntp?.open();
			this.#listener.onJoined(address);
		}
	}

	private accessPoint(address: string | undefined): void {
		this.#captiveDNS?.close();
		this.#captiveDNS = undefined;
		const UDP = this.#UDP;
		if (address === undefined || !UDP) return;
		try {
			this.#captiveDNS = new CaptiveDNS({ UDP, address, isGuest: from => this.setup?.isGuest(from) ?? false });
		} catch (error) {
			this.#log(`the access point has no DNS: ${(error as Error).message}`, "error");
		}
	}
}
