/** Stands in for the ESP32's capture where there is no pin: a DHT22 that measures 24.4 °C and 46.4 %, over and over. */

import type { PulseCapture, PulseCaptureOptions, PulseTrain } from "modules/dht/pulse-capture";
import Timer from "timer";

const bytes = [0x01, 0xd0, 0x00, 0xf4, 0xc5];

export default class implements PulseCapture {
	target: unknown;
	#options: PulseCaptureOptions;

	constructor(options: PulseCaptureOptions) {
		this.target = options.target;
		this.#options = options;
	}
	start(): void {
		Timer.set(() => this.#options.onReadable?.call(this), 25);
	}
	read(): PulseTrain {
		const bits = bytes.flatMap(byte => [128, 64, 32, 16, 8, 4, 2, 1].map(bit => byte & bit));
		return { pulses: [30, 80, 80, ...bits.flatMap(bit => [50, bit ? 70 : 26]), 50], level: 1, ticks: 0 };
	}
	close(): void {
		this.#options = { pin: -1 };
	}
}
