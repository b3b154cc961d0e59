/**
 * Milliseconds that include the machine's sleep, which `performance.now()` leaves out in some browsers. Wall time that runs
 * ahead by over 2 s counts as sleep. A clock that is set forward thus makes values look older, never newer.
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
