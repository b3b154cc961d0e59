import { HistorySaver } from "../../modules/app/history-saver.js";
import { History } from "../../modules/history/history.js";
import { FakeClock } from "./clock.js";
import type { FakeStorage } from "./storage.js";
import { text } from "./text.js";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** 2026-11-22T00:00Z, on which the readings count. */
export const midnight = Date.UTC(2026, 10, 22);

/** One run of a device, from its start to the loss of its power. */
export class Run {
	readonly clock = new FakeClock();
	readonly lines: string[] = [];
	readonly history: History;
	readonly saver: HistorySaver;
	#names: string[];

	/** @param time Wall time; `undefined` while it is unknown. */
	constructor(storage: FakeStorage | undefined, time: number | undefined, names = ["Room"]) {
		const { clock } = this;
		clock.time = time;
		this.#names = names;
		this.history = new History({ sensors: names.map(name => ({ name, intervalMs: 10_000 })) });
		this.saver = new HistorySaver({ history: this.history, clock, text, storage, log: line => this.lines.push(line) });
	}

	/**
	 * Reads every ten seconds; a reading is the minutes since midnight in tenths from -100 °C, so that it tells its time.
	 * @param wall The true time, where the clock has another.
	 */
	sample(ms: number, wall = this.clock.time, stepMs = 10_000): void {
		const start = this.clock.ticks;
		for (const end = start + ms; this.clock.ticks < end; this.clock.advance(stepMs)) {
			const minutes = Math.floor(((wall ?? midnight) + this.clock.ticks - start - midnight) / MINUTE);
			for (const name of this.#names) this.history.push(name, this.clock.ticks, minutes / 10 - 100, 50);
			this.saver.look();
		}
	}

	/** The minimum of each bucket by the minutes since midnight at which it begins; gaps left out. */
	week(name = "Room"): [minutes: number, min: number][] {
		const { ticks, time } = this.clock;
		const series = this.history.series(name, "7d", ticks)!;
		const found: [number, number][] = [];
		for (let index = 0; index < series.length; index++) {
			const min = series.value(index, "temperature", "min");
			const start = (time ?? midnight) - ticks + series.startTicks + index * series.stepMs;
			if (min !== null) found.push([(start - midnight) / MINUTE, Math.round((min + 100) * 10)]);
		}
		return found;
	}
}

/** Lines of the saver. */
export const aside = "the clock does not fit the saved history, which is set aside for a week";
export const back = "the history that was set aside is back";

/** Buckets of a quarter of an hour that hold the readings of it, `[from, from], [from + 15, from + 15] …`. */
export const quarters = (from: number, to: number) =>
	Array.from({ length: (to - from) / 15 }, (_, index) => [from + 15 * index, from + 15 * index]);
