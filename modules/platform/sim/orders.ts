/** What the panel in the simulator's window can do to the simulated sensors. */

import { faultInjections, type SimulatedFault } from "../simulated/fault-injection.js";
import type { Air } from "../simulated/indoor-air.js";
import type { SimulatedSensor } from "../simulated/sensor.js";

/** What the panel asks of one sensor; only what is there changes. */
export interface Command {
	/** The sensor's place in the configuration. */
	sensor: number;
	/** Holds the air at these values; `null` lets it drift again. */
	air?: Air | null;
	/** A name of `simulatedModels`. */
	model?: string;
	/** Makes the next answer bring about this fault. */
	fault?: SimulatedFault;
	/** Whether the sensor keeps silent from now on. */
	unplugged?: boolean;
}

/** @param sensors In the order of the configuration; an order for another place is left alone. @throws {RangeError} An unknown model. */
export function applyCommand(
	sensors: readonly SimulatedSensor[],
	{ sensor: place, air, model, fault, unplugged }: Command,
): void {
	const sensor = sensors[place];
	if (!sensor) return;
	if (air !== undefined) sensor.setAir(air ?? undefined);
	if (model !== undefined) sensor.setModel(model);
	if (fault !== undefined) sensor.inject(faultInjections[fault][0] ?? "hardware");
	if (unplugged !== undefined) sensor.setFault("no-answer", unplugged ? 1 : 0);
}
