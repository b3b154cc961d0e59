/** The sensors at work and what they have read: made anew, as far as needed, when their settings change. */

import type { Settings } from "../config/settings.js";
import { SettingsError } from "../config/validate.js";
import { History } from "../history/history.js";
import type { Host } from "../platform/host.js";
import { type FaultReport, type Reading, Sampler, type SensorState } from "../sampling/sampler.js";
import { HistorySaver } from "./history-saver.js";
import type { ReadingListener } from "./readings.js";

/** Reads missed in a row after which a sensor is told to be failing. */
const failuresToTell = 3;

export interface SensorsOptions {
	host: Host;
	settings: Settings;
	/** For a replay: the order in which the sensors are read, see `SamplerOptions`. */
	sequence: readonly number[] | undefined;
	/** Hears of every reading and fault. */
	readings: ReadingListener;
}

export class Sensors implements ReadingListener {
	#options: SensorsOptions;
	/** How the sensors are read: when it changes, so does the sampler. */
	#work: string;
	#sampler: Sampler;
	#history: History;
	#saver: HistorySaver;
	/** Names of the sensors that the console was told to be failing; bounded by the settings' eight. */
	#failing = new Set<string>();

	/** @throws {SettingsError} A pin does not exist or is in use. */
	constructor(options: SensorsOptions) {
		this.#options = options;
		this.#work = work(options.settings);
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
	 * Goes on with `settings`. Sensors that are read in another way begin anew, with the past of those of the same name.
	 * @throws {SettingsError} A pin does not exist or is in use: nothing is read until the next change.
	 */
	change(settings: Settings): void {
		if (work(settings) === this.#work) return;
		this.#work = "";
		this.#sampler.close();
		this.#failing.clear();
		this.#sampler = this.#sample(settings);
		this.#work = work(settings);
		this.#saver.close();
		this.#history = new History({
			sensors: this.states,
			from: this.#history,
			ticks: this.#options.host.clock.ticks,
		});
		this.#saver = this.#startSaver();
	}

	/** Saves the history, and frees every pin; may be called twice. */
	close(): void {
		this.#sampler.close();
		this.#saver.close();
	}

	onReading({ sensor, ticks, temperature, humidity }: Reading): void {
		if (this.#failing.delete(sensor)) this.#options.host.log(`${sensor}: read again`);
		this.#history.push(sensor, ticks, temperature, humidity);
		this.#saver.look();
	}

	onFault({ sensor, failures, message }: FaultReport): void {
		if (failures < failuresToTell || this.#failing.has(sensor)) return;
		this.#failing.add(sensor);
		this.#options.host.log(`${sensor}: ${message}`);
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
					host.log(
						`${sensor.name}: interval raised from ${intervalMs} to ${sensor.intervalMs} ms, the least of ${sensor.model}`,
					);
			return sampler;
		} catch (error) {
			throw new SettingsError("sensors", sensors, (error as Error).message);
		}
	}

	#startSaver(): HistorySaver {
		const { clock, text, storage, log } = this.#options.host;
		return new HistorySaver({ history: this.#history, clock, text, storage, log });
	}
}

/** All that decides how sensors are read: not where the page warns. */
function work({ sensors, intervalMs }: Settings): string {
	return JSON.stringify([intervalMs, sensors.map(sensor => ({ ...sensor, warn: undefined }))]);
}
