/** The sampler and the history, made anew when a change of the settings needs it. */

import type { Settings } from "../config/settings.js";
import { SettingsError } from "../config/validate.js";
import { History } from "../history/history.js";
import type { Log, Logger } from "../log/log.js";
import type { Host } from "../platform/host.js";
import { type FaultReport, type Reading, Sampler, type SensorState } from "../sampling/sampler.js";
import { HistorySaver } from "./history-saver.js";
import type { ReadingListener } from "./readings.js";

/** Failed reads in a row after which the log says so. */
const failuresToLog = 3;

export interface SensorsOptions {
	host: Host;
	log: Log;
	settings: Settings;
	/** For a replay: the order in which the sensors are read, see `SamplerOptions`. */
	sequence: readonly number[] | undefined;
	/** Hears of every reading and fault. */
	readings: ReadingListener;
}

export class Sensors implements ReadingListener {
	#options: SensorsOptions;
	#log: Logger;
	/** The settings that the sampler was made of, as JSON. */
	#sampled: string;
	#sampler: Sampler;
	#history: History;
	#saver: HistorySaver;
	/** Names of sensors whose failure was logged; at most eight, as the settings have. */
	#failing = new Set<string>();

	/** @throws {SettingsError} A pin does not exist or is in use. */
	constructor(options: SensorsOptions) {
		this.#options = options;
		this.#log = options.log.from("sensors");
		this.#sampled = samplingKey(options.settings);
		this.#sampler = this.#sample(options.settings);
		this.#history = new History({ sensors: this.states });
		this.#saver = this.#startSaver();
	}

	/** In the order of the settings. */
	get states(): readonly SensorState[] {
		return this.#sampler.sensors;
	}

	get history(): History {
		return this.#history;
	}

	/**
	 * Goes on with `settings`. When sensors change, all begin anew, with the past of those of the same name.
	 * @throws {SettingsError} A pin does not exist or is in use: nothing is read until the next change.
	 */
	change(settings: Settings): void {
		if (samplingKey(settings) === this.#sampled) return;
		this.#sampled = "";
		this.#sampler.close();
		this.#failing.clear();
		this.#sampler = this.#sample(settings);
		this.#sampled = samplingKey(settings);
		this.#saver.close();
		this.#history = new History({
			sensors: this.states,
			from: this.#history,
			ticks: this.#options.host.clock.ticks,
		});
		this.#saver = this.#startSaver();
	}

	/** As of `Sampler`. */
	betweenReads(action: () => void): void {
		this.#sampler.betweenReads(action);
	}

	/** Saves the history, and frees every pin; may be called twice. */
	close(): void {
		this.#sampler.close();
		this.#saver.close();
	}

	onReading({ sensor, ticks, temperature, humidity }: Reading): void {
		if (this.#failing.delete(sensor)) this.#log(`${sensor}: read again`);
		this.#history.push(sensor, ticks, temperature, humidity);
		this.#saver.look();
	}

	onFault({ sensor, failures, message }: FaultReport): void {
		if (failures < failuresToLog || this.#failing.has(sensor)) return;
		this.#failing.add(sensor);
		this.#log(`${sensor}: ${message}`, "warning");
	}

	#sample({ sensors, intervalMs }: Settings): Sampler {
		const { host, sequence, readings } = this.#options;
		try {
			host.attach?.(sensors);
			const sampler = new Sampler({
				clock: host.clock,
				io: host.PulseCapture,
				Digital: host.Digital,
				sensors,
				intervalMs,
				sequence,
				onReading: reading => readings.onReading(reading),
				onFault: fault => readings.onFault(fault),
			});
			for (const sensor of sampler.sensors)
				if (sensor.intervalMs > intervalMs)
					this.#log(
						`${sensor.name}: interval raised from ${intervalMs} to ${sensor.intervalMs} ms, the minimum of ${sensor.model}`,
						"warning",
					);
			return sampler;
		} catch (error) {
			throw new SettingsError("sensors", sensors, (error as Error).message);
		}
	}

	#startSaver(): HistorySaver {
		const { host, log } = this.#options;
		const { clock, text, storage } = host;
		return new HistorySaver({ history: this.#history, clock, text, storage, log: log.from("history") });
	}
}

/** @returns The settings that decide how sensors are read, which those of warnings do not. */
function samplingKey({ sensors, intervalMs }: Settings): string {
	return JSON.stringify([intervalMs, sensors.map(sensor => ({ ...sensor, warn: undefined }))]);
}
