// The device that both servers tell of, and what makes its content.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeviceSource, SensorReport } from "../../modules/api/device.js";
import type { HistorySource } from "../../modules/api/history.js";
import type { Listing } from "../../modules/api/listing.js";
import type { MetricsSource, Vitals } from "../../modules/api/metrics.js";
import type { ReadingsSource } from "../../modules/api/readings.js";
import type {
	DeviceHead,
	Hello,
	ReadingsHead,
	SensorData,
	SensorHealth,
	SensorStatus,
	Span,
} from "../../modules/api/schema.js";
import type { Series } from "../../modules/api/series.js";
import { type FaultKind, faultKinds } from "../../modules/dht/fault.js";
import { History } from "../../modules/history/history.js";
import type { Text } from "../../modules/platform/text.js";

/** The page's files of `folder`, by name. */
export const filesOf = (folder: string) =>
	new Map(
		["index.html", "index.html.gz", "index.csp"].map(name => [name, new Uint8Array(readFileSync(join(folder, name)))]),
	);

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

export const text: Text = { encode: string => encoder.encode(string), decode: bytes => decoder.decode(bytes) };

const boot = "5f3a";
const never = { below: null, above: null, hysteresis: 0 };
const intervalMs = 2000;
const dayMs = 86_400_000;

export type State = Pick<SensorHealth, "reads" | "faults" | "sinceGoodMs">;

/** One sensor, read once a publishing. */
export class Device
	implements ReadingsSource, DeviceSource, HistorySource, MetricsSource<{ name: string; counts: State }>
{
	readonly boot = boot;
	readonly defaultSensor = "Living room";
	/** Responses by status, of a server that counts them. */
	statuses: ReadonlyMap<number, number> = new Map([[200, 1]]);
	readonly counts: State = {
		reads: 43_200,
		faults: Object.fromEntries(faultKinds.map(kind => [kind, 0])) as Record<FaultKind, number>,
		sinceGoodMs: 0,
	};
	readonly states = [{ name: this.defaultSensor, counts: this.counts }];
	#newest = this.#derive(24.4, 46.4, dayMs);
	#history = new History({ sensors: [{ name: this.defaultSensor, intervalMs }] });

	/** Once a minute, and as often as it is read in the last quarter of an hour. */
	fillHistory(): void {
		for (let ticks = 0; ticks <= dayMs; ticks += dayMs - ticks > 900_000 ? 60_000 : intervalMs)
			this.#history.push(this.defaultSensor, ticks, 20 + (ticks % 7919) / 2000, 40 + (ticks % 6007) / 500);
	}

	/** Takes a reading. @returns The data of its event. */
	read(uptimeMs: number): SensorData {
		this.#newest = this.#derive(24.4, 46.4, uptimeMs);
		return this.#newest;
	}

	hello(): Hello {
		return { boot, uptimeMs: dayMs, intervalMs, heartbeatMs: 5000, version: "1.0.0", name: "dht" };
	}

	readings(): Listing<ReadingsHead, SensorStatus> {
		return {
			head: () => ({ ...this.hello(), lastEventId: `${boot}-1`, language: "auto", units: "C" }),
			length: 1,
			item: () => ({
				...this.#newest,
				model: "DHT22",
				status: "live",
				ageMs: 0,
				fault: null,
				warn: { temperature: never, humidity: never, delayMs: 0 },
				range: [-40, 80],
				alerts: [],
			}),
		};
	}

	device(): Listing<DeviceHead, SensorReport> {
		return { head: () => this.#head(), length: 1, item: () => ({ health: this.#health(), badTrain: null }) };
	}

	series(sensor: string, span: Span): Series | undefined {
		return this.#history.series(sensor, span, dayMs);
	}

	newest(): SensorData {
		return this.#newest;
	}

	current(): SensorData {
		return this.#newest;
	}

	vitals(): Vitals {
		const { name, version, uptimeMs } = this.hello();
		const heap = { heapFree: () => 60_000, heapLeast: () => 50_000, heapLargestBlock: () => 40_000 };
		return {
			name,
			host: { name: "desktop", version, clock: { ticks: uptimeMs }, ...heap },
			signalDbm: -60,
			server: { connections: 1, counters: { connectionsRejected: 0 } },
			broadcaster: { streams: 0, counters: { evicted: 0, refused: 0 } },
		};
	}

	#derive(temperature: number, humidity: number, uptimeMs: number): SensorData {
		const derived = { dewPoint: 12.1, heatIndex: 24.1, absoluteHumidity: 10.3 };
		return { temperature, humidity, sensor: this.defaultSensor, uptimeMs, ...derived };
	}

	#head(): DeviceHead {
		return {
			name: "dht",
			version: "1.0.0",
			host: "desktop",
			chip: null,
			boot,
			mode: "normal",
			modeReason: null,
			rolledBack: null,
			leftOut: [],
			uptimeMs: dayMs,
			time: "2026-11-27T12:00:00.000Z",
			clock: null,
			heapFree: 60_000,
			heapLeast: 50_000,
			heapLargestBlock: 40_000,
			signalDbm: -60,
			network: null,
			mqtt: null,
			start: null,
			counters: { connectionsOpen: 1, connectionsRejected: 0, streamsOpen: 0, evicted: 0, refused: 0 },
		};
	}

	#health(): SensorReport["health"] {
		const { reads, faults, sinceGoodMs } = this.counts;
		return {
			sensor: this.defaultSensor,
			model: "DHT22",
			answering: "DHT22",
			pin: 4,
			intervalMs,
			status: "live",
			calibrated: false,
			reads,
			goodReads: reads,
			day: { reads, goodReads: reads },
			oldFrames: 0,
			powerCycles: 0,
			faults,
			lastFault: null,
			sinceGoodMs,
			widths: null,
			hint: null,
		};
	}
}
