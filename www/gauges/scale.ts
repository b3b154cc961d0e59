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

/** @returns The thermometer's usual scale, extended by whole steps to hold `value`, which is in `unit`. */
export function temperatureScale(unit: "C" | "F", value: number): Scale {
	const { min, max, step } = unit === "C" ? celsius : fahrenheit;
	return {
		min: value < min ? Math.floor(value / step) * step : min,
		max: value > max ? Math.ceil(value / step) * step : max,
		step,
	};
}

/** @returns The position of `value` on the scale, clamped to 0 to 1. */
export function fraction({ min, max }: Scale, value: number): number {
	return Math.min(Math.max((value - min) / (max - min), 0), 1);
}

/** @returns The labelled ticks, lowest first. */
export function ticks({ min, max, step }: Scale): number[] {
	return Array.from({ length: Math.round((max - min) / step) + 1 }, (_, index) => min + index * step);
}
