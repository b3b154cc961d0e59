/** Simulated air indoors: it drifts as air does, and repeats for the same seed. */

export interface Air {
	/** °C. */
	readonly temperature: number;
	/** Percent. */
	readonly humidity: number;
}

/** Swings of a day, of the heating and of people: period in ms, height in °C. */
const swings = Object.freeze(
	[
		{ periodMs: 86_400_000, height: 2 },
		{ periodMs: 5_100_000, height: 0.7 },
		{ periodMs: 790_000, height: 0.3 },
		{ periodMs: 61_000, height: 0.15 },
	] as const,
	true,
);

/** Percent of humidity lost for a degree more, the water in the air being the same, near 20 °C and 50 %. */
const humidityPerDegree = 3;

/** Swings of the water that people and windows add, percent. */
const breaths = Object.freeze(
	[
		{ periodMs: 7_400_000, height: 4 },
		{ periodMs: 660_000, height: 1.2 },
		{ periodMs: 83_000, height: 0.4 },
	] as const,
	true,
);

export class IndoorAir {
	#phase: number;
	#centre: Air;

	/** @param seed Any number: different seeds give different air. */
	constructor(seed: number, centre: Air = { temperature: 21.5, humidity: 48 }) {
		this.#phase = seed % 1000;
		this.#centre = centre;
	}

	/** @param ticks ms since boot. @returns Temperature within 3.2 °C of the centre, moving by less than 0.02 °C a second. */
	at(ticks: number): Air {
		const warmer = this.#sum(swings, ticks, 1);
		return {
			temperature: this.#centre.temperature + warmer,
			humidity: this.#centre.humidity - humidityPerDegree * warmer + this.#sum(breaths, ticks, 2),
		};
	}

	#sum(waves: readonly { periodMs: number; height: number }[], ticks: number, voice: number): number {
		let sum = 0;
		waves.forEach(({ periodMs, height }, i) => {
			sum += height * Math.sin((2 * Math.PI * ticks) / periodMs + this.#phase * (i + voice));
		});
		return sum;
	}
}
