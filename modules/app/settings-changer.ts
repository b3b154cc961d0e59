/** Puts changes of the settings into effect: sensors, server, streams and Wi-Fi follow. */

import type { Alerts } from "../alerts/alerts.js";
import type { Change, Patch, RejectedSetting, SettingsSource } from "../api/settings.js";
import type { Access } from "../auth/access.js";
import type { Configuration } from "../config/configuration.js";
import { isMasked } from "../config/mask.js";
import { unmaskNetworks } from "../config/networks.js";
import { settingsFormat } from "../config/overrides.js";
import { changeKeys, restarting, type Settings, secretPaths, type WiFiNetwork } from "../config/settings.js";
import { addressKeys } from "../config/static-address.js";
import { SettingsError } from "../config/validate.js";
import { unmaskURLs } from "../config/webhooks.js";
import type { Network } from "../network/network.js";
import { checkCredentials } from "../network/provisioning.js";
import type { Timer } from "../platform/clock.js";
import type { Host } from "../platform/host.js";
import type { Broadcaster } from "../sse/broadcaster.js";
import { beginErasure } from "../storage/erasure.js";
import type { HTTPService } from "./http-service.js";
import type { MQTTService } from "./mqtt-service.js";
import type { Sensors } from "./sensors.js";

/** The components that a change reaches; each is looked up at the time of the change. */
export interface ChangeTargets {
	readonly host: Pick<Host, "clock" | "storage" | "update" | "forget" | "heapFree">;
	readonly access: Access;
	readonly configuration: Configuration;
	/** Absent in rescue mode, as are the next. */
	readonly broadcaster?: Broadcaster;
	readonly sensors?: Sensors;
	readonly alerts?: Alerts;
	readonly mqtt?: MQTTService;
	readonly service: HTTPService;
	readonly network: Network;
	readonly updates: { restart(): void } | undefined;
}

/** From the change of the Wi-Fi to its first attempt, ms: the response gets through the old one. */
const joinDelayMs = 500;

/** What the largest change takes of the heap beside its content, bytes: tests/xs/memory measures it. */
const largestChange = 32_768;

/** Changes of these may need another way into the network. */
const reloading: readonly string[] = Object.freeze(["networks", ...addressKeys]);

/** Say to which broker the password of MQTT is sent. */
const brokerKeys = Object.freeze(["mqttHost", "mqttPort", "mqttUser"] as const);

type WiFi = Pick<Settings, "ssid" | "password">;

export class SettingsChanger implements SettingsSource {
	#targets: ChangeTargets;
	/** The device's name in the network until the next boot. */
	#bootName: string;
	#joining: Timer | undefined;

	constructor(targets: ChangeTargets) {
		this.#targets = targets;
		this.#bootName = targets.configuration.settings.name;
	}

	get keys(): readonly string[] {
		return changeKeys;
	}

	get secrets(): readonly string[] {
		return secretPaths;
	}

	isMasked(name: string, secret: unknown): boolean {
		return isMasked(name, secret);
	}

	get format(): number {
		return settingsFormat;
	}

	get hasRoom(): boolean {
		return (this.#targets.host.heapFree() ?? largestChange) >= largestChange;
	}

	get settings(): object {
		return this.#targets.configuration.open;
	}

	change(patch: Patch): Change | RejectedSetting {
		try {
			const { host, configuration, sensors } = this.#targets;
			const { ssid, password, ...rest } = patch;
			const { setup } = this.#targets.network;
			if ("networks" in patch) checkAll(configuration.preview(patch).networks);
			const joins = setup && !("networks" in patch) && (ssid !== undefined || password !== undefined);
			const next = joins ? wifiOf(configuration.preview(patch)) : undefined;
			const before = configuration.settings;
			configuration.change(joins ? rest : patch, settings => this.apply(settings));
			this.follow(before);
			if (reloading.some(key => key in patch)) setup?.reload();
			if (next) this.#joining = host.clock.set(() => this.join(next), joinDelayMs);
			return { restart: sensors ? restarting.filter(key => key in patch) : Object.keys(rest) };
		} catch (error) {
			return rejected(error);
		}
	}

	/** A file has no passwords, and no whole URLs of webhooks. That of a device without Wi-Fi takes none away. */
	leaveOut(patch: Patch): string[] {
		const { settings } = this.#targets.configuration;
		const left: string[] = [];
		const leave = (key: string) => {
			left.push(key);
			delete patch[key];
		};
		if ("ssid" in patch && !("password" in patch)) {
			if (patch.ssid !== settings.ssid) left.push("ssid");
			delete patch.ssid;
		}
		if (!succeeds(() => unmaskURLs(patch.webhooks, settings.webhooks))) leave("webhooks");
		const hasNone = Array.isArray(patch.networks) && patch.networks.length === 0 && settings.networks.length > 0;
		if (hasNone || !succeeds(() => unmaskNetworks(patch.networks, settings.networks))) leave("networks");
		if (sendsPasswordElsewhere(patch, settings))
			for (const key of brokerKeys) if (key in patch && patch[key] !== settings[key]) leave(key);
		return left;
	}

	forget(): string | undefined {
		const { host, updates } = this.#targets;
		const { storage, update } = host;
		if (!storage) return "This host keeps nothing that outlasts a restart.";
		if (update?.running.state === "pending")
			return "The firmware is on probation: try again when it is confirmed, in a few minutes.";
		host.forget?.();
		beginErasure(storage);
		updates?.restart();
		return undefined;
	}

	get restarts(): boolean {
		return this.#targets.updates !== undefined;
	}

	/** Takes the password and `private` back to the build's. */
	forgetPassword(): void {
		const { configuration } = this.#targets;
		const before = configuration.settings;
		configuration.forgetPassword();
		this.follow(before);
	}

	/** May be called twice. */
	close(): void {
		this.#targets.host.clock.clear(this.#joining);
	}

	private apply(settings: Settings): void {
		const { sensors, service } = this.#targets;
		const name = this.#bootName;
		sensors?.change(settings);
		service.server?.allow({ ...settings, hosts: [...settings.hosts, name, `${name}.local`] });
	}

	/** Closes the set-up window once there is a password, and ends the streams of readers who may no longer read. Events of sensors that are gone are forgotten. */
	private follow(before: Settings): void {
		const { access, alerts, broadcaster, configuration, mqtt } = this.#targets;
		const { private: isPrivate, adminPassword, sensors } = configuration.settings;
		if (adminPassword !== undefined) access.endSetup("a password is set");
		if (isPrivate && (!before.private || adminPassword !== before.adminPassword)) broadcaster?.endStreams();
		broadcaster?.keepOnly(sensors.map(({ name }) => name));
		alerts?.change();
		mqtt?.change();
	}

	private join({ ssid, password }: WiFi): void {
		const { setup } = this.#targets.network;
		if (ssid === undefined) setup?.forget();
		else setup?.tryJoin(ssid, password || undefined);
	}
}

/** Whether another broker would get the password of the device's. */
function sendsPasswordElsewhere(patch: Patch, { mqttHost, mqttPassword }: Settings): boolean {
	const isOther = "mqttHost" in patch && patch.mqttHost !== mqttHost && patch.mqttHost !== "";
	return isOther && !("mqttPassword" in patch) && mqttPassword !== undefined;
}

/** Whether the device has all that is masked. */
function succeeds(unmask: () => unknown): boolean {
	try {
		unmask();
		return true;
	} catch {
		return false;
	}
}

/** @throws {RangeError} No Wi-Fi can be joined with these. */
function wifiOf({ ssid, password }: Settings): WiFi {
	if (ssid !== undefined) checkCredentials({ ssid, password: password || undefined });
	return { ssid, password };
}

/** @throws {RangeError} One of `networks` cannot be joined. */
function checkAll(networks: readonly WiFiNetwork[]): void {
	for (const [at, { ssid, password }] of networks.entries())
		try {
			checkCredentials({ ssid, password: password || undefined });
		} catch (error) {
			throw new RangeError(`networks[${at}].${(error as Error).message}`);
		}
}

/** @returns The setting that `error` is about. @throws {Error} It is about something else. */
function rejected(error: unknown): RejectedSetting {
	if (error instanceof SettingsError) return { key: error.key, message: error.message };
	if (error instanceof RangeError) return { key: error.message.split(":")[0]!, message: error.message };
	throw error;
}
