/** The sensors of a configuration, simulated. */

import type { SimulatedFault } from "./fault-injection.js";
import { SimulatedSensor } from "./sensor.js";

/** The model that stands for `auto`. */
const automatic = "DHT22";

interface Attached {
	readonly pin: number;
	readonly model: string;
}

/**
 * @param random See `Host.random`; it also seeds the air of each sensor.
 * @param faults Probabilities of faults, 0 to 1.
 * @returns The sensors by pin, as `simulatedCapture` takes them.
 */
export function simulatedSensors(
	sensors: readonly Attached[],
	random: () => number,
	faults: Readonly<Partial<Record<SimulatedFault, number>>> = {},
): Map<number, SimulatedSensor> {
	const attached = new Map<number, SimulatedSensor>();
	attach(attached, sensors, random, faults);
	return attached;
}

/** Puts sensors on their pins in `attached`. One of the same model that is there stays, as do those on other pins. */
export function attach(
	attached: Map<number, SimulatedSensor>,
	sensors: readonly Attached[],
	random: () => number,
	faults: Readonly<Partial<Record<SimulatedFault, number>>> = {},
): void {
	for (const sensor of sensors) {
		const model = sensor.model === "auto" ? automatic : sensor.model;
		if (attached.get(sensor.pin)?.model !== model)
			attached.set(sensor.pin, new SimulatedSensor({ model, random, faults }));
	}
}
