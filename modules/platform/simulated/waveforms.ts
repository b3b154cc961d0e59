/** The pulses that each model of the DHT family sends, for simulated sensors. Widths follow recordings of real ones. */

/** Widths in µs. */
export interface Timing {
	/** From the host's release of the data line to the response. */
	readonly releaseHigh: number;
	readonly responseLow: number;
	readonly responseHigh: number;
	readonly bitLow: number;
	/** The low before the first bit of the second and each later byte, while the sensor fetches it. */
	readonly byteLow: number;
	readonly zeroHigh: number;
	readonly oneHigh: number;
	readonly finalLow: number;
}

export interface Waveform {
	readonly timing: Timing;
	/** Shorter start signals wake nothing, µs. */
	readonly minStartLowUs: number;
	/** Bits of a frame; those after the fortieth are zero. */
	readonly bits: 40 | 64;
	/** Tenths in 16 bits, or a byte of units and a byte of tenths. */
	readonly encoding: "16-bit" | "8-bit";
}

const am2302: Waveform = Object.freeze(
	{
		timing: {
			releaseHigh: 44,
			responseLow: 62,
			responseHigh: 81,
			bitLow: 54,
			byteLow: 67,
			zeroHigh: 26,
			oneHigh: 73,
			finalLow: 47,
		},
		minStartLowUs: 800,
		bits: 40,
		encoding: "16-bit",
	},
	true,
);

const am2301: Waveform = Object.freeze(
	{
		...am2302,
		timing: { ...am2302.timing, responseLow: 60, bitLow: 59, byteLow: 63, oneHigh: 75, finalLow: 54 },
		bits: 64,
	},
	true,
);

const dht11: Waveform = Object.freeze(
	{
		timing: {
			releaseHigh: 44,
			responseLow: 51,
			responseHigh: 87,
			bitLow: 54,
			byteLow: 55,
			zeroHigh: 24,
			oneHigh: 70,
			finalLow: 57,
		},
		minStartLowUs: 17000,
		bits: 40,
		encoding: "8-bit",
	},
	true,
);

/** The AM2302 manual's typical values, for models without a recording. */
const byTheBook: Waveform = Object.freeze(
	{
		...am2302,
		timing: {
			...am2302.timing,
			releaseHigh: 30,
			responseLow: 80,
			responseHigh: 80,
			bitLow: 50,
			byteLow: 50,
			finalLow: 50,
		},
	},
	true,
);

/** The models that can be simulated, by name. */
export const waveforms: Readonly<Record<string, Waveform>> = Object.freeze(
	{
		DHT11: dht11,
		DHT12: dht11,
		DHT21: am2301,
		DHT22: am2302,
		AM2303: am2302,
		AM2320: byTheBook,
		AM2321: byTheBook,
		AM2322: byTheBook,
		Si7021: { ...byTheBook, minStartLowUs: 400 },
	},
	true,
);

/**
 * @param temperature °C. @param humidity Percent. Both are sent in tenths.
 * @returns The five bytes of a frame, the checksum last.
 */
export function encode(encoding: Waveform["encoding"], temperature: number, humidity: number): number[] {
	const t = Math.round(Math.abs(temperature) * 10);
	const h = Math.round(humidity * 10);
	const sign = temperature < 0 && t > 0 ? 0x80 : 0;
	const bytes =
		encoding === "16-bit"
			? [h >> 8, h & 0xff, sign | (t >> 8), t & 0xff]
			: [Math.floor(h / 10), h % 10, Math.floor(t / 10), sign | (t % 10)];
	return [...bytes, bytes.reduce((sum, byte) => sum + byte) & 0xff];
}

/** @returns The pulses, in µs, with which a sensor of that timing sends `bytes` and then zeros up to `bits` bits. */
export function pulsesOf(bytes: readonly number[], bits: number, timing: Timing): number[] {
	const pulses = [timing.releaseHigh, timing.responseLow, timing.responseHigh];
	for (let bit = 0; bit < bits; bit++) {
		const one = ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
		pulses.push(bit > 0 && bit % 8 === 0 ? timing.byteLow : timing.bitLow, one ? timing.oneHigh : timing.zeroHigh);
	}
	pulses.push(timing.finalLow);
	return pulses;
}
