/** The one rule of a sensor's status: what missed reads and an old reading mean. */

import type { SensorState, Status } from "./reading.js";

/** Missed reads in a row that are a fault. Real sensors miss one read in twenty to a hundred. */
export const missesToFault = 3;
/** Intervals without a reading after which the newest is stale. */
export const staleIntervals = 3;

/** @param ticks Now, ms since boot. @returns Whether the newest reading is too old, or there is none. */
export function isStale({ reading, intervalMs }: Pick<SensorState, "reading" | "intervalMs">, ticks: number): boolean {
	return !reading || ticks - reading.ticks > staleIntervals * intervalMs;
}

/** @param ticks Now, ms since boot. @returns Whether the newest reading is the present. */
export function isLive(sensor: Pick<SensorState, "reading" | "failures" | "intervalMs">, ticks: number): boolean {
	return sensor.failures < missesToFault && !isStale(sensor, ticks);
}

/** Before the first reading the first missed read is a fault. @param ticks Now, ms since boot. */
export function statusOf(sensor: Pick<SensorState, "reading" | "failures" | "intervalMs">, ticks: number): Status {
	if (isLive(sensor, ticks)) return "live";
	const { failures, reading } = sensor;
	if (failures >= missesToFault || (failures > 0 && !reading)) return "fault";
	return reading ? "stale" : "waiting";
}
