/** Holds back a reading that moves farther from the last one than air lately has, until the next bears it out. */

/**
 * What is to become of a reading: `held` waits for the next one, which tells whether it was right; `implausible` is
 * farther off than air moves between two readings.
 */
export type Verdict = "believed" | "held" | "implausible";

/**
 * Most that air moves a value between two readings: a part `atOnce`, for noise, on top of the sensor's own step, and a
 * part with time. A sensor carried outdoors or breathed on goes beyond. `inTwoS` is both, as most parts are read.
 */
const limits = Object.freeze(
	{
		temperature: { value: "temperature", atOnce: 0.3, perMs: 0.00005, inTwoS: 0.4 },
		humidity: { value: "humidity", atOnce: 0.8, perMs: 0.00025, inTwoS: 1.3 },
	} as const,
	true,
);

/** Half of a tenth, which is what parts send: added to what is compared, since tenths are no whole fractions. */
const half = 0.05;
/** How much farther than its newest move a value may go, short of twice as far: a flicker of one step makes no room for two… */
const growth = 1.9;
/** …and what is left of that room with each reading that stays within it: half after thirty-four. */
const decay = 0.98;

interface Values {
	temperature: number;
	humidity: number;
	ticks: number;
}

/** How one of the values goes from reading to reading. */
class Course {
	/** How far it may be from the last one, by how far it moved lately. */
	tolerance: number;
	/** How far it may always be: the sensor's step. */
	readonly min: number;
	readonly #limit: (typeof limits)["temperature" | "humidity"];

	/** @param step Of the sensor's values. */
	constructor(limit: (typeof limits)["temperature" | "humidity"], step: number) {
		this.#limit = limit;
		this.min = step + half;
		this.tolerance = this.min;
	}

	/** Makes room, after a reading `distance` away from the last one. */
	learn(distance: number): void {
		const left = decay * this.tolerance;
		const grown = growth * distance;
		const room = grown > left ? grown : left;
		const min = this.min;
		const most = min + this.#limit.inTwoS;
		this.tolerance = room < min ? min : room > most ? most : room;
	}

	distance(a: Values, b: Values): number {
		return Math.abs(b[this.#limit.value] - a[this.#limit.value]);
	}

	/** Whether air gets from `a` to `b`. */
	isNear(a: Values, b: Values): boolean {
		const limit = this.#limit;
		return this.distance(a, b) <= this.min + limit.atOnce + limit.perMs * (b.ticks - a.ticks);
	}

	/** Whether `now` is nearer to `held` than to `last`, or beyond; a value that had not moved by then has no say. */
	confirms(last: Values, held: Values, now: Values): boolean {
		const value = this.#limit.value;
		return (
			this.distance(last, held) <= this.tolerance || (now[value] - last[value]) / (held[value] - last[value]) > 0.49
		);
	}

	/** Whether `now` goes on from `last`, as the reading between them, held or not believed, or the one `before` has it. */
	follows(before: Values | undefined, last: Values, between: Values | undefined, now: Values): boolean {
		if (this.isNear(last, now)) return true;
		if (!between) return before !== undefined && this.#goesOn(before, last, now);
		const farther = this.#isBeyond(last, between, now);
		return this.isNear(last, between) ? farther && this.isNear(between, now) : farther || this.isNear(between, now);
	}

	/** Whether `b` lies between `a` and `c`. */
	#isBeyond(a: Values, b: Values, c: Values): boolean {
		const value = this.#limit.value;
		return a[value] <= b[value] ? b[value] <= c[value] : b[value] >= c[value];
	}

	#goesOn(a: Values, b: Values, c: Values): boolean {
		const pace = this.distance(a, b) / (b.ticks - a.ticks);
		return this.#isBeyond(a, b, c) && this.distance(b, c) <= 2 * pace * (c.ticks - b.ticks);
	}
}

export class PlausibilityFilter {
	/** Whether the reading judged last bears out the one that was held just before it. */
	confirms = false;
	/** What came before the last one believed, while values move fast: they may go on as they moved between the two. */
	#before: Values | undefined;
	#last: Values | undefined;
	readonly #temperature: Course;
	readonly #humidity: Course;
	#waiting: { values: Values; verdict: Verdict } | undefined;

	/** @param step Of the sensor's values, °C and percent. */
	constructor(step: number) {
		this.#temperature = new Course(limits.temperature, step);
		this.#humidity = new Course(limits.humidity, step);
	}

	/** @param temperature °C. @param humidity Percent. @param ticks ms since boot. */
	judge(temperature: number, humidity: number, ticks: number): Verdict {
		const last = this.#last;
		if (last !== undefined && this.#waiting === undefined) {
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
				return "believed";
			}
		}
		return this.#doubt({ temperature, humidity, ticks });
	}

	/** The next reading will not come: what was held is borne out by none. */
	forget(): void {
		if (this.#waiting?.verdict === "held") this.#waiting = undefined;
	}

	/** Judges what has moved, or comes after one that had. */
	#doubt(now: Values): Verdict {
		const last = this.#last;
		const waiting = this.#waiting;
		this.confirms = false;
		this.#waiting = undefined;
		if (last) {
			const warmth = this.#temperature;
			const moisture = this.#humidity;
			const before = this.#before;
			const held = waiting?.values;
			const usual = warmth.isNear(last, now) && moisture.isNear(last, now);
			if (held && waiting.verdict === "held")
				this.confirms = warmth.confirms(last, held, now) && moisture.confirms(last, held, now);
			if (!usual && !(warmth.follows(before, last, held, now) && moisture.follows(before, last, held, now)))
				return this.#wait(now, "implausible");
			if (usual && !held && !before) return this.#wait(now, "held");
			this.#before = usual ? undefined : (held ?? last);
			// What was refuted may have been noise, which comes again.
			const farthest = held && !this.confirms ? held : now;
			warmth.learn(warmth.distance(last, farthest));
			moisture.learn(moisture.distance(last, farthest));
		}
		this.#last = now;
		return "believed";
	}

	#wait(values: Values, verdict: Verdict): Verdict {
		this.#waiting = { values, verdict };
		return verdict;
	}
}
