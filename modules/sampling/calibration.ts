/** Corrects a sensor's values by what a better instrument showed. */

/** One quantity's correction: a fixed offset, or a line through two points. */
export type Correction =
	/** Added to each value: −50 to 50. */
	| { readonly offset: number }
	/** Two pairs of what the sensor shows and what is true; the slope between them from 0.5 to 2. */
	| { readonly points: readonly [Point, Point] };

/** What the sensor shows, what is true. */
export type Point = readonly [shown: number, actual: number];

export interface Calibration {
	/** °C. */
	readonly temperature?: Correction | undefined;
	/** Percent. */
	readonly humidity?: Correction | undefined;
}

/** A checked correction as a straight line: `slope * value + offset`. */
interface Line {
	readonly slope: number;
	readonly offset: number;
}

export class Calibrator {
	/** Whether anything is corrected. */
	readonly active: boolean;
	#temperature: Line | undefined;
	#humidity: Line | undefined;

	/** @throws {RangeError} A number is missing or out of its bounds; the message names the key. */
	constructor({ temperature, humidity }: Calibration = {}) {
		this.active = temperature !== undefined || humidity !== undefined;
		this.#temperature = lineOf("calibration.temperature", temperature);
		this.#humidity = lineOf("calibration.humidity", humidity);
	}

	/** @param value °C in whole tenths, as is what it returns. */
	temperature(value: number): number {
		const line = this.#temperature;
		return line ? tenths(line.slope * value + line.offset) : value;
	}

	/** @param value Percent in whole tenths, 0 to 100, as is what it returns. */
	humidity(value: number): number {
		const line = this.#humidity;
		return line ? Math.min(100, Math.max(0, tenths(line.slope * value + line.offset))) : value;
	}
}

function lineOf(key: string, correction: Correction | undefined): Line | undefined {
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

/** Rounded so that it prints with one decimal; never −0. */
function tenths(value: number): number {
	const whole = Math.round(value * 10);
	return whole === 0 ? 0 : whole / 10;
}
