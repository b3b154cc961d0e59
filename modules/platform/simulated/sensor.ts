/** A simulated sensor: it measures the air given to it and sends pulses as a real one of its model does. */

import type { PulseTrain } from "../../dht/pulse-capture.js";
import { faultInjections, type InjectionName, injections, type SimulatedFault } from "./fault-injection.js";
import { type Air, IndoorAir } from "./indoor-air.js";
import { encode, pulsesOf, type Waveform, waveforms } from "./waveforms.js";

export interface SimulatedSensorOptions {
	/** A name of `simulatedModels`. */
	model: string;
	/** A whole number from 0 to 0xFFFFFFFF, as `Host.random` gives it. */
	random(): number;
	/** Most that a pulse strays from its model's width, µs: 0 to 8. @defaultValue 1.5 */
	jitterUs?: number | undefined;
	/** Probabilities of faults, 0 to 1 each and 1 in all. @defaultValue none */
	faults?: Readonly<Partial<Record<SimulatedFault, number>>> | undefined;
}

/** The models that can be simulated. */
export const simulatedModels: readonly string[] = Object.freeze(Object.keys(waveforms), true);

/** The faults that `setFault` takes. */
export const simulatedFaults = Object.freeze(Object.keys(faultInjections) as readonly SimulatedFault[], true);

export class SimulatedSensor {
	#random: () => number;
	#model: string;
	#waveform: Waveform;
	#jitterUs: number;
	#indoors: IndoorAir;
	#air: Air | undefined;
	/** The measurement of the last read: a sensor sends that in the next. */
	#measured: Air | undefined;
	#faults = new Map<SimulatedFault, number>();
	#next: InjectionName | "hardware" | undefined;

	/** @throws {RangeError} An option is out of its bounds; the message names it. */
	constructor({ model, random, jitterUs = 1.5, faults = {} }: SimulatedSensorOptions) {
		if (!(jitterUs >= 0 && jitterUs <= 8)) throw new RangeError(`jitterUs is ${jitterUs}: 0 to 8 allowed`);
		this.#random = () => random() / 0x1_0000_0000;
		this.#model = model;
		this.#waveform = findWaveform(model);
		this.#jitterUs = jitterUs;
		this.#indoors = new IndoorAir(random());
		for (const kind of simulatedFaults) this.setFault(kind, faults[kind] ?? 0);
	}

	/** Makes it another model from the next read on. @throws {RangeError} Not a name of `simulatedModels`. */
	setModel(model: string): void {
		this.#waveform = findWaveform(model);
		this.#model = model;
	}

	get model(): string {
		return this.#model;
	}

	/** Fixes the air at these values, °C and percent; without them it drifts as air indoors does. */
	setAir(air: Air | undefined): void {
		this.#air = air;
		this.#measured = undefined;
	}

	/** @param ticks ms since boot. @returns The air around the sensor then. */
	airAt(ticks: number): Air {
		return this.#air ?? this.#indoors.at(ticks);
	}

	/**
	 * Brings about the fault `kind` in a share of the reads, 0 to 1.
	 * @throws {RangeError} No such kind, or a share out of its bounds.
	 */
	setFault(kind: SimulatedFault, probability: number): void {
		if (!(kind in faultInjections)) throw new RangeError(`fault "${kind}": ${simulatedFaults.join(", ")} allowed`);
		if (!(probability >= 0 && probability <= 1)) throw new RangeError(`${kind}:${probability}: 0 to 1 allowed`);
		this.#faults.set(kind, probability);
	}

	/** Makes the next read go wrong. */
	inject(injection: InjectionName | "hardware"): void {
		this.#next = injection;
	}

	/**
	 * @param lowUs The length of the start signal. @param ticks Now, ms since boot.
	 * @returns The pulses sent; `undefined` when the capture is to fail.
	 */
	respond(lowUs: number, ticks: number): PulseTrain | undefined {
		const injection = this.#next ?? this.#chance();
		const { minStartLowUs, encoding, timing, bits: usual } = this.#waveform;
		this.#next = undefined;
		if (injection === "hardware") return;
		if (lowUs < minStartLowUs) return { pulses: [], level: 1, ticks };
		const air = this.airAt(ticks);
		const { temperature, humidity } = this.#measured ?? air;
		this.#measured = air;
		const bytes = encode(encoding, temperature, humidity);
		const send = (sent: readonly number[], bits: number = usual) => this.#jitter(pulsesOf(sent, bits, timing));
		if (!injection) return { pulses: send(bytes), level: 1, ticks };
		return { ...injections[injection]({ pulses: send(bytes), bytes, send }, this.#random), ticks };
	}

	#chance(): InjectionName | "hardware" | undefined {
		let left = this.#random();
		for (const [kind, probability] of this.#faults) {
			left -= probability;
			if (left >= 0) continue;
			const choices: readonly InjectionName[] = faultInjections[kind];
			return choices[Math.floor(this.#random() * choices.length)] ?? "hardware";
		}
		return undefined;
	}

	/** Edges stray by up to `jitterUs`; durations are captured in whole µs. */
	#jitter(pulses: readonly number[]): number[] {
		return pulses.map(width => Math.max(1, Math.round(width + this.#jitterUs * (2 * this.#random() - 1))));
	}
}

function findWaveform(model: string): Waveform {
	const waveform = waveforms[model];
	if (!waveform) throw new RangeError(`model "${model}" cannot be simulated: ${simulatedModels.join(", ")} allowed`);
	return waveform;
}
