/** Every part of the DHT family that answers on one wire: the one table of its figures. */

/** How the five bytes hold the values; `auto` takes the frame's word for it. */
export type Encoding = "words" | "bytes" | "auto";

/** Least and greatest value, both possible. */
export interface Range {
	readonly min: number;
	readonly max: number;
}

export type ModelName =
	| "DHT11"
	| "DHT12"
	| "DHT21"
	| "DHT22"
	| "AM2303"
	| "AM2320"
	| "AM2321"
	| "AM2322"
	| "Si7021"
	| "auto";

export interface Model {
	readonly name: ModelName;
	/** Other names that the part is sold under. */
	readonly aliases: readonly string[];
	/** How long the host holds the line low to ask for a frame, µs. */
	readonly startLowUs: number;
	readonly encoding: Encoding;
	/** °C. */
	readonly temperature: Range;
	/** Percent. */
	readonly humidity: Range;
	/** With `auto`, what a part that sends bytes can measure. */
	readonly ofBytes?: { readonly temperature: Range; readonly humidity: Range };
	/** Step of the values sent, °C and percent; of the coarsest part sold under the name. */
	readonly resolution: number;
	/** Least time from the start of a read to the start of the next, ms. */
	readonly minIntervalMs: number;
	/** Wait between power-on and the first read, ms. */
	readonly warmUpMs: number;
}

const percent: Range = Object.freeze({ min: 0, max: 100 }, true);

/** What the parts share that send two 16-bit words of tenths (Aosong AM2302 manual, table 6 and chapter 7). */
const words = Object.freeze(
	{
		encoding: "words",
		// 1 ms by the manual, at most 20 ms; some clones answer to no less than 2 ms.
		startLowUs: 2000,
		humidity: percent,
		resolution: 0.1,
		minIntervalMs: 2000,
		warmUpMs: 2000,
	} as const,
	true,
);

/** Aosong DHT11 manual of 2020; older parts reach 0 to 50 °C and 20 to 90 %. */
const ofDHT11 = Object.freeze({ temperature: { min: -20, max: 60 }, humidity: { min: 5, max: 95 } } as const, true);

const models: readonly Model[] = Object.freeze(
	[
		{
			...ofDHT11,
			name: "DHT11",
			aliases: [],
			startLowUs: 20000,
			encoding: "bytes",
			resolution: 1,
			minIntervalMs: 1000,
			warmUpMs: 1000,
		},
		{
			// Aosong DHT12 manual.
			name: "DHT12",
			aliases: [],
			startLowUs: 20000,
			encoding: "bytes",
			temperature: { min: -20, max: 60 },
			humidity: { min: 20, max: 95 },
			resolution: 0.1,
			minIntervalMs: 2000,
			warmUpMs: 2000,
		},
		{ ...words, name: "DHT21", aliases: ["AM2301"], temperature: { min: -40, max: 80 } },
		// Manuals of one part differ: up to 80 °C (Aosong) or 125 °C (sellers of the same element).
		{ ...words, name: "DHT22", aliases: ["AM2302", "RHT03"], temperature: { min: -40, max: 125 } },
		{ ...words, name: "AM2303", aliases: [], temperature: { min: -40, max: 125 } },
		{ ...words, name: "AM2320", aliases: [], temperature: { min: -40, max: 80 } },
		{ ...words, name: "AM2321", aliases: [], temperature: { min: -40, max: 80 } },
		{ ...words, name: "AM2322", aliases: [], temperature: { min: -40, max: 85 } },
		{
			// Silicon Labs Si7021 behind a microcontroller that speaks the DHT22's frame (iTead THS01): 500 µs low wakes it.
			...words,
			name: "Si7021",
			aliases: ["Si7021-DHT", "THS01"],
			startLowUs: 500,
			temperature: { min: -40, max: 125 },
		},
		{
			// A DHT11 wants at least 18 ms, an AM2302 takes at most 20 ms.
			...words,
			name: "auto",
			aliases: [],
			startLowUs: 19000,
			encoding: "auto",
			resolution: 1,
			temperature: { min: -40, max: 125 },
			ofBytes: ofDHT11,
		},
	],
	true,
);

/** The names of the models, aliases left out, as a message can list them. */
export const modelNames: readonly string[] = Object.freeze(
	models.map(model => model.name),
	true,
);

/** @returns The model sold as `name`, in capital or small letters, or `undefined`. */
export function findModel(name: string): Model | undefined {
	const wanted = name.toUpperCase();
	return models.find(
		model => model.name.toUpperCase() === wanted || model.aliases.some(alias => alias.toUpperCase() === wanted),
	);
}
