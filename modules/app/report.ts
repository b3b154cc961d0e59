/** The state of the device as its API reports it. */

import type { Alerts } from "../alerts/alerts.js";
import type { DeviceSource, SensorReport } from "../api/device.js";
import type { HistorySource } from "../api/history.js";
import type { Listing } from "../api/listing.js";
import type { MetricsSource, Vitals } from "../api/metrics.js";
import type { NeighboursSource } from "../api/neighbours.js";
import type { ReadingsSource } from "../api/readings.js";
import type { DeviceHead, Hello, NeighboursHead, ReadingsHead, SensorData, SensorStatus, Span } from "../api/schema.js";
import type { Series } from "../api/series.js";
import { type Neighbour, neighbourOf } from "../network/neighbours.js";
import type { SensorState } from "../sampling/sampler.js";
import type { Broadcaster } from "../sse/broadcaster.js";
import { noticeOf } from "./boot-state.js";
import { type DeviceSources, deviceHead } from "./device-head.js";
import { sensorData } from "./sensor-events.js";
import { currentData, sensorHealth, sensorStatus } from "./sensor-status.js";
import type { Sensors } from "./sensors.js";
import { streamOptions } from "./stream.js";

/** The components whose state is reported; each is looked up at the time of the report. */
export interface ReportSources extends DeviceSources {
	readonly broadcaster: Broadcaster;
	readonly sensors: Sensors;
	readonly alerts: Alerts;
}

export class Report
	implements ReadingsSource, DeviceSource, HistorySource, NeighboursSource, MetricsSource<SensorState>
{
	#sources: ReportSources;

	constructor(sources: ReportSources) {
		this.#sources = sources;
	}

	/** The first event of each stream. */
	hello(): Hello {
		const { host, bootId, sensors, configuration } = this.#sources;
		return {
			boot: bootId,
			uptimeMs: host.clock.ticks,
			intervalMs: Math.max(...sensors.states.map(({ intervalMs }) => intervalMs)),
			heartbeatMs: streamOptions.heartbeatMs,
			version: host.version,
			name: configuration.settings.name,
		};
	}

	/** Its items keep to the sensors of now, also when the settings change while they are sent. */
	readings(): Listing<ReadingsHead, SensorStatus> {
		const { host, broadcaster, sensors, alerts, configuration, boot } = this.#sources;
		const { states } = sensors;
		const { settings } = configuration;
		return {
			head: () => {
				const head: ReadingsHead = {
					...this.hello(),
					lastEventId: broadcaster.lastEventId,
					language: settings.language,
					units: settings.units,
				};
				const notice = noticeOf(boot);
				if (notice) head.notice = notice;
				return head;
			},
			length: states.length,
			item: index => {
				const state = states[index]!;
				return sensorStatus(state, settings.sensors[index]!, host.clock.ticks, alerts.of(state.name));
			},
		};
	}

	/** Its items keep to the sensors of now, as those of `readings` do. */
	device(): Listing<DeviceHead, SensorReport> {
		const { host, sensors } = this.#sources;
		const { states } = sensors;
		return {
			head: () => deviceHead(this.#sources),
			length: states.length,
			item: index => sensorHealth(states[index]!, host.clock.ticks),
		};
	}

	/** Its items are the neighbours of now. */
	neighbours(): Listing<NeighboursHead, Neighbour> {
		const { network, host, configuration } = this.#sources;
		const { neighbours } = network;
		const entries = neighbours?.entries ?? [];
		return {
			head: () => ({
				name: network.name ?? configuration.settings.name,
				version: host.version,
				ignored: neighbours?.ignored ?? 0,
			}),
			length: entries.length,
			item: index => neighbourOf(entries[index]!),
		};
	}

	vitals(): Vitals {
		const { host, broadcaster, service, network, configuration } = this.#sources;
		const { signalDbm } = network;
		return { name: configuration.settings.name, host, signalDbm, server: service.server, broadcaster };
	}

	get defaultSensor(): string {
		return this.#sources.sensors.states[0]!.name;
	}

	series(sensor: string, span: Span): Series | undefined {
		const { host, sensors } = this.#sources;
		return sensors.history.series(sensor, span, host.clock.ticks);
	}

	newest(sensor: string): SensorData | null {
		const reading = this.states.find(({ name }) => name === sensor)?.reading;
		return reading ? sensorData(reading) : null;
	}

	get states(): readonly SensorState[] {
		return this.#sources.sensors.states;
	}

	current(sensor: SensorState): SensorData | undefined {
		return currentData(sensor, this.#sources.host.clock.ticks);
	}

	get statuses(): ReadonlyMap<number, number> {
		return this.#sources.service.server?.statuses ?? new Map();
	}
}
