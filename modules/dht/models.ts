/** The sensors of the DHT family that send over one wire: the one table of their figures. */

/**
 * How a frame holds a value: tenths in 16 bits, or a byte of units and a byte of tenths, 8 bits each. With `auto` each frame
 * tells which.
 */
export type Encoding = "16-bit" | "8-bit" | "auto";

/** Both ends are possible values. */
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
	/** Other names that the sensor is sold under. */
	readonly aliases: readonly string[];
	/** The start signal: how long the host holds the data line low to ask for a frame, µs. */
	readonly startLowUs: number;
	readonly encoding: Encoding;
	/** °C. */
	readonly temperature: Range;
	/** Percent. */
	readonly humidity: Range;
	/** °C from and to: the scale of a gauge. Readings beyond are possible, since manuals differ. */
	readonly scale: readonly [number, number];
	/** With `auto`, the ranges of a sensor that sends 8-bit values. */
	readonly ranges8Bit?: { readonly temperature: Range; readonly humidity: Range };
	/** Step of the values sent, °C and percent; that of the coarsest sensor sold under the name. */
	readonly resolution: number;
	/** Minimum time from the beginning of a read to that of the next, ms. */
	readonly minIntervalMs: number;
	/** Wait between power-on and the first read, ms. */
	readonly warmUpMs: number;
}

const percent: Range = Object.freeze({ min: 0, max: 100 }, true);

/** Common to the sensors that send tenths in 16 bits (Aosong AM2302 manual, table 6 and chapter 7). */
const with16Bits = Object.freeze(
	{
		encoding: "16-bit",
		// 1 ms by the manual, at most 20 ms; some clones need 2 ms.
		startLowUs: 2000,
		humidity: percent,
		scale: [-40, 80],
		resolution: 0.1,
		minIntervalMs: 2000,
		warmUpMs: 2000,
	} as const,
	true,
);

/** Aosong DHT11 manual of 2020; older ones reach 0 to 50 °C and 20 to 90 %. */
const rangesDHT11 = Object.freeze({ temperature: { min: -20, max: 60 }, humidity: { min: 5, max: 95 } } as const, true);

const models: readonly Model[] = Object.freeze(
	[
		{
			...rangesDHT11,
			name: "DHT11",
			aliases: [],
			scale: [0, 50],
			startLowUs: 20000,
			encoding: "8-bit",
			resolution: 1,
			minIntervalMs: 1000,
			warmUpMs: 1000,
		},
		{
			// Aosong DHT12 manual.
			name: "DHT12",
			aliases: [],
			startLowUs: 20000,
			encoding: "8-bit",
			temperature: { min: -20, max: 60 },
			humidity: { min: 20, max: 95 },
			scale: [-20, 60],
			resolution: 0.1,
			minIntervalMs: 2000,
			warmUpMs: 2000,
		},
		{ ...with16Bits, name: "DHT21", aliases: ["AM2301"], temperature: { min: -40, max: 80 } },
		// Manuals differ: up to 80 °C (Aosong) or 125 °C (sellers of the same element).
		{ ...with16Bits, name: "DHT22", aliases: ["AM2302", "RHT03"], temperature: { min: -40, max: 125 } },
		{ ...with16Bits, name: "AM2303", aliases: [], temperature: { min: -40, max: 125 } },
		{ ...with16Bits, name: "AM2320", aliases: [], temperature: { min: -40, max: 80 } },
		{ ...with16Bits, name: "AM2321", aliases: [], temperature: { min: -40, max: 80 } },
		{ ...with16Bits, name: "AM2322", aliases: [], temperature: { min: -40, max: 85 } },
		{
			// Silicon Labs Si7021 behind a microcontroller that speaks the DHT22's frame (iTead THS01): 500 µs low wakes it.
			...with16Bits,
			name: "Si7021",
			aliases: ["Si7021-DHT", "THS01"],
			startLowUs: 500,
			scale: [-40, 125],
			temperature: { min: -40, max: 125 },
		},
		{
			// A DHT11 needs at least 18 ms, an AM2302 takes at most 20 ms.
			...with16Bits,
			name: "auto",
			aliases: [],
			startLowUs: 19000,
			encoding: "auto",
			resolution: 1,
			temperature: { min: -40, max: 125 },
			ranges8Bit: rangesDHT11,
		},
	],
	true,
);

/** The names of the models without their aliases, for messages that list them. */
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

/** @returns `scale` of the model of that name. */
export function scaleOf(name: ModelName): Model["scale"] {
	return models.find(model => model.name === name)!.scale;
}
