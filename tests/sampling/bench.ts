// A sampler over one simulated sensor on pin 4, with everything that can be looked at.

import type { DigitalOutput, PulseCaptureConstructor, PulseCaptureOptions } from "../../modules/platform/io.js";
import { simulatedCapture } from "../../modules/platform/simulated/capture.js";
import { SimulatedSensor } from "../../modules/platform/simulated/sensor.js";
import { type FaultReport, type Reading, Sampler, type SensorOptions } from "../../modules/sampling/sampler.js";
import { FakeClock } from "../fakes/clock.js";
import { numbers } from "../fakes/random.js";

export interface BenchOptions extends Partial<SensorOptions> {
	intervalMs: number;
	/** Whether the sensor was powered long before; it was by default. */
	settled?: boolean;
	/** Whether there is a sensor on the pin. */
	wired?: boolean;
}

export function bench({ intervalMs, settled = true, wired = true, ...sensorOptions }: BenchOptions) {
	const clock = new FakeClock();
	const sensor = new SimulatedSensor({ model: "DHT22", random: numbers(1) });
	const readings: Reading[] = [];
	const faults: FaultReport[] = [];
	/** When each read was started. */
	const starts: number[] = [];
	/** What was written to the power pin, and when. */
	const power: { value: 0 | 1; ticks: number }[] = [];

	const Capture = simulatedCapture({ clock, sensors: wired ? new Map([[4, sensor]]) : new Map() });
	class Watched extends (Capture as new (options: PulseCaptureOptions) => InstanceType<PulseCaptureConstructor>) {
		static readonly settled = settled;

		override start(lowUs: number): void {
			starts.push(clock.ticks);
			super.start(lowUs);
		}
	}

	class Digital implements DigitalOutput {
		write(value: 0 | 1): void {
			power.push({ value, ticks: clock.ticks });
			sensor.setFault("no-answer", value ? 0 : 1);
		}
		close(): void {}
	}

	const sampler = new Sampler({
		clock,
		io: Watched,
		Digital,
		sensors: [{ name: "Room", model: "DHT22", pin: 4, ...sensorOptions }],
		intervalMs,
		onReading: reading => readings.push(reading),
		onFault: fault => faults.push(fault),
	});
	return { clock, sensor, sampler, readings, faults, starts, power };
}
