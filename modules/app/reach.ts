/** What makes a device reachable in every mode: who may change it, its server and its network. */

import { Access, type AccessOptions } from "../auth/access.js";
import type { Configuration } from "../config/configuration.js";
import type { Routes } from "../http/handler.js";
import type { Log } from "../log/log.js";
import type { Network, NetworkListener } from "../network/network.js";
import type { Clock } from "../platform/clock.js";
import type { Host } from "../platform/host.js";
import type { Text } from "../platform/text.js";
import { HTTPService } from "./http-service.js";
import type { MQTTService } from "./mqtt-service.js";
import { connect } from "./network.js";
import type { SettingsChanger } from "./settings-changer.js";

/** The components of a device in every mode. Those made later are looked up when they are needed. */
export interface ReachableDevice {
	readonly host: Host;
	readonly configuration: Configuration;
	readonly log: Log;
	readonly changer: SettingsChanger;
	readonly access: Access;
	readonly service: HTTPService;
	readonly network: Network;
	/** Absent in rescue mode. */
	readonly mqtt?: MQTTService;
}

export function createAccess(device: ReachableDevice): Access {
	return new Access(new AccessSources(device));
}

/** A class for its methods, which are in flash, as is the next: closures would take 400 bytes of the heap. */
class AccessSources implements AccessOptions {
	readonly #device: ReachableDevice;

	constructor(device: ReachableDevice) {
		this.#device = device;
	}

	get clock(): Clock {
		return this.#device.host.clock;
	}

	get text(): Text {
		return this.#device.host.text;
	}

	get isLoopback(): boolean {
		return this.#device.host.isLoopback ?? false;
	}

	get log(): Log {
		return this.#device.log;
	}

	random(): number {
		return this.#device.host.random();
	}

	password(): string | undefined {
		return this.#device.configuration.settings.adminPassword;
	}

	private(): boolean {
		return this.#device.configuration.settings.private;
	}

	isGuest(address: string | undefined): boolean {
		return this.#device.network.setup?.isGuest(address) ?? false;
	}
}

class NetworkEvents implements NetworkListener {
	readonly #device: ReachableDevice;

	constructor(device: ReachableDevice) {
		this.#device = device;
	}

	onPress(isLong: boolean): void {
		const { changer, access } = this.#device;
		if (isLong) changer.forgetPassword();
		else access.beginSetup();
	}

	onUp(address: string): void {
		this.#device.service.open(address);
	}

	onJoined(address: string): void {
		this.#device.mqtt?.open(address);
	}
}

export function createService(device: ReachableDevice, routes: Routes): HTTPService {
	const { host, log, access } = device;
	const { settings } = device.configuration;
	const { maxConnections, hosts, origins, headerMs, bodyMs, idleMs, progressMs } = settings;
	return new HTTPService({
		host,
		identity: settings,
		log: log.from("server"),
		server: {
			...{ maxConnections, hosts, origins, headerMs, bodyMs, idleMs, progressMs },
			routes,
			access,
			redirectGuest: address => setupPage(device, address),
		},
	});
}

/** Starts at once; the service opens with the first interface. */
export function createNetwork(device: ReachableDevice): Network {
	const { host, configuration, log } = device;
	return connect(host, configuration, { log: log.from("network"), listener: new NetworkEvents(device) });
}

/** Whether somebody can reach the device: it is in a network or, while it knows no Wi-Fi, its access point is open. */
export function isReachable({ host, configuration, network }: ReachableDevice): boolean {
	const { state } = network;
	if (state === null) return host.address !== undefined;
	return state.phase === "joined" || (configuration.settings.networks.length === 0 && state.accessPoint !== null);
}

/** @returns The set-up page's URL for a guest of the access point; else `undefined`. */
function setupPage({ network, service }: ReachableDevice, remoteAddress: string | undefined): string | undefined {
	const address = network.portal(remoteAddress);
	return address && `${service.origin(address)}/setup`;
}
