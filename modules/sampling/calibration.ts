/** Corrects a sensor's values by those of a better instrument. */

/** The correction of one quantity: a fixed offset, or linear through two points. */
export type Correction =
	/** Added to each value: −50 to 50. */
	| { readonly offset: number }
	/** Two points; the slope between them from 0.5 to 2. */
	| { readonly points: readonly [Point, Point] };

/** The sensor's value, the true value. */
export type Point = readonly [shown: number, actual: number];

export interface Calibration {
	/** °C. */
	readonly temperature?: Correction | undefined;
	/** Percent. */
	readonly humidity?: Correction | undefined;
}

/** A checked correction: `slope * value + offset`. */
interface Linear {
	readonly slope: number;
	readonly offset: number;
}

export class Calibrator {
	/** Whether anything is corrected. */
	readonly active: boolean;
	#temperature: Linear | undefined;
	#humidity: Linear | undefined;

	/** @throws {RangeError} A number is missing or out of its bounds; the message names the key. */
	constructor({ temperature, humidity }: Calibration = {}) {
		this.active = temperature !== undefined || humidity !== undefined;
		this.#temperature = linear("calibration.temperature", temperature);
		this.#humidity = linear("calibration.humidity", humidity);
	}

	/** @param value °C in whole tenths. @returns The same. */
	temperature(value: number): number {
		return this.#temperature ? apply(this.#temperature, value) : value;
	}

	/** @param value Percent in whole tenths. @returns The same, 0 to 100. */
	humidity(value: number): number {
		return this.#humidity ? Math.min(100, Math.max(0, apply(this.#humidity, value))) : value;
	}
}

function linear(key: string, correction: Correction | undefined): Linear | undefined {
	if (!correction) return;
	if ("offset" in correction) return { slope: 1, offset: bounded(`${key}.offset`, correction.offset, -50, 50) };
	const [[shown, actual], [otherShown, otherActual]] = correction.points;
	const slope = bounded(`slope of ${key}.points`, (otherActual - actual) / (otherShown - shown), 0.5, 2);
	return { slope, offset: actual - slope * shown };
}

function bounded(key: string, value: number, min: number, max: number): number {
	if (!(value >= min && value <= max)) throw new RangeError(`${key} is ${value}: ${min} to ${max} allowed`);
	return value;
}

/** Rounded to tenths, so that it prints with one decimal; never −0. */
function apply({ slope, offset }: Linear, value: number): number {
	const tenths = Math.round((slope * value + offset) * 10);
	return tenths === 0 ? 0 : tenths / 10;
}
