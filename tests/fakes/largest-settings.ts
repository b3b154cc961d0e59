// Settings as large as they get: a device gives them, and another one takes them.

export const letters = (length: number) => "n".repeat(length);
const host = (letter: string, index: number) =>
	`${letter}${index}.${letter.repeat(60)}.${"x".repeat(60)}.${"y".repeat(20)}.lan`;

/** Every key of a sensor has a value, and each list is full: some 8 KB with the webhooks and networks that a test adds. */
export const largest = {
	name: letters(24),
	intervalMs: 3_600_000,
	language: "auto",
	units: "F",
	timeServer: host("t", 0),
	hosts: Array.from({ length: 8 }, (_, index) => host("h", index)),
	origins: Array.from({ length: 8 }, (_, index) => `https://${host("o", index)}`),
	sensors: Array.from({ length: 8 }, (_, index) => ({
		name: `${index}${letters(63)}`,
		model: "DHT22",
		pin: 4 + index,
		powerPin: 20 + index,
		sign: "magnitude",
		calibration: {
			temperature: {
				points: [
					[0, 0.5],
					[30, 29.5],
				],
			},
			humidity: {
				points: [
					[33, 30],
					[75.5, 75],
				],
			},
		},
		median: true,
		warn: { temperature: { below: -40, above: 120 }, humidity: { below: 5, above: 95 } },
		scale: { temperature: [-10, 40] },
		comfort: { temperature: [20, 24], humidity: [40, 60] },
	})),
};
