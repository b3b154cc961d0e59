/** The composition root: builds the parts and joins them. */

import { HistoryHandler } from "../api/history.js";
import { Metrics } from "../api/metrics.js";
import type { Device, Hello } from "../api/schema.js";
import { Session } from "../api/session.js";
import { type Change, type RejectedSetting, SettingsHandler } from "../api/settings.js";
import { SetupHandler } from "../api/setup.js";
import { Access } from "../auth/access.js";
import { Configuration } from "../config/configuration.js";
import { changeKeys as keys, ownConfig, readSettings, type Settings, secrets } from "../config/settings.js";
import { SettingsError } from "../config/validate.js";
import type { Handler } from "../http/handler.js";
import { checkCredentials } from "../network/provisioning.js";
import type { Timer } from "../platform/clock.js";
import type { Host, Platform } from "../platform/host.js";
import type { SensorState } from "../sampling/sampler.js";
import { Broadcaster } from "../sse/broadcaster.js";
import { origin, serve } from "./http-service.js";
import { connect, type NetworkIdentity } from "./network.js";
import { currentData, sensorData, sensorFault, sensorHealth, sensorStatus } from "./report.js";
import { problem, site } from "./routes.js";
import { Sensors } from "./sensors.js";

export const version = "1.0.0";

const heartbeatMs = 5000;

export interface App {
	/** Frees everything; may be called twice. */
	close(): void;
}

/** Keys whose change takes full effect with the next start: what the network calls the device, and where its clock is set. */
const restarting: readonly string[] = Object.freeze(["name", "timeServer"], true);
/** Until another Wi-Fi is tried, ms: so long the answer has to get through the old one. */
const answerMs = 500;

/** Ends the streams when some of those who opened them might not now, and lets go of sensors that are gone. */
function follow(
	streams: Broadcaster,
	before: Settings,
	{ private: isPrivate, adminPassword, sensors }: Settings,
): void {
	if (isPrivate && (!before.private || adminPassword !== before.adminPassword)) streams.endStreams();
	streams.keepOnly(sensors.map(sensor => sensor.name));
}

/** @throws {SettingsError} With these no Wi-Fi can be joined. */
function wifiOf({ ssid, password }: Settings): Pick<Settings, "ssid" | "password"> {
	if (ssid !== undefined) checkCredentials({ ssid, password: password || undefined });
	return { ssid, password };
}

/** @returns What `error` says of a setting. @throws {Error} It is about something else. */
function refused(error: unknown): RejectedSetting {
	if (error instanceof SettingsError) return { key: error.key, message: error.message };
	if (error instanceof RangeError) return { key: error.message.split(":")[0]!, message: error.message };
	throw error;
}

/**
 * Samples, and serves what was sampled.
 * @param sequence For a replay: the order in which the sensors are read, see `SamplerOptions`.
 * @throws {SettingsError} A pin does not exist or is in use.
 */
export function start(host: Host, configuration: Configuration, sequence?: readonly number[]): App {
	const { clock, text } = host;
	const { settings } = configuration;
	/** What the network calls the device until the next start. */
	const names = [settings.name, `${settings.name}.local`];
	let joining: Timer | undefined;
	const boot = host.random().toString(16).padStart(8, "0");

	const hello = (): Hello => ({
		boot,
		uptimeMs: clock.ticks,
		intervalMs: Math.max(...station.sensors.map(sensor => sensor.intervalMs)),
		heartbeatMs,
		version,
		name: configuration.settings.name,
	});
	const broadcaster = new Broadcaster({
		clock,
		text,
		boot,
		hello,
		limit: settings.maxStreams,
		heartbeatMs,
		progressMs: settings.progressMs,
	});

	const station = new Sensors({
		host,
		settings,
		sequence,
		onReading: reading => broadcaster.publish("sensor-data", sensorData(reading)),
		onFault: fault => broadcaster.publish("sensor-fault", sensorFault(fault)),
	});

	const access = new Access({
		clock,
		text,
		random: host.random,
		password: () => configuration.settings.adminPassword,
		private: () => configuration.settings.private,
		isGuest: address => network.setup?.isGuest(address) ?? false,
	});

	const apply = (settings: Settings) => {
		station.change(settings);
		service.server?.allow({ ...settings, hosts: [...settings.hosts, ...names] });
	};
	const join = ({ ssid, password }: Pick<Settings, "ssid" | "password">) => {
		if (ssid === undefined) network.setup?.forget();
		else network.setup?.tryJoin(ssid, password || undefined);
	};
	const change = (patch: Record<string, unknown>): Change | RejectedSetting => {
		try {
			const { ssid, password, ...rest } = patch;
			const joins = network.setup !== undefined && (ssid !== undefined || password !== undefined);
			const next = joins ? wifiOf(configuration.preview(patch)) : undefined;
			const before = configuration.settings;
			configuration.change(joins ? rest : patch, apply);
			follow(broadcaster, before, configuration.settings);
			if (next) joining = clock.set(() => join(next), answerMs);
			return { restart: restarting.filter(key => key in patch) };
		} catch (error) {
			return refused(error);
		}
	};

	const service = serve(host, settings, {
		maxConnections: settings.maxConnections,
		hosts: settings.hosts,
		origins: settings.origins,
		portal: remoteAddress => {
			const address = network.portal(remoteAddress);
			return address && `${origin(address, settings.port ?? host.defaultPort)}/setup`;
		},
		headerMs: settings.headerMs,
		bodyMs: settings.bodyMs,
		idleMs: settings.idleMs,
		progressMs: settings.progressMs,
		routes: site({
			text,
			assets: host.assets,
			broadcaster,
			readings: () => {
				const { sensors } = station;
				const settings = configuration.settings;
				return {
					head: () => ({
						...hello(),
						lastEventId: broadcaster.lastEventId,
						language: settings.language,
						units: settings.units,
					}),
					length: sensors.length,
					item: at => sensorStatus(sensors[at]!, settings.sensors[at]!, clock.ticks),
				};
			},
			device: () => {
				const { sensors } = station;
				return { head: device, length: sensors.length, item: at => sensorHealth(sensors[at]!, clock.ticks) };
			},
			more: new Map<string, Handler>([
				["/api/session", new Session(text, access)],
				["/api/setup", new SetupHandler({ text, access, setup: () => network.setup })],
				[
					"/api/settings",
					new SettingsHandler({ text, access, keys, secrets, settings: () => configuration.open, change }),
				],
				[
					"/api/history",
					new HistoryHandler({
						text,
						clock,
						get sensor() {
							return station.sensors[0]!.name;
						},
						series: (sensor, span) => station.history.series(sensor, span, clock.ticks),
						newest: name => {
							const reading = station.sensors.find(sensor => sensor.name === name)?.reading;
							return reading ? sensorData(reading) : null;
						},
					}),
				],
				[
					"/metrics",
					new Metrics({
						text,
						device: () => device(),
						sensors: () => station.sensors,
						current: (sensor: SensorState) => currentData(sensor, clock.ticks),
						statuses: () => service.server?.statuses ?? new Map(),
					}),
				],
			]),
		}),
		access,
		onError: error => host.log(`a request failed: ${error}`),
	});
	const network = connect(host, settings, {
		version,
		store: {
			load: () => configuration.credentials,
			save: credentials => {
				configuration.credentials = credentials;
			},
		},
		onHeld: () => {
			const before = configuration.settings;
			configuration.forgetPassword();
			follow(broadcaster, before, configuration.settings);
		},
		onUp: address => service.open(address),
	});

	const device = (): Omit<Device, "sensors"> => ({
		name: configuration.settings.name,
		version,
		host: host.name,
		boot,
		uptimeMs: clock.ticks,
		time: clock.time === undefined ? null : new Date(clock.time).toISOString(),
		clock: network.time,
		heapFree: host.heapFree() ?? null,
		heapLeast: host.heapLeast?.() ?? null,
		heapLargestBlock: host.heapLargestBlock?.() ?? null,
		signalDbm: network.signalDbm,
		network: network.state,
		start: host.bootInfo ?? null,
		counters: {
			connectionsOpen: service.server?.connections ?? 0,
			...service.server?.counters,
			streamsOpen: broadcaster.streams,
			...broadcaster.counters,
		},
	});

	return {
		close() {
			clock.clear(joining);
			station.close();
			broadcaster.close();
			network.close();
			service.close();
		},
	};
}

/** Serves, at every path, what keeps the device from its work. */
export function explain(host: Host, place: NetworkIdentity, message: string): App {
	host.log(message);
	const service = serve(host, place, { routes: problem(host.text, message) });
	const network = connect(host, place, { version, onUp: address => service.open(address) });
	return {
		close() {
			network.close();
			service.close();
		},
	};
}

/** Starts a device that nobody sits in front of: what is wrong with its configuration is served as a page. */
export function boot(platform: Platform, config: object): App {
	const own = ownConfig(config);
	let host: Host | undefined;
	try {
		const { limits } = platform;
		host = platform.createHost(readSettings(own, limits).sensors);
		const { storage, text, log } = host;
		return start(host, new Configuration({ config: own, limits, storage, text, log }));
	} catch (error) {
		const { ssid, password } = own as NetworkIdentity;
		return explain(host ?? platform.createHost([]), { ssid, password }, (error as Error).message);
	}
}
