import type { Clock } from "../../modules/platform/clock.js";
import type { Host } from "../../modules/platform/host.js";
import { attach } from "../../modules/platform/simulated/attached-sensors.js";
import { simulatedCapture } from "../../modules/platform/simulated/capture.js";
import type { SimulatedFault } from "../../modules/platform/simulated/fault-injection.js";
import type { SimulatedSensor } from "../../modules/platform/simulated/sensor.js";
import { FakeClock } from "./clock.js";
import { numbers } from "./random.js";
import { FakeNetwork } from "./sockets.js";
import { text } from "./text.js";

/** A host without pins, files or storage, but for what `given` has of it. */
export function fakeHost({
	clock = new FakeClock(),
	random = numbers(1),
	Listener = new FakeNetwork().Listener,
	PulseCapture = simulatedCapture({ clock, sensors: new Map() }),
	...given
}: Partial<Host> = {}): Host {
	return {
		name: "test",
		version: "1.0.0",
		defaultPort: 80,
		clock,
		text,
		assets: { get: () => undefined },
		Listener,
		PulseCapture,
		storage: undefined,
		random,
		log() {},
		heapFree: () => undefined,
		...given,
	};
}

/** Pins on which sensors are simulated from when they are attached. */
export function simulatedPins(options: {
	clock: Clock;
	random: () => number;
	/** Probabilities, 0 to 1, of each fault. */
	faults?: Readonly<Partial<Record<SimulatedFault, number>>>;
}): Pick<Host, "PulseCapture"> & Required<Pick<Host, "attach">> {
	const { clock, random, faults } = options;
	const sensors = new Map<number, SimulatedSensor>();
	return {
		PulseCapture: simulatedCapture({ clock, sensors }),
		attach: attached => attach(sensors, attached, random, faults),
	};
}
