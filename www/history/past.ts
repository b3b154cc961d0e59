import type { History, Span } from "../../modules/api/schema.js";
import type { Series } from "./series.js";
import { Tier } from "./tier.js";

/** After a failure the device is not asked again for so long. */
const RETRY_MS = 10_000;
/** Readings further apart than this many intervals have a gap between them. */
const GAP_INTERVALS = 3;

export interface PastOptions {
	/** Asks the device; rejects where it gives no answer. */
	ask(sensor: string, span: Span): Promise<History>;
	/** When on the page's clock the device had been up for so long. */
	at(uptimeMs: number): number;
	/** The page's clock, ms. */
	now(): number;
	/** From one reading to the next. */
	intervalMs(): number;
	/** Told when the device has answered. */
	onAnswer(): void;
}

/** A tier, and from when on the device is to be asked for it; never, once it has been. */
interface Asked {
	tier: Tier;
	due: number;
}

/** The past of all sensors: the device's own, asked for when it is wanted, and continued by what comes. */
export class Past {
	readonly #options: PastOptions;
	readonly #sensors = new Map<string, Record<Span, Asked>>();
	#asking = false;

	constructor(options: PastOptions) {
		this.#options = options;
	}

	get #gapMs(): number {
		return GAP_INTERVALS * this.#options.intervalMs();
	}

	/** A reading at `at` (ms on the page's clock). After a gap the device is asked again: it may know what the page has missed. */
	push(sensor: string, at: number, temperature: number, humidity: number): void {
		for (const asked of Object.values(this.#tiers(sensor))) {
			const { tier } = asked;
			if (at - tier.last > Math.max(this.#gapMs, tier.reachMs)) asked.due = at;
			tier.push(at, temperature, humidity);
		}
	}

	/** @returns The span of `sensor` that ends now; asks the device for it where that is due, one thing at a time. */
	read(sensor: string, span: Span): Series {
		const { now } = this.#options;
		const asked = this.#tiers(sensor)[span];
		if (!this.#asking && now() >= asked.due) void this.#ask(sensor, span, asked);
		return asked.tier.read(now(), this.#gapMs);
	}

	async #ask(sensor: string, span: Span, asked: Asked): Promise<void> {
		const { ask, at, now, intervalMs, onAnswer } = this.#options;
		this.#asking = true;
		asked.due = Number.POSITIVE_INFINITY;
		const known = asked.tier.last;
		try {
			asked.tier.restore(await ask(sensor, span), known, at, intervalMs());
		} catch {
			asked.due = now() + RETRY_MS;
		}
		this.#asking = false;
		onAnswer();
	}

	#tiers(sensor: string): Record<Span, Asked> {
		let tiers = this.#sensors.get(sensor);
		if (!tiers) {
			const fresh = (span: Span): Asked => ({ tier: new Tier(span), due: Number.NEGATIVE_INFINITY });
			tiers = { "15m": fresh("15m"), "24h": fresh("24h"), "7d": fresh("7d") };
			this.#sensors.set(sensor, tiers);
		}
		return tiers;
	}
}
