/** `embedded:io/pulsecapture`: the ESP32's capture on the SDK's own timers, for the driver's `sensor.io`. */

import DataLine from "dataline";
import { dataLineCapture } from "modules/dht/esp32/capture";
import Time from "time";
import Timer from "timer";

const clock = Object.freeze(
	{
		get ticks(): number {
			return Time.ticks;
		},
		set: (callback: () => void, delayMs: number): object => Timer.set(() => callback(), delayMs),
		clear(timer: object | undefined): void {
			if (timer) Timer.clear(timer as Timer);
		},
	},
	true,
);

const PulseCapture = dataLineCapture({ clock, DataLine });
export default PulseCapture;
