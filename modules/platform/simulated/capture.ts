/** A `PulseCapture` behind whose pins are simulated sensors. */

import type { Clock, Timer } from "../clock.js";
import type { PulseCapture, PulseCaptureConstructor, PulseCaptureOptions, PulseTrain } from "../io.js";
import type { SimulatedSensor } from "./sensor.js";

export interface SimulatedCaptureOptions {
	clock: Clock;
	/** The sensors by the pin they are on. A pin without one is a line that nothing answers on. */
	sensors: ReadonlyMap<number, SimulatedSensor>;
}

/** A frame takes about 5 ms after a start pulse of up to 20 ms; silence is a time-out. */
const answerMs = 25;
const silenceMs = 120;

/** @returns A capture class; its sensors were powered and read long before the start. */
export function simulatedCapture({ clock, sensors }: SimulatedCaptureOptions): PulseCaptureConstructor {
	const taken = new Set<number>();

	return class SimulatedCapture implements PulseCapture {
		static readonly settled = true;
		target: unknown;
		#options: PulseCaptureOptions;
		#train: PulseTrain | undefined;
		#timer: Timer | undefined;
		#closed = false;

		constructor(options: PulseCaptureOptions) {
			if (taken.has(options.pin)) throw new Error(`pin ${options.pin} is in use`);
			taken.add(options.pin);
			this.target = options.target;
			this.#options = options;
		}

		start(lowUs: number): void {
			if (this.#closed) throw new Error("closed");
			if (this.#timer) throw new Error("a capture is under way");
			const { ticks } = clock;
			const sensor = sensors.get(this.#options.pin);
			const train = sensor ? sensor.answer(lowUs, ticks) : { pulses: [], level: 1 as const, ticks };
			this.#timer = clock.set(() => this.#end(train), train?.pulses.length ? answerMs : silenceMs);
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
			clock.clear(this.#timer);
			taken.delete(this.#options.pin);
		}

		#end(train: PulseTrain | undefined): void {
			this.#timer = undefined;
			this.#train = train;
			if (train) this.#options.onReadable?.call(this);
			else this.#options.onError?.call(this, new Error("the simulated capture failed"));
		}
	};
}
