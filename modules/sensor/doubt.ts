/** Holds back a reading that air cannot have reached since the last one, until the next confirms it. */

/**
 * Most that a value may move between two readings: a part at once, for noise, on top of the sensor's own step, and a
 * part a second. Readings two seconds apart that pass differ by less than the tolerance of a DHT22 (0.5 °C, 2 %);
 * a sensor carried outdoors or breathed on costs a reading.
 */
const limits = { temperature: 0.3, temperaturePerS: 0.05, humidity: 0.8, humidityPerS: 0.25 };

interface Values {
	temperature: number;
	humidity: number;
	ticks: number;
}

export class JumpGuard {
	#step: number;
	#last: Values | undefined;
	#held: Values | undefined;

	/** @param step Of the sensor's values, °C and percent. */
	constructor(step: number) {
		this.#step = step;
	}

	/**
	 * @param temperature °C. @param humidity Percent. @param ticks ms since boot.
	 * @returns Whether to believe it: it is near the last one believed, or it bears out the one held back before it by
	 * being near it or farther on the same way.
	 */
	accepts(temperature: number, humidity: number, ticks: number): boolean {
		const now = { temperature, humidity, ticks };
		const last = this.#last;
		const held = this.#held;
		const step = this.#step;
		if (last && !near(last, now, step) && !(held && (near(held, now, step) || beyond(last, held, now)))) {
			this.#held = now;
			return false;
		}
		this.#last = now;
		this.#held = undefined;
		return true;
	}
}

function near(a: Values, b: Values, step: number): boolean {
	const seconds = (b.ticks - a.ticks) / 1000;
	return (
		Math.abs(b.temperature - a.temperature) <= step + limits.temperature + limits.temperaturePerS * seconds &&
		Math.abs(b.humidity - a.humidity) <= step + limits.humidity + limits.humidityPerS * seconds
	);
}

/** Whether both values of `b` lie between those of `a` and `c`. */
function beyond(a: Values, b: Values, c: Values): boolean {
	return between(a.temperature, b.temperature, c.temperature) && between(a.humidity, b.humidity, c.humidity);
}

function between(a: number, b: number, c: number): boolean {
	return a <= b ? b <= c : b >= c;
}
