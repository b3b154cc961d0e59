import type { History, Span } from "../../modules/api/schema.js";
import type { Series } from "./series.js";
import { Tier } from "./tier.js";

/** From a failed fetch to the next one. */
const RETRY_MS = 10_000;
/** Readings further apart than this many intervals have a gap between them. */
const GAP_INTERVALS = 3;

export interface HistoryCacheOptions {
	/** Gets the body of `/api/history`; rejects when that fails. */
	fetch(sensor: string, span: Span): Promise<History>;
	/** @returns The time of the device's `uptimeMs` on the page's clock, ms. */
	at(uptimeMs: number): number;
	/** The page's clock, ms. */
	now(): number;
	/** From one reading to the next. */
	intervalMs(): number;
	/** Called after each fetch, whether it succeeded or failed. */
	onFetched(): void;
}

interface CachedTier {
	tier: Tier;
	/** When it is to be fetched, on the page's clock; infinite after a fetch. */
	due: number;
}

/**
 * The history of all sensors: the device's own, fetched when it is first read, and continued by readings.
 * Three tiers a sensor, bounded as `Tier` is; the sensors are those of the device's settings, at most eight at a time.
 */
export class HistoryCache {
	readonly #options: HistoryCacheOptions;
	readonly #sensors = new Map<string, Record<Span, CachedTier>>();
	#fetching = false;

	constructor(options: HistoryCacheOptions) {
		this.#options = options;
	}

	get #gapMs(): number {
		return GAP_INTERVALS * this.#options.intervalMs();
	}

	/** Adds a reading of time `at` (ms on the page's clock). After a gap the tiers become due: the device may have more readings. */
	push(sensor: string, at: number, temperature: number, humidity: number): void {
		for (const cached of Object.values(this.#tiers(sensor))) {
			const { tier } = cached;
			if (at - tier.last > Math.max(this.#gapMs, tier.reachMs)) cached.due = at;
			tier.push(at, temperature, humidity);
		}
	}

	/** @returns The span of `sensor` that ends now. Fetches it when it is due, one tier at a time. */
	read(sensor: string, span: Span): Series {
		const { now } = this.#options;
		const cached = this.#tiers(sensor)[span];
		if (!this.#fetching && now() >= cached.due) void this.#fetch(sensor, span, cached);
		return cached.tier.read(now(), this.#gapMs);
	}

	async #fetch(sensor: string, span: Span, cached: CachedTier): Promise<void> {
		const { fetch, at, now, intervalMs, onFetched } = this.#options;
		this.#fetching = true;
		cached.due = Number.POSITIVE_INFINITY;
		const requestedAfter = cached.tier.last;
		try {
			cached.tier.restore(await fetch(sensor, span), requestedAfter, at, intervalMs());
		} catch {
			cached.due = now() + RETRY_MS;
		}
		this.#fetching = false;
		onFetched();
	}

	#tiers(sensor: string): Record<Span, CachedTier> {
		let tiers = this.#sensors.get(sensor);
		if (!tiers) {
			const create = (span: Span): CachedTier => ({ tier: new Tier(span), due: Number.NEGATIVE_INFINITY });
			tiers = { "15m": create("15m"), "24h": create("24h"), "7d": create("7d") };
			this.#sensors.set(sensor, tiers);
		}
		return tiers;
	}
}
