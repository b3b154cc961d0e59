/** The sensors of a configuration, simulated. */

import type { SimulatedFault } from "./damage.js";
import { SimulatedSensor } from "./sensor.js";

/** What a sensor of the model `auto` is simulated as. */
const automatic = "DHT22";

interface Attached {
	readonly pin: number;
	readonly model: string;
}

/**
 * @param random See `Host.random`; it seeds the air of each sensor, too.
 * @param faults Probabilities, 0 to 1, of what goes wrong with an answer.
 * @returns The sensors by pin, as `simulatedCapture` takes them.
 */
export function simulatedSensors(
	sensors: readonly Attached[],
	random: () => number,
	faults: Readonly<Partial<Record<SimulatedFault, number>>> = {},
): Map<number, SimulatedSensor> {
	const room = new Map<number, SimulatedSensor>();
	attach(room, sensors, random, faults);
	return room;
}

/** Puts sensors on their pins in `room`; one of the same model that is there stays, as do those on other pins. */
export function attach(
	room: Map<number, SimulatedSensor>,
	sensors: readonly Attached[],
	random: () => number,
	faults: Readonly<Partial<Record<SimulatedFault, number>>> = {},
): void {
	for (const sensor of sensors) {
		const model = sensor.model === "auto" ? automatic : sensor.model;
		if (room.get(sensor.pin)?.model !== model) room.set(sensor.pin, new SimulatedSensor({ model, random, faults }));
	}
}
