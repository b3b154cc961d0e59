import type { Clock } from "../../modules/platform/clock.js";

interface FakeTimer {
	callback: () => void;
	due: number;
	/** 0 for a timer that fires once. */
	interval: number;
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
	ticks = 0;
	/** Wall time, which `advance` moves too; `undefined` while unknown. */
	time: number | undefined;
	#timers: FakeTimer[] = [];

	set(callback: () => void, delayMs: number): FakeTimer {
		return this.#add({ callback, due: this.ticks + delayMs, interval: 0 });
	}

	/** @throws {RangeError} `intervalMs` is not over 0. */
	repeat(callback: () => void, intervalMs: number): FakeTimer {
		if (!(intervalMs > 0)) throw new RangeError(`intervalMs ${intervalMs}: over 0`);
		return this.#add({ callback, due: this.ticks + intervalMs, interval: intervalMs });
	}

	clear(timer: object | undefined): void {
		this.#timers = this.#timers.filter(one => one !== timer);
	}

	/** Timers that have not fired or been cleared. */
	get pending(): number {
		return this.#timers.length;
	}

	/** Moves time by `ms`, firing what falls due on the way, in order and at its own time. */
	advance(ms: number): void {
		const end = this.ticks + ms;
		for (;;) {
			let next: FakeTimer | undefined;
			for (const timer of this.#timers) if (timer.due <= end && (!next || timer.due < next.due)) next = timer;
			if (!next) break;
			this.#pass(Math.max(next.due, this.ticks));
			if (next.interval) next.due += next.interval;
			else this.clear(next);
			next.callback();
		}
		this.#pass(end);
	}

	#pass(ticks: number): void {
		if (this.time !== undefined) this.time += ticks - this.ticks;
		this.ticks = ticks;
	}

	#add(timer: FakeTimer): FakeTimer {
		this.#timers.push(timer);
		return timer;
	}
}
