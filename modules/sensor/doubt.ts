/** Holds back a reading that air cannot have reached since the last one, until the next confirms it. */

/**
 * Most that a value may move between two readings: a part at once, for noise, on top of the sensor's own step, and a
 * part a second. Readings of a DHT22 two seconds apart that pass differ by less than its tolerance (0.5 °C, 2 %);
 * a sensor carried outdoors or breathed on costs a reading.
 */
const limits = {
	temperature: { atOnce: 0.3, perS: 0.05 },
	humidity: { atOnce: 0.8, perS: 0.25 },
};

interface Values {
	readonly temperature: number;
	readonly humidity: number;
	readonly ticks: number;
}

type Value = keyof typeof limits;

export class JumpGuard {
	#step: number;
	/** What came before the last one believed, while values move fast: they may go on as they moved between the two. */
	#before: Values | undefined;
	#last: Values | undefined;
	#held: Values | undefined;

	/** @param step Of the sensor's values, °C and percent. */
	constructor(step: number) {
		this.#step = step;
	}

	/**
	 * @param temperature °C. @param humidity Percent. @param ticks ms since boot.
	 * @returns Whether to believe it: each value is near the last one believed, or goes on the same way at most twice as
	 * fast as before, or bears out the one held back before it by being near it or farther on the same way.
	 */
	accepts(temperature: number, humidity: number, ticks: number): boolean {
		const now = { temperature, humidity, ticks };
		const last = this.#last;
		const still = !last || (this.#near("temperature", last, now) && this.#near("humidity", last, now));
		if (!still && !(this.#follows("temperature", last, now) && this.#follows("humidity", last, now))) {
			this.#held = now;
			return false;
		}
		this.#before = still ? undefined : (this.#held ?? last);
		this.#last = now;
		this.#held = undefined;
		return true;
	}

	#follows(value: Value, last: Values, now: Values): boolean {
		if (this.#near(value, last, now)) return true;
		const held = this.#held;
		if (!held) return this.#before !== undefined && goesOn(value, this.#before, last, now);
		return !this.#near(value, last, held) && (this.#near(value, held, now) || beyond(value, last, held, now));
	}

	#near(value: Value, a: Values, b: Values): boolean {
		const { atOnce, perS } = limits[value];
		return Math.abs(b[value] - a[value]) <= this.#step + atOnce + (perS * (b.ticks - a.ticks)) / 1000;
	}
}

/** Whether `b` lies between `a` and `c`. */
function beyond(value: Value, a: Values, b: Values, c: Values): boolean {
	return a[value] <= b[value] ? b[value] <= c[value] : b[value] >= c[value];
}

function goesOn(value: Value, a: Values, b: Values, c: Values): boolean {
	const pace = Math.abs(b[value] - a[value]) / (b.ticks - a.ticks);
	return beyond(value, a, b, c) && Math.abs(c[value] - b[value]) <= 2 * pace * (c.ticks - b.ticks);
}
