/** The composition root: builds the parts and joins them. */

import { connect, type Place } from "./connect.js";
import { History } from "./history/history.js";
import { Keeper } from "./keep.js";
import type { Host, Platform } from "./platform/types.js";
import { currentData, sensorData, sensorFault, sensorHealth, sensorStatus } from "./report.js";
import { Sampler } from "./sensor/sampler.js";
import { origin, serve } from "./serve.js";
import { ownConfig, readSettings, type Settings } from "./settings.js";
import { Broadcaster } from "./web/broadcaster.js";
import type { Device, Hello } from "./web/events.js";
import { Metrics } from "./web/metrics.js";
import { PastHandler } from "./web/past.js";
import type { Handler } from "./web/routes.js";
import { problem, site } from "./web/site.js";

export const version = "1.0.0";

const heartbeatMs = 5000;

export interface App {
	/** Frees everything; may be called twice. */
	close(): void;
}

/**
 * Samples, and serves what was sampled.
 * @param sequence For a replay: the order in which the sensors are read, see `SamplerOptions`.
 * @throws {Error} A pin does not exist or is in use.
 */
export function start(host: Host, settings: Settings, sequence?: readonly number[]): App {
	const { clock, text } = host;
	const boot = host.random().toString(16).padStart(8, "0");

	const hello = (): Hello => ({
		boot,
		uptimeMs: clock.ticks,
		intervalMs: Math.max(...sampler.sensors.map(sensor => sensor.intervalMs)),
		heartbeatMs,
		version,
		name: settings.name,
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

	const sampler = new Sampler({
		clock,
		io: host.PulseCapture,
		Digital: host.Digital,
		sensors: settings.sensors,
		intervalMs: settings.intervalMs,
		sequence,
		onReading: reading => {
			history.push(reading.sensor, reading.ticks, reading.temperature, reading.humidity);
			keeper.look();
			broadcaster.publish("sensor-data", sensorData(reading));
		},
		onFault: fault => broadcaster.publish("sensor-fault", sensorFault(fault)),
	});
	for (const { name, model, intervalMs } of sampler.sensors)
		if (intervalMs > settings.intervalMs)
			host.log(`${name}: interval raised from ${settings.intervalMs} to ${intervalMs} ms, the least of ${model}`);

	const history = new History({ sensors: sampler.sensors });
	const keeper = new Keeper({ history, clock, text, storage: host.storage, log: host.log });

	const service = serve(host, settings, {
		maxConnections: settings.maxConnections,
		hosts: settings.hosts,
		origins: settings.origins,
		portal: remoteAddress => {
			const address = network.portal(remoteAddress);
			return address && `${origin(address, settings.port ?? host.defaultPort)}/`;
		},
		headerMs: settings.headerMs,
		bodyMs: settings.bodyMs,
		idleMs: settings.idleMs,
		progressMs: settings.progressMs,
		routes: site({
			text,
			assets: host.assets,
			broadcaster,
			readings: () => ({
				...hello(),
				lastEventId: broadcaster.lastEventId,
				readings: sampler.sensors.map((sensor, index) => sensorStatus(sensor, settings.sensors[index]!, clock.ticks)),
			}),
			device: () => device(),
			more: new Map<string, Handler>([
				[
					"/api/history",
					new PastHandler({
						text,
						clock,
						sensor: sampler.sensors[0]!.name,
						series: (sensor, span) => history.series(sensor, span, clock.ticks),
						newest: name => {
							const reading = sampler.sensors.find(sensor => sensor.name === name)?.reading;
							return reading ? sensorData(reading) : null;
						},
					}),
				],
				[
					"/metrics",
					new Metrics({
						text,
						device: () => device(),
						current: () => currentData(sampler.sensors, clock.ticks),
						statuses: () => service.server?.statuses ?? new Map(),
					}),
				],
			]),
		}),
		onError: error => host.log(`a request failed: ${error}`),
	});
	const network = connect(host, settings, { version, onUp: address => service.open(address) });

	const device = (): Device => ({
		name: settings.name,
		version,
		host: host.name,
		boot,
		uptimeMs: clock.ticks,
		time: clock.time === undefined ? null : new Date(clock.time).toISOString(),
		clock: network.time,
		heapFree: host.heapFree() ?? null,
		signalDbm: network.signalDbm,
		network: network.state,
		start: host.start ?? null,
		counters: {
			connectionsOpen: service.server?.connections ?? 0,
			...service.server?.counters,
			streamsOpen: broadcaster.streams,
			...broadcaster.counters,
		},
		sensors: sampler.sensors.map(sensor => sensorHealth(sensor, clock.ticks)),
	});

	return {
		close() {
			sampler.close();
			keeper.close();
			broadcaster.close();
			network.close();
			service.close();
		},
	};
}

/** Serves, at every path, what keeps the device from its work. */
export function explain(host: Host, place: Place, message: string): App {
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
		const settings = readSettings(own, platform.limits);
		host = platform.createHost(settings.sensors);
		return start(host, settings);
	} catch (error) {
		const { ssid, password } = own as Place;
		return explain(host ?? platform.createHost([]), { ssid, password }, (error as Error).message);
	}
}
