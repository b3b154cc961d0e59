/** A `PulseCapture` on whose pins simulated sensors are. */

import type {
	PulseCapture,
	PulseCaptureConstructor,
	PulseCaptureOptions,
	PulseTrain,
} from "../../dht/pulse-capture.js";
import type { Clock, Timer } from "../clock.js";
import type { SimulatedSensor } from "./sensor.js";

export interface SimulatedCaptureOptions {
	clock: Clock;
	/** The sensors by pin. A pin without one is silent. */
	sensors: ReadonlyMap<number, SimulatedSensor>;
	/** Called with each train that a pin has captured; `undefined` stands for a capture that failed. */
	onTrain?(pin: number, train: PulseTrain | undefined): void;
}

/** A frame takes about 5 ms after a start signal of up to 20 ms; silence is a time-out. */
const frameMs = 25;
const silenceMs = 120;

class SimulatedCapture implements PulseCapture {
	static readonly settled = true;
	target: unknown;
	#options: PulseCaptureOptions;
	#simulation: SimulatedCaptureOptions;
	#taken: Set<number>;
	#train: PulseTrain | undefined;
	#timer: Timer | undefined;
	#closed = false;

	constructor(options: PulseCaptureOptions, simulation: SimulatedCaptureOptions, taken: Set<number>) {
		if (taken.has(options.pin)) throw new Error(`pin ${options.pin} is in use`);
		taken.add(options.pin);
		this.target = options.target;
		this.#options = options;
		this.#simulation = simulation;
		this.#taken = taken;
	}

	start(lowUs: number): void {
		if (this.#closed) throw new Error("closed");
		if (this.#timer) throw new Error("a capture is under way");
		const { clock, sensors } = this.#simulation;
		const { ticks } = clock;
		const sensor = sensors.get(this.#options.pin);
		const train = sensor ? sensor.respond(lowUs, ticks) : { pulses: [], level: 1 as const, ticks };
		this.#timer = clock.set(() => this.#end(train), train?.pulses.length ? frameMs : silenceMs);
	}

	read(): PulseTrain | undefined {
		const train = this.#train;
		this.#train = undefined;
		return train;
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#train = undefined;
		this.#simulation.clock.clear(this.#timer);
		this.#taken.delete(this.#options.pin);
	}

	#end(train: PulseTrain | undefined): void {
		this.#timer = undefined;
		this.#train = train;
		this.#simulation.onTrain?.(this.#options.pin, train);
		if (train) this.#options.onReadable?.call(this);
		else this.#options.onError?.call(this, new Error("the simulated capture failed"));
	}
}

/** @returns A capture class; its sensors count as powered and read long ago. */
export function simulatedCapture(simulation: SimulatedCaptureOptions): PulseCaptureConstructor {
	const taken = new Set<number>();
	return class extends SimulatedCapture {
		constructor(options: PulseCaptureOptions) {
			super(options, simulation, taken);
		}
	};
}
