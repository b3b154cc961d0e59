import Time from "time";
import Timer from "timer";
import type { Clock } from "../clock.js";

/** A chip whose clock was never set starts in 1970: what is before this is not wall time. */
const firstTime = Date.UTC(2026, 0, 1);

/** Milliseconds since it was made. The system's counter has 32 bits: it must be asked once in 24 days at least, as the heartbeat does. */
export class XSClock implements Clock {
	#last = Time.ticks;
	#elapsed = 0;

	get ticks(): number {
		const now = Time.ticks;
		this.#elapsed += Time.delta(this.#last, now);
		this.#last = now;
		return this.#elapsed;
	}

	get time(): number | undefined {
		const now = Date.now();
		return now < firstTime ? undefined : now;
	}

	set(callback: () => void, delayMs: number): object {
		return Timer.set(() => callback(), delayMs);
	}

	repeat(callback: () => void, intervalMs: number): object {
		return Timer.repeat(() => callback(), intervalMs);
	}

	/** A timer that has fired is cleared by the system; clearing it again does nothing. */
	clear(timer: object | undefined): void {
		if (timer) Timer.clear(timer as Timer);
	}
}
