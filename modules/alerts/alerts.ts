/** Watches readings and faults. Of a sensor in no zone nothing is kept. */

import type { Settings } from "../config/settings.js";
import type { Log } from "../log/log.js";
import type { Timer } from "../platform/clock.js";
import type { Host } from "../platform/host.js";
import type { FaultReport, Reading, SensorState } from "../sampling/reading.js";
import { isStale, staleIntervals } from "../sampling/status.js";
import type { Alert, AlertQuantity } from "./alert.js";
import { SuccessRate } from "./success-rate.js";
import { Webhooks } from "./webhooks.js";
import { Zone, type ZoneLimits, type ZoneState, zoneOf } from "./zone.js";

/** The components that it needs; each is looked up when it is needed. */
export interface AlertSources {
	readonly host: Pick<Host, "clock" | "text" | "TCP" | "resolve">;
	readonly configuration: { readonly settings: Pick<Settings, "name" | "sensors" | "webhooks"> };
	readonly log: Log;
	readonly sensors: { readonly states: readonly SensorState[] };
	readonly broadcaster: { publish(event: string, key: string, data: object, topic: string): void };
}

/** How often sensors are looked at that say nothing, ms. */
const lookMs = 10_000;
/** A sensor of whose reads fewer succeed is unreliable, percent. */
const successLimits: ZoneLimits = Object.freeze({ below: 80, above: null, hysteresis: 5 }, true);
const noLimits: ZoneLimits = Object.freeze({ below: null, above: null, hysteresis: 0 }, true);
const measured = Object.freeze(["temperature", "humidity"] as const, true);

/** A quantity that is in a zone, or about to enter one. */
interface Watched {
	readonly sensor: string;
	readonly quantity: AlertQuantity;
	readonly zone: Zone;
	/** The newest; `undefined` while it is not confirmed. */
	alert: Alert | undefined;
}

interface Observation {
	readonly sensor: string;
	readonly quantity: AlertQuantity;
	readonly next: ZoneState;
	/** When it was made, ms since boot. */
	readonly ticks: number;
	readonly value: number | null;
	readonly limits: ZoneLimits;
	readonly delayMs: number;
	readonly error?: string;
}

export class Alerts {
	#sources: AlertSources;
	/** At most four a sensor. */
	#watched: Watched[] = [];
	#success: SuccessRate | undefined;
	#webhooks: Webhooks | undefined;
	#timer: Timer;

	constructor(sources: AlertSources) {
		this.#sources = sources;
		this.#timer = sources.host.clock.repeat(() => this.look(), lookMs);
		this.change();
	}

	/** @returns The alerts of `sensor` that stand. */
	of(sensor: string): Alert[] {
		const alerts: Alert[] = [];
		for (const one of this.#watched)
			if (one.sensor === sensor && one.alert && one.alert.state !== "normal") alerts.push(one.alert);
		return alerts;
	}

	onReading({ sensor, ticks, ...values }: Reading): void {
		const warn = this.warnOf(sensor);
		if (!warn) return;
		const { delayMs } = warn;
		for (const quantity of measured) {
			const value = values[quantity];
			const limits = warn[quantity];
			const next = zoneOf(value, limits, this.find(sensor, quantity)?.zone.next ?? "normal");
			this.observe({ sensor, quantity, next, ticks, value, limits, delayMs });
		}
		this.observe({ ...this.silence(sensor, ticks, delayMs), next: "normal" });
		this.count(sensor, ticks, false);
	}

	onFault({ sensor, ticks, status, error }: FaultReport): void {
		const warn = this.warnOf(sensor);
		if (!warn) return;
		if (status === "fault") this.observe({ ...this.silence(sensor, ticks, warn.delayMs), error });
		this.count(sensor, ticks, true);
	}

	/** The settings have changed: forgets sensors that are gone, and turns to the receivers of now. */
	change(): void {
		const { sensors, webhooks } = this.#sources.configuration.settings;
		const names = sensors.map(({ name }) => name);
		this.#watched = this.#watched.filter(({ sensor }) => names.includes(sensor));
		this.#webhooks?.keepOnly(names);
		if (webhooks.length === 0) {
			this.#webhooks?.close();
			this.#webhooks = undefined;
			return;
		}
		this.#webhooks ??= this.createWebhooks();
		this.#webhooks?.change(webhooks);
		for (const { alert } of this.#watched) if (alert) this.#webhooks?.report(alert);
	}

	/** May be called twice. */
	close(): void {
		this.#sources.host.clock.clear(this.#timer);
		this.#webhooks?.close();
	}

	/** @returns `undefined` on a host that opens no connections. */
	private createWebhooks(): Webhooks | undefined {
		const { host, configuration } = this.#sources;
		const { clock, text, TCP, resolve } = host;
		const log = this.#sources.log.from("webhook");
		if (TCP && resolve) return new Webhooks({ clock, text, TCP, resolve, device: configuration, log });
		log("this host opens no connections", "error");
		return undefined;
	}

	private warnOf(sensor: string) {
		return this.#sources.configuration.settings.sensors.find(({ name }) => name === sensor)?.warn;
	}

	private find(sensor: string, quantity: AlertQuantity): Watched | undefined {
		return this.#watched.find(one => one.sensor === sensor && one.quantity === quantity);
	}

	private silence(sensor: string, ticks: number, delayMs: number): Observation {
		return { sensor, quantity: "reading", next: "fault", ticks, value: null, limits: noLimits, delayMs };
	}

	/** Finds sensors that give neither readings nor faults. */
	private look(): void {
		const { ticks } = this.#sources.host.clock;
		for (const state of this.#sources.sensors.states) {
			const { name, reading } = state;
			const warn = this.warnOf(name);
			if (warn && reading && isStale(state, ticks))
				this.observe({ ...this.silence(name, ticks, warn.delayMs), error: "stale" });
		}
	}

	/** Counts a read for the success rate, but for those of a sensor without readings. */
	private count(sensor: string, ticks: number, isFault: boolean): void {
		if (this.find(sensor, "reading")?.zone.state === "fault") {
			this.#success?.drop(sensor);
			return;
		}
		if (!isFault && !this.#success) return;
		this.#success ??= new SuccessRate();
		const watched = this.find(sensor, "success");
		const value = this.#success.count(sensor, ticks, isFault, isFault || watched !== undefined);
		if (value === undefined) return;
		const limits = successLimits;
		const next = zoneOf(value, limits, watched?.zone.next ?? "normal");
		this.observe({ sensor, quantity: "success", next, ticks, value, limits, delayMs: 0 });
	}

	private observe(observation: Observation): void {
		const { sensor, quantity, next, ticks, delayMs } = observation;
		let watched = this.find(sensor, quantity);
		if (!watched) {
			if (next === "normal") return;
			watched = { sensor, quantity, zone: new Zone(), alert: undefined };
			this.#watched.push(watched);
		}
		const { zone } = watched;
		const { state } = zone;
		if (zone.observe(next, ticks, delayMs, this.maxGapMs(sensor, quantity))) this.report(watched, state, observation);
		if (zone.isNormal) this.#watched = this.#watched.filter(one => one !== watched);
	}

	/** Of a longer silence nothing is concluded about what is measured. */
	private maxGapMs(sensor: string, quantity: AlertQuantity): number {
		if (quantity !== "temperature" && quantity !== "humidity") return Number.POSITIVE_INFINITY;
		const state = this.#sources.sensors.states.find(({ name }) => name === sensor);
		return staleIntervals * (state?.intervalMs ?? 0);
	}

	private report(watched: Watched, before: ZoneState, { value, limits, error }: Observation): void {
		const { sensor, quantity, zone } = watched;
		const { state } = zone;
		const side = state === "normal" ? before : state;
		const limit = side === "above" || side === "below" ? limits[side] : null;
		const about = state === "fault" && error !== undefined ? { error } : {};
		const alert = { sensor, quantity, state, value, limit, ...about, sinceUptimeMs: zone.since };
		watched.alert = alert;
		const { broadcaster, host } = this.#sources;
		broadcaster.publish("alert", sensor, { ...alert, uptimeMs: host.clock.ticks }, quantity);
		this.#webhooks?.report(alert);
	}
}
