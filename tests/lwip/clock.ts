import type { Clock } from "../../modules/platform/clock.js";

interface Due {
	callback: () => void;
	at: number;
	intervalMs: number | undefined;
}

/** Timers over the one alarm of the device's program. */
export class AlarmClock implements Clock {
	/** The earliest first. */
	#timers: Due[] = [];

	constructor() {
		host.onAlarm = () => this.#ring();
	}

	get ticks(): number {
		return host.ticks();
	}

	get time(): number {
		return Date.now();
	}

	set(callback: () => void, delayMs: number): object {
		return this.#add({ callback, at: this.ticks + Math.max(delayMs, 0), intervalMs: undefined });
	}

	repeat(callback: () => void, intervalMs: number): object {
		return this.#add({ callback, at: this.ticks + intervalMs, intervalMs });
	}

	clear(timer: object | undefined): void {
		const at = this.#timers.indexOf(timer as Due);
		if (at >= 0) this.#timers.splice(at, 1);
	}

	#add(timer: Due): Due {
		let at = this.#timers.length;
		while (at > 0 && this.#timers[at - 1]!.at > timer.at) at--;
		this.#timers.splice(at, 0, timer);
		host.alarm(this.#timers[0]!.at);
		return timer;
	}

	#ring(): void {
		const now = this.ticks;
		while (this.#timers.length > 0 && this.#timers[0]!.at <= now) {
			const timer = this.#timers.shift()!;
			if (timer.intervalMs !== undefined) {
				timer.at = now + timer.intervalMs;
				this.#add(timer);
			}
			timer.callback();
		}
		if (this.#timers.length > 0) host.alarm(this.#timers[0]!.at);
	}
}
