/** The sampler and the history, made anew when a change of the settings needs it. */

import type { Settings } from "../config/settings.js";
import { SettingsError } from "../config/validate.js";
import type { PulseCaptureConstructor } from "../dht/pulse-capture.js";
import { History } from "../history/history.js";
import type { Log, Logger } from "../log/log.js";
import type { Clock } from "../platform/clock.js";
import type { Host } from "../platform/host.js";
import type { DigitalOutputConstructor } from "../platform/io.js";
import {
	type FaultReport,
	type Reading,
	Sampler,
	type SamplerOptions,
	type SensorOptions,
	type SensorState,
} from "../sampling/sampler.js";
import { missesToFault } from "../sampling/status.js";
import { HistorySaver } from "./history-saver.js";
import type { ReadingListener } from "./readings.js";

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
		this.#sampler = this.sample(options.settings);
		this.#history = new History({ sensors: this.states });
		this.#saver = this.startSaver();
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
		this.#sampler = this.sample(settings);
		this.#sampled = samplingKey(settings);
		this.#saver.close();
		this.#history = new History({
			sensors: this.states,
			from: this.#history,
			ticks: this.#options.host.clock.ticks,
		});
		this.#saver = this.startSaver();
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
		if (failures < missesToFault || this.#failing.has(sensor)) return;
		this.#failing.add(sensor);
		this.#log(`${sensor}: ${message}`, "warning");
	}

	private sample(settings: Settings): Sampler {
		const { host } = this.#options;
		const { sensors, intervalMs } = settings;
		try {
			host.attach?.(sensors);
			const sampler = new Sampler(new Sampling(this.#options, settings));
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

	private startSaver(): HistorySaver {
		const { host, log } = this.#options;
		const { clock, text, storage } = host;
		return new HistorySaver({ history: this.#history, clock, text, storage, log: log.from("history") });
	}
}

/** A class for its methods, which are in flash: closures would take 320 bytes of the heap. */
class Sampling implements SamplerOptions {
	readonly clock: Clock;
	readonly io: PulseCaptureConstructor;
	readonly Digital: DigitalOutputConstructor | undefined;
	readonly sensors: readonly SensorOptions[];
	readonly intervalMs: number;
	readonly sequence: readonly number[] | undefined;
	readonly #readings: ReadingListener;

	constructor({ host, sequence, readings }: SensorsOptions, { sensors, intervalMs }: Settings) {
		this.clock = host.clock;
		this.io = host.PulseCapture;
		this.Digital = host.Digital;
		this.sensors = sensors;
		this.intervalMs = intervalMs;
		this.sequence = sequence;
		this.#readings = readings;
	}

	onReading(reading: Reading): void {
		this.#readings.onReading(reading);
	}

	onFault(fault: FaultReport): void {
		this.#readings.onFault(fault);
	}
}

/** @returns The settings that decide how sensors are read, which those of warnings and gauges do not. */
function samplingKey({ sensors, intervalMs }: Settings): string {
	return JSON.stringify([
		intervalMs,
		sensors.map(sensor => ({ ...sensor, warn: undefined, scale: undefined, comfort: undefined })),
	]);
}
