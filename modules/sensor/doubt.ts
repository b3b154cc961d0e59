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
/** How much farther than its newest move a value may go, short of twice as far: a flicker of one step makes no room for two… */
const growth = 1.9;
/** …and what is left of that room with each reading that stays within it: half after thirty-four. */
const decay = 0.98;

/** Between two readings of most parts, at least. */
const usualS = 2;

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
	/** How far a value may always be from the last one: the sensor's step. */
	#leastRoom: number;
	/** How far each value may be from the last one, by how far it moved lately. */
	#room: Record<Value, number>;
	#waiting: { values: Values; verdict: Verdict } | undefined;

	/** @param step Of the sensor's values, °C and percent. */
	constructor(step: number) {
		this.#step = step;
		this.#leastRoom = step + half;
		this.#room = { temperature: this.#leastRoom, humidity: this.#leastRoom };
	}

	/** @param temperature °C. @param humidity Percent. @param ticks ms since boot. */
	judge(temperature: number, humidity: number, ticks: number): Verdict {
		const last = this.#last;
		if (last !== undefined && this.#waiting === undefined) {
			const room = this.#room;
			const warmer = Math.abs(temperature - last.temperature);
			const moister = Math.abs(humidity - last.humidity);
			if (warmer <= room.temperature && moister <= room.humidity) {
				const leastRoom = this.#leastRoom;
				if (warmer > 0 || room.temperature > leastRoom) this.#makeRoom("temperature", warmer);
				if (moister > 0 || room.humidity > leastRoom) this.#makeRoom("humidity", moister);
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
			const held = waiting?.values;
			const usual = this.#near("temperature", last, now) && this.#near("humidity", last, now);
			if (held && waiting.verdict === "held")
				this.confirms = this.#bearsOut("temperature", last, held, now) && this.#bearsOut("humidity", last, held, now);
			if (!usual && !(this.#follows("temperature", last, held, now) && this.#follows("humidity", last, held, now)))
				return this.#wait(now, "implausible");
			if (usual && !held && !this.#before) return this.#wait(now, "held");
			this.#before = usual ? undefined : (held ?? last);
			// What was refuted may have been noise, which comes again.
			const farthest = held && !this.confirms ? held : now;
			this.#makeRoom("temperature", Math.abs(farthest.temperature - last.temperature));
			this.#makeRoom("humidity", Math.abs(farthest.humidity - last.humidity));
		}
		this.#last = now;
		return "believed";
	}

	#wait(values: Values, verdict: Verdict): Verdict {
		this.#waiting = { values, verdict };
		return verdict;
	}

	/** @param moved By how much the value has just moved. */
	#makeRoom(value: Value, moved: number): void {
		const { atOnce, perS } = limits[value];
		const most = this.#step + atOnce + perS * usualS + half;
		this.#room[value] = Math.min(most, Math.max(this.#leastRoom, growth * moved, decay * this.#room[value]));
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
