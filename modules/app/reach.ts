/** What makes a device reachable in every mode: who may change it, its server and its network. */

import { Access } from "../auth/access.js";
import type { Configuration } from "../config/configuration.js";
import type { Routes } from "../http/handler.js";
import type { Log } from "../log/log.js";
import type { Network } from "../network/network.js";
import type { Host } from "../platform/host.js";
import { HTTPService } from "./http-service.js";
import type { MQTTService } from "./mqtt-service.js";
import { connect, SavedCredentials } from "./network.js";
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
	const { clock, text, random, isLoopback = false } = device.host;
	const { configuration } = device;
	return new Access({
		clock,
		text,
		random,
		password: () => configuration.settings.adminPassword,
		private: () => configuration.settings.private,
		isGuest: address => device.network.setup?.isGuest(address) ?? false,
		isLoopback,
		log: device.log,
	});
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
	return connect(host, configuration.settings, {
		version: host.version,
		log: log.from("network"),
		store: new SavedCredentials(configuration),
		onPress: isLong => (isLong ? device.changer.forgetPassword() : device.access.beginSetup()),
		onUp: address => {
			device.service.open(address);
			device.mqtt?.open(address);
		},
	});
}

/** Whether somebody can reach the device: it is in a network or, while it knows no Wi-Fi, its access point is open. */
export function isReachable({ host, configuration, network }: ReachableDevice): boolean {
	const { state } = network;
	if (state === null) return host.address !== undefined;
	return state.phase === "joined" || (configuration.credentials === undefined && state.accessPoint !== null);
}

/** @returns The set-up page's URL for a guest of the access point; else `undefined`. */
function setupPage({ network, service }: ReachableDevice, remoteAddress: string | undefined): string | undefined {
	const address = network.portal(remoteAddress);
	return address && `${service.origin(address)}/setup`;
}
