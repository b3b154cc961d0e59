/**
 * The six numbers of a bucket in two halves of 32 bits: of each quantity the mean, and how far min and max are from it.
 *
 *     temperature's mean: 12 bits    humidity's mean: 10           from humidity's min: 10
 *     from temperature's min: 11     to temperature's max: 11      to humidity's max: 10
 */

/** Tenths of °C: what twelve bits reach, but for the last number. What is beyond is held to it. */
const COLDEST = -1000;
const HOTTEST = COLDEST + 4094;
/** Tenths of °C: what eleven bits reach, likewise. */
const FARTHEST = 2046;
/** Tenths of a percent. */
const MOST = 1000;

const ELEVEN = 2047;
const TEN = 1023;

/** Halves of a bucket. None of them is -32768, which stands for a gap. */
export const PACKED = 2;

const held = (value: number, min: number, max: number) => Math.max(min, Math.min(max, value));

/** @returns The first half, of numbers in tenths. @param temperature Mean. @param humidity Mean. @param driest Min. */
export function firstHalf(temperature: number, humidity: number, driest: number): number {
	const celsius = held(temperature, COLDEST, HOTTEST) - COLDEST;
	const percent = held(humidity, 0, MOST);
	return (celsius << 20) | (percent << 10) | held(percent - driest, 0, percent);
}

/** @returns The second half. @param temperature Mean. @param coldest Min. @param hottest Max. @param humidity Mean. @param dampest Max. */
export function secondHalf(
	temperature: number,
	coldest: number,
	hottest: number,
	humidity: number,
	dampest: number,
): number {
	const percent = held(humidity, 0, MOST);
	const toDampest = held(dampest - percent, 0, MOST - percent);
	return (
		(held(temperature - coldest, 0, FARTHEST) << 21) | (held(hottest - temperature, 0, FARTHEST) << 10) | toDampest
	);
}

/** @param column Mean, min or max of the temperature, then of the humidity, from 0. @returns Tenths. */
export function unpacked(first: number, second: number, column: number): number {
	const temperature = (first >>> 20) + COLDEST;
	const humidity = (first >>> 10) & TEN;
	switch (column) {
		case 0:
			return temperature;
		case 1:
			return temperature - (second >>> 21);
		case 2:
			return temperature + ((second >>> 10) & ELEVEN);
		case 3:
			return humidity;
		case 4:
			return humidity - (first & TEN);
		default:
			return humidity + (second & TEN);
	}
}
