/** Holds back a reading that moves farther from the last one than air lately has, until the next bears it out. */

/**
 * What is to become of a reading: `held` waits for the next one, which tells whether it was right; `implausible` is
 * farther off than air moves between two readings.
 */
export type Verdict = "believed" | "held" | "implausible";

/**
 * Most that air moves a value between two readings: a part at once, for noise, on top of the sensor's own step, and a
 * part a second. A sensor carried outdoors or breathed on goes beyond.
 */
const limits = {
	temperature: { atOnce: 0.3, perS: 0.05 },
	humidity: { atOnce: 0.8, perS: 0.25 },
};

/** Half of a tenth, which is what parts send: added to what is compared, since tenths are no whole fractions. */
const half = 0.05;
/** How far a value may always move: a tenth. */
const leastRoom = 0.1 + half;
/** How much farther than its newest step a value may move… */
const growth = 1.5;
/** …and what is left of that room with each reading that stays within it: half after fourteen. */
const decay = 0.95;

interface Values {
	temperature: number;
	humidity: number;
	ticks: number;
}

type Value = keyof typeof limits;

export class JumpGuard {
	/** Whether the reading judged last bears out the one that was held just before it. */
	confirms = false;
	#step: number;
	/** What came before the last one believed, while values move fast: they may go on as they moved between the two. */
	#before: Values | undefined;
	#last: Values | undefined;
	/** How far each value may be from the last one, by how far it moved lately. */
	#room = { temperature: leastRoom, humidity: leastRoom };
	#waiting: { values: Values; verdict: Verdict } | undefined;

	/** @param step Of the sensor's values, °C and percent. */
	constructor(step: number) {
		this.#step = step;
	}

	/** @param temperature °C. @param humidity Percent. @param ticks ms since boot. */
	judge(temperature: number, humidity: number, ticks: number): Verdict {
		const last = this.#last;
		if (last !== undefined && this.#waiting === undefined) {
			const room = this.#room;
			const warmer = Math.abs(temperature - last.temperature);
			const moister = Math.abs(humidity - last.humidity);
			if (warmer <= room.temperature && moister <= room.humidity) {
				room.temperature = Math.max(leastRoom, growth * warmer, decay * room.temperature);
				room.humidity = Math.max(leastRoom, growth * moister, decay * room.humidity);
				last.temperature = temperature;
				last.humidity = humidity;
				last.ticks = ticks;
				this.#before = undefined;
				return "believed";
			}
		}
		return this.#doubt({ temperature, humidity, ticks });
	}

	/** Judges what has moved, or comes after one that had. */
	#doubt(now: Values): Verdict {
		const last = this.#last;
		const waiting = this.#waiting;
		this.confirms = false;
		this.#waiting = undefined;
		if (last) {
			const held = waiting?.values;
			const usual = this.#near("temperature", last, now) && this.#near("humidity", last, now);
			if (held && waiting.verdict === "held")
				this.confirms = this.#bearsOut("temperature", last, held, now) && this.#bearsOut("humidity", last, held, now);
			if (!usual && !(this.#follows("temperature", last, held, now) && this.#follows("humidity", last, held, now)))
				return this.#wait(now, "implausible");
			if (usual && !held && !this.#before) return this.#wait(now, "held");
			this.#before = usual ? undefined : (held ?? last);
			this.#makeRoom("temperature", last, now);
			this.#makeRoom("humidity", last, now);
		}
		this.#last = now;
		return "believed";
	}

	#wait(values: Values, verdict: Verdict): Verdict {
		this.#waiting = { values, verdict };
		return verdict;
	}

	#makeRoom(value: Value, last: Values, now: Values): void {
		const most = this.#step + limits[value].atOnce + half;
		const moved = Math.abs(now[value] - last[value]);
		this.#room[value] = Math.min(most, Math.max(leastRoom, growth * moved, decay * this.#room[value]));
	}

	/** Whether `now` is nearer to `held` than to `last`, or beyond; a value that had not moved by then has no say. */
	#bearsOut(value: Value, last: Values, held: Values, now: Values): boolean {
		const moved = held[value] - last[value];
		return Math.abs(moved) <= this.#room[value] || (now[value] - last[value]) / moved > 0.49;
	}

	#follows(value: Value, last: Values, held: Values | undefined, now: Values): boolean {
		if (this.#near(value, last, now)) return true;
		if (!held) return this.#before !== undefined && goesOn(value, this.#before, last, now);
		const farther = beyond(value, last, held, now);
		return this.#near(value, last, held)
			? farther && this.#near(value, held, now)
			: farther || this.#near(value, held, now);
	}

	#near(value: Value, a: Values, b: Values): boolean {
		const { atOnce, perS } = limits[value];
		return Math.abs(b[value] - a[value]) <= this.#step + atOnce + (perS * (b.ticks - a.ticks)) / 1000 + half;
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
