/** A sensor that is not there: it measures the air given to it and answers with pulses, as a part of its model would. */

import type { PulseTrain } from "../io.js";
import { type Air, RoomClimate } from "./climate.js";
import { type DamageName, damages, faultDamages, type SimulatedFault } from "./damage.js";
import { encode, type Part, parts, pulsesOf } from "./part.js";

export interface SimulatedSensorOptions {
	/** A name of `simulatedModels`. */
	model: string;
	/** A whole number from 0 to 0xFFFFFFFF, as `Host.random` gives it. */
	random(): number;
	/** Most that a pulse strays from its part's width, µs: 0 to 8, 1.5 by default. */
	jitterUs?: number | undefined;
	/** Probabilities, 0 to 1 each and 1 in all, of what goes wrong with an answer; nothing by default. */
	faults?: Readonly<Partial<Record<SimulatedFault, number>>> | undefined;
}

/** The models that can be simulated. */
export const simulatedModels: readonly string[] = Object.freeze(Object.keys(parts), true);

/** The names of faults and damages that `setFault` and `inject` take. */
export const simulatedFaults = Object.freeze(Object.keys(faultDamages) as readonly SimulatedFault[], true);

export class SimulatedSensor {
	#random: () => number;
	#model: string;
	#part: Part;
	#jitterUs: number;
	#climate: RoomClimate;
	#air: Air | undefined;
	/** What the part measured when it was last asked: it answers with that. */
	#measured: Air | undefined;
	#faults = new Map<SimulatedFault, number>();
	#next: DamageName | "hardware" | undefined;

	/** @throws {RangeError} An option is out of its bounds; the message names it. */
	constructor({ model, random, jitterUs = 1.5, faults = {} }: SimulatedSensorOptions) {
		if (!(jitterUs >= 0 && jitterUs <= 8)) throw new RangeError(`jitterUs is ${jitterUs}: 0 to 8 allowed`);
		this.#random = () => random() / 0x1_0000_0000;
		this.#model = model;
		this.#part = findPart(model);
		this.#jitterUs = jitterUs;
		this.#climate = new RoomClimate(random());
		for (const kind of simulatedFaults) this.setFault(kind, faults[kind] ?? 0);
	}

	/** Makes it another part from the next answer on. @throws {RangeError} Not a name of `simulatedModels`. */
	setModel(model: string): void {
		this.#part = findPart(model);
		this.#model = model;
	}

	get model(): string {
		return this.#model;
	}

	/** Holds the air at these values, °C and percent; without them it drifts as a room's does. */
	setAir(air: Air | undefined): void {
		this.#air = air;
		this.#measured = undefined;
	}

	/** Lets a share of the answers, 0 to 1, go wrong so as to bring about the fault `kind`. @throws {RangeError} */
	setFault(kind: SimulatedFault, probability: number): void {
		if (!(kind in faultDamages)) throw new RangeError(`fault "${kind}": ${simulatedFaults.join(", ")} allowed`);
		if (!(probability >= 0 && probability <= 1)) throw new RangeError(`${kind}:${probability}: 0 to 1 allowed`);
		this.#faults.set(kind, probability);
	}

	/** Damages the next answer. */
	inject(damage: DamageName | "hardware"): void {
		this.#next = damage;
	}

	/**
	 * @param lowUs How long the host held the line low. @param ticks Now, ms since boot.
	 * @returns The answer; `undefined` when the capture is to fail.
	 */
	answer(lowUs: number, ticks: number): PulseTrain | undefined {
		const damage = this.#next ?? this.#chance();
		this.#next = undefined;
		if (damage === "hardware") return;
		if (lowUs < this.#part.leastStartUs) return { pulses: [], level: 1, ticks };
		const air = this.#air ?? this.#climate.at(ticks);
		const { temperature, humidity } = this.#measured ?? air;
		this.#measured = air;
		const bytes = encode(this.#part.sends, temperature, humidity);
		const send = (sent: readonly number[], bits: number = this.#part.bits) =>
			this.#jitter(pulsesOf(sent, bits, this.#part.timing));
		if (!damage) return { pulses: send(bytes), level: 1, ticks };
		return { ...damages[damage]({ pulses: send(bytes), bytes, send }, this.#random), ticks };
	}

	#chance(): DamageName | "hardware" | undefined {
		let left = this.#random();
		for (const [kind, probability] of this.#faults) {
			left -= probability;
			if (left >= 0) continue;
			const choices: readonly DamageName[] = faultDamages[kind];
			return choices[Math.floor(this.#random() * choices.length)] ?? "hardware";
		}
		return undefined;
	}

	/** Edges stray, so what one pulse gains its neighbour may lose; captured in whole µs. */
	#jitter(pulses: readonly number[]): number[] {
		return pulses.map(width => Math.max(1, Math.round(width + this.#jitterUs * (2 * this.#random() - 1))));
	}
}

function findPart(model: string): Part {
	const part = parts[model];
	if (!part) throw new RangeError(`model "${model}" cannot be simulated: ${simulatedModels.join(", ")} allowed`);
	return part;
}
