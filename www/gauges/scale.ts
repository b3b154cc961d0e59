/** A linear scale. */
export interface Scale {
	min: number;
	max: number;
	/** Distance of the ticks; of those that are multiples of two steps the labels are shown. */
	step: number;
}

/** From and to. */
export type Band = readonly [number, number];

export const humidityScale: Scale = { min: 0, max: 100, step: 10 };

/** °C that are shown around the readings. */
const MARGIN = 7;
/** °C from the readings: limits so near are shown. */
const REACH = 20;

/**
 * What of a thermometer is shown, °C: its readings and the limits near them, within what the model measures. Without readings it is
 * all that the model measures.
 * @param seen The lowest and the highest reading.
 */
export function zoom(range: Band, seen: Band | undefined, limits: readonly (number | null | undefined)[]): Band {
	if (!seen) return range;
	const [low, high] = seen;
	const near = limits.filter((limit): limit is number => limit != null && limit > low - REACH && limit < high + REACH);
	return [
		Math.max(Math.min(low, ...near) - MARGIN, Math.min(low, range[0])),
		Math.min(Math.max(high, ...near) + MARGIN, Math.max(high, range[1])),
	];
}

/** @returns A scale that begins and ends with tens, and holds `from` to `to`. */
export function scaleOf(from: number, to: number): Scale {
	const min = Math.floor(from / 10) * 10;
	const max = Math.ceil(to / 10) * 10;
	return { min, max, step: max - min > 120 ? 20 : max - min > 60 ? 10 : 5 };
}

/** @returns The position of `value` on the scale, clamped to 0 to 1. */
export function fraction({ min, max }: Scale, value: number): number {
	return Math.min(Math.max((value - min) / (max - min), 0), 1);
}

/** @returns The ticks, lowest first, each with whether it has a label. */
export function ticks({ min, max, step }: Scale): { at: number; labelled: boolean }[] {
	const found: { at: number; labelled: boolean }[] = [];
	for (let at = Math.ceil(min / step) * step; at <= max; at += step)
		found.push({ at, labelled: at % (2 * step) === 0 });
	return found;
}
