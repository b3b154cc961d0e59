/** Puts changes of the settings into effect: sensors, server, streams and Wi-Fi follow. */

import type { Alerts } from "../alerts/alerts.js";
import type { Change, Patch, RejectedSetting, SettingsSource } from "../api/settings.js";
import type { Access } from "../auth/access.js";
import type { Configuration } from "../config/configuration.js";
import { isMasked } from "../config/mask.js";
import { changeKeys, restarting, type Settings, secretPaths } from "../config/settings.js";
import { SettingsError } from "../config/validate.js";
import type { Network } from "../network/network.js";
import { checkCredentials } from "../network/provisioning.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { Broadcaster } from "../sse/broadcaster.js";
import type { HTTPService } from "./http-service.js";
import type { MQTTService } from "./mqtt-service.js";
import type { Sensors } from "./sensors.js";

/** The components that a change reaches; each is looked up at the time of the change. */
export interface ChangeTargets {
	readonly host: { readonly clock: Clock };
	readonly access: Access;
	readonly configuration: Configuration;
	/** Absent in rescue mode, as are the next. */
	readonly broadcaster?: Broadcaster;
	readonly sensors?: Sensors;
	readonly alerts?: Alerts;
	readonly mqtt?: MQTTService;
	readonly service: HTTPService;
	readonly network: Network;
}

/** From the change of the Wi-Fi to its first attempt, ms: the response gets through the old one. */
const joinDelayMs = 500;

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

	get settings(): object {
		return this.#targets.configuration.open;
	}

	change(patch: Patch): Change | RejectedSetting {
		try {
			const { host, configuration, sensors } = this.#targets;
			const { ssid, password, ...rest } = patch;
			const joins = this.#targets.network.setup !== undefined && (ssid !== undefined || password !== undefined);
			const next = joins ? wifiOf(configuration.preview(patch)) : undefined;
			const before = configuration.settings;
			configuration.change(joins ? rest : patch, settings => this.#apply(settings));
			this.#follow(before);
			if (next) this.#joining = host.clock.set(() => this.#join(next), joinDelayMs);
			return { restart: sensors ? restarting.filter(key => key in patch) : Object.keys(rest) };
		} catch (error) {
			return rejected(error);
		}
	}

	/** Takes the password and `private` back to the build's. */
	forgetPassword(): void {
		const { configuration } = this.#targets;
		const before = configuration.settings;
		configuration.forgetPassword();
		this.#follow(before);
	}

	/** May be called twice. */
	close(): void {
		this.#targets.host.clock.clear(this.#joining);
	}

	#apply(settings: Settings): void {
		const { sensors, service } = this.#targets;
		const name = this.#bootName;
		sensors?.change(settings);
		service.server?.allow({ ...settings, hosts: [...settings.hosts, name, `${name}.local`] });
	}

	/** Closes the set-up window once there is a password, and ends the streams of readers who may no longer read. Events of sensors that are gone are forgotten. */
	#follow(before: Settings): void {
		const { access, alerts, broadcaster, configuration, mqtt } = this.#targets;
		const { private: isPrivate, adminPassword, sensors } = configuration.settings;
		if (adminPassword !== undefined) access.endSetup("a password is set");
		if (isPrivate && (!before.private || adminPassword !== before.adminPassword)) broadcaster?.endStreams();
		broadcaster?.keepOnly(sensors.map(({ name }) => name));
		alerts?.change();
		mqtt?.follow();
	}

	#join({ ssid, password }: WiFi): void {
		const { setup } = this.#targets.network;
		if (ssid === undefined) setup?.forget();
		else setup?.tryJoin(ssid, password || undefined);
	}
}

/** @throws {RangeError} No Wi-Fi can be joined with these. */
function wifiOf({ ssid, password }: Settings): WiFi {
	if (ssid !== undefined) checkCredentials({ ssid, password: password || undefined });
	return { ssid, password };
}

/** @returns The setting that `error` is about. @throws {Error} It is about something else. */
function rejected(error: unknown): RejectedSetting {
	if (error instanceof SettingsError) return { key: error.key, message: error.message };
	if (error instanceof RangeError) return { key: error.message.split(":")[0]!, message: error.message };
	throw error;
}
