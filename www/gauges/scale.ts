/** A linear scale with evenly spaced ticks. */
export interface Scale {
	min: number;
	max: number;
	/** Distance of the labelled ticks; divides the span evenly. */
	step: number;
}

export const humidityScale: Scale = { min: 0, max: 100, step: 10 };

const celsius: Scale = { min: -20, max: 100, step: 10 };
const fahrenheit: Scale = { min: 0, max: 220, step: 20 };

/** @returns The usual scale of a thermometer, longer by whole steps where `value` (in the same unit) is beyond its ends. */
export function temperatureScale(unit: "C" | "F", value: number): Scale {
	const { min, max, step } = unit === "C" ? celsius : fahrenheit;
	return {
		min: value < min ? Math.floor(value / step) * step : min,
		max: value > max ? Math.ceil(value / step) * step : max,
		step,
	};
}

/** @returns Where `value` is on the scale, 0 to 1; kept within. */
export function fraction({ min, max }: Scale, value: number): number {
	return Math.min(Math.max((value - min) / (max - min), 0), 1);
}

/** @returns The labelled ticks, lowest first. */
export function ticks({ min, max, step }: Scale): number[] {
	return Array.from({ length: Math.round((max - min) / step) + 1 }, (_, index) => min + index * step);
}
