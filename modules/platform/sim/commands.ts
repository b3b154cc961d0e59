/** Commands of the panel in the simulator's window to the simulated sensors. */

import { faultInjections, type SimulatedFault } from "../simulated/fault-injection.js";
import type { Air } from "../simulated/indoor-air.js";
import type { SimulatedSensor } from "../simulated/sensor.js";

/** A command to one sensor. Properties that are left out change nothing. */
export interface Command {
	/** Index of the sensor in the configuration. */
	sensor: number;
	/** Holds the air at these values; `null` lets it drift again. */
	air?: Air | null;
	/** A name of `simulatedModels`. */
	model?: string;
	/** Injects this fault into the next frame. */
	fault?: SimulatedFault;
	/** Whether the sensor is silent from now on. */
	unplugged?: boolean;
}

/** @param sensors In the order of the configuration. A command for another index does nothing. @throws {RangeError} An unknown model. */
export function applyCommand(
	sensors: readonly SimulatedSensor[],
	{ sensor: index, air, model, fault, unplugged }: Command,
): void {
	const sensor = sensors[index];
	if (!sensor) return;
	if (air !== undefined) sensor.setAir(air ?? undefined);
	if (model !== undefined) sensor.setModel(model);
	if (fault !== undefined) sensor.inject(faultInjections[fault][0] ?? "hardware");
	if (unplugged !== undefined) sensor.setFault("no-answer", unplugged ? 1 : 0);
}
