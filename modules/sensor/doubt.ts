/** Holds back a reading that air cannot have reached since the last one, until the next confirms it. */

/**
 * Most that a value may move between two readings: a part at once, for noise and coarse steps, and a part a second.
 * A DHT22 carried from a room into frost falls by 0.3 °C a second at first; breath on it raises humidity faster than
 * this, and costs one reading.
 */
const limits = { temperature: 1, temperaturePerS: 0.25, humidity: 4, humidityPerS: 1 };

interface Values {
	temperature: number;
	humidity: number;
	ticks: number;
}

export class JumpGuard {
	#last: Values | undefined;
	#held: Values | undefined;

	/**
	 * @param temperature °C. @param humidity Percent. @param ticks ms since boot.
	 * @returns Whether to believe it: it is near the last one believed, or it bears out the one held back before it by
	 * being near it or farther on the same way.
	 */
	accepts(temperature: number, humidity: number, ticks: number): boolean {
		const now = { temperature, humidity, ticks };
		const last = this.#last;
		const held = this.#held;
		if (last && !near(last, now) && !(held && (near(held, now) || beyond(last, held, now)))) {
			this.#held = now;
			return false;
		}
		this.#last = now;
		this.#held = undefined;
		return true;
	}
}

function near(a: Values, b: Values): boolean {
	const seconds = (b.ticks - a.ticks) / 1000;
	return (
		Math.abs(b.temperature - a.temperature) <= limits.temperature + limits.temperaturePerS * seconds &&
		Math.abs(b.humidity - a.humidity) <= limits.humidity + limits.humidityPerS * seconds
	);
}

/** Whether both values of `b` lie between those of `a` and `c`. */
function beyond(a: Values, b: Values, c: Values): boolean {
	return between(a.temperature, b.temperature, c.temperature) && between(a.humidity, b.humidity, c.humidity);
}

function between(a: number, b: number, c: number): boolean {
	return a <= b ? b <= c : b >= c;
}
