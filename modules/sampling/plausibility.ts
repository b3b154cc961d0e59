/** Tells readings that air can give from those that it cannot. */

/**
 * What becomes of a reading. A `pending` one has moved farther than air lately has, and the next confirms or refutes it.
 * An `implausible` one has moved farther than air does between two readings.
 */
export type Verdict = "accepted" | "pending" | "implausible";

/**
 * Limits of what air does between two readings, on top of the sensor's step: `atOnce` for noise, `perMs` with time.
 * A sensor carried outdoors or breathed on goes beyond. `inTwoS` is the sum for the interval of most models.
 */
const limits = Object.freeze(
	{
		temperature: { quantity: "temperature", atOnce: 0.3, perMs: 0.00005, inTwoS: 0.4 },
		humidity: { quantity: "humidity", atOnce: 0.8, perMs: 0.00025, inTwoS: 1.3 },
	} as const,
	true,
);

/** Half of the tenth that sensors send, added to what is compared: tenths are no whole binary fractions. */
const half = 0.05;
/** The tolerance after a move, in multiples of it. Below 2, so that a flicker of one step does not allow two. */
const growth = 1.9;
/** The share of the tolerance that each reading within it leaves: a half after thirty-four. */
const decay = 0.98;

interface Values {
	temperature: number;
	humidity: number;
	ticks: number;
}

type Limit = (typeof limits)["temperature" | "humidity"];

/** The course of one quantity from reading to reading. */
class Course {
	/** How far it may be from the last one, by how far it moved lately. */
	tolerance: number;
	/** The tolerance at rest: the sensor's step. */
	readonly min: number;
	readonly #limit: Limit;

	/** @param step Of the sensor's values. */
	constructor(limit: Limit, step: number) {
		this.#limit = limit;
		this.min = step + half;
		this.tolerance = this.min;
	}

	/** Adapts the tolerance to a reading `distance` away from the last one. */
	learn(distance: number): void {
		const adapted = Math.max(decay * this.tolerance, growth * distance);
		this.tolerance = Math.min(Math.max(adapted, this.min), this.min + this.#limit.inTwoS);
	}

	distance(a: Values, b: Values): number {
		return Math.abs(b[this.#limit.quantity] - a[this.#limit.quantity]);
	}

	/** Whether air gets from `a` to `b`. */
	isNear(a: Values, b: Values): boolean {
		const limit = this.#limit;
		return this.distance(a, b) <= this.min + limit.atOnce + limit.perMs * (b.ticks - a.ticks);
	}

	/** Whether `now` is nearer to `pending` than to `last`, or beyond. A quantity that `pending` had not moved always agrees. */
	confirms(last: Values, pending: Values, now: Values): boolean {
		const quantity = this.#limit.quantity;
		return (
			this.distance(last, pending) <= this.tolerance ||
			(now[quantity] - last[quantity]) / (pending[quantity] - last[quantity]) > 0.49
		);
	}

	/** Whether `now` goes on from `last` by way of `between`, which was not accepted, or as from `before` to `last`. */
	follows(before: Values | undefined, last: Values, between: Values | undefined, now: Values): boolean {
		if (this.isNear(last, now)) return true;
		if (!between) return before !== undefined && this.#goesOn(before, last, now);
		const farther = this.#isBeyond(last, between, now);
		return this.isNear(last, between) ? farther && this.isNear(between, now) : farther || this.isNear(between, now);
	}

	/** Whether `b` lies between `a` and `c`. */
	#isBeyond(a: Values, b: Values, c: Values): boolean {
		const quantity = this.#limit.quantity;
		return a[quantity] <= b[quantity] ? b[quantity] <= c[quantity] : b[quantity] >= c[quantity];
	}

	/** Whether `c` goes on in the direction from `a` to `b`, at most twice as fast. */
	#goesOn(a: Values, b: Values, c: Values): boolean {
		const pace = this.distance(a, b) / (b.ticks - a.ticks);
		return this.#isBeyond(a, b, c) && this.distance(b, c) <= 2 * pace * (c.ticks - b.ticks);
	}
}

export class PlausibilityFilter {
	/** Whether the reading judged last confirms the one that was pending just before it. */
	confirms = false;
	/** The reading before the last one accepted, while values move fast: they may go on as they moved between the two. */
	#before: Values | undefined;
	#last: Values | undefined;
	readonly #temperature: Course;
	readonly #humidity: Course;
	/** The newest reading, while it is not accepted. */
	#unsettled: { values: Values; verdict: Verdict } | undefined;

	/** @param step Of the sensor's values, °C and percent. */
	constructor(step: number) {
		this.#temperature = new Course(limits.temperature, step);
		this.#humidity = new Course(limits.humidity, step);
	}

	/** @param temperature °C. @param humidity Percent. @param ticks ms since boot. */
	judge(temperature: number, humidity: number, ticks: number): Verdict {
		const last = this.#last;
		if (last !== undefined && this.#unsettled === undefined) {
			const warmer = Math.abs(temperature - last.temperature);
			const moister = Math.abs(humidity - last.humidity);
			const warmth = this.#temperature;
			const moisture = this.#humidity;
			if (warmer <= warmth.tolerance && moister <= moisture.tolerance) {
				if (warmer > 0 || warmth.tolerance > warmth.min) warmth.learn(warmer);
				if (moister > 0 || moisture.tolerance > moisture.min) moisture.learn(moister);
				last.temperature = temperature;
				last.humidity = humidity;
				last.ticks = ticks;
				this.#before = undefined;
				return "accepted";
			}
		}
		return this.#doubt({ temperature, humidity, ticks });
	}

	/** No reading follows the pending one: it is refuted. */
	forget(): void {
		if (this.#unsettled?.verdict === "pending") this.#unsettled = undefined;
	}

	/** Judges a reading that has moved, or that follows one that was not accepted. */
	#doubt(now: Values): Verdict {
		const last = this.#last;
		const unsettled = this.#unsettled;
		this.confirms = false;
		this.#unsettled = undefined;
		if (last) {
			const warmth = this.#temperature;
			const moisture = this.#humidity;
			const before = this.#before;
			const between = unsettled?.values;
			const usual = warmth.isNear(last, now) && moisture.isNear(last, now);
			if (between && unsettled.verdict === "pending")
				this.confirms = warmth.confirms(last, between, now) && moisture.confirms(last, between, now);
			if (!usual && !(warmth.follows(before, last, between, now) && moisture.follows(before, last, between, now)))
				return this.#leave(now, "implausible");
			if (usual && !between && !before) return this.#leave(now, "pending");
			this.#before = usual ? undefined : (between ?? last);
			// A refuted reading may have been noise, which comes again.
			const farthest = between && !this.confirms ? between : now;
			warmth.learn(warmth.distance(last, farthest));
			moisture.learn(moisture.distance(last, farthest));
		}
		this.#last = now;
		return "accepted";
	}

	#leave(values: Values, verdict: Verdict): Verdict {
		this.#unsettled = { values, verdict };
		return verdict;
	}
}
