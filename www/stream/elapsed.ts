/**
 * Milliseconds that also count while the machine sleeps, which `performance.now()` does not everywhere. Wall time that
 * runs ahead by over 2 s counts as sleep: a clock set forward makes values look older than they are, never newer.
 */
export class Elapsed {
	#performance: { now(): number };
	#wall: () => number;
	#ahead: number;
	#slept = 0;

	constructor(clock: { now(): number } = performance, wall = () => Date.now()) {
		this.#performance = clock;
		this.#wall = wall;
		this.#ahead = wall() - clock.now();
	}

	get now(): number {
		const now = this.#performance.now();
		const ahead = this.#wall() - now;
		if (ahead - this.#ahead > 2000) this.#slept += ahead - this.#ahead;
		this.#ahead = ahead;
		return now + this.#slept;
	}
}
