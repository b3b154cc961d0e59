/** The sensors of a configuration, simulated. */

import type { SimulatedFault } from "./damage.js";
import { SimulatedSensor } from "./sensor.js";

/** What a sensor of the model `auto` is simulated as. */
const automatic = "DHT22";

/**
 * @param random See `Host.random`; it seeds the air of each sensor, too.
 * @param faults Probabilities, 0 to 1, of what goes wrong with an answer.
 * @returns The sensors by pin, as `simulatedCapture` takes them.
 */
export function simulatedSensors(
	sensors: readonly { readonly pin: number; readonly model: string }[],
	random: () => number,
	faults: Readonly<Partial<Record<SimulatedFault, number>>> = {},
): Map<number, SimulatedSensor> {
	return new Map(
		sensors.map(({ pin, model }) => [
			pin,
			new SimulatedSensor({ model: model === "auto" ? automatic : model, random, faults }),
		]),
	);
}
