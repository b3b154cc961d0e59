/** The probation of a new firmware image: what the device shows of it. */

import { type Milestone, Probation } from "../update/probation.js";
import type { BootState } from "./boot-state.js";
import { isReachable, type ReachableDevice } from "./reach.js";
import type { Sensors } from "./sensors.js";
import type { Updates } from "./updates.js";

export interface TrialDevice extends ReachableDevice {
	readonly boot: BootState;
	/** Absent in rescue mode: firmware on probation that comes to no more is taken back. */
	readonly sensors?: Sensors;
	/** Absent on a host that keeps no firmware in slots. */
	readonly updates: Updates | undefined;
}

/** @returns The probation of the image that runs; `undefined` when it was confirmed. */
export function startProbation(device: TrialDevice): Probation | undefined {
	const { host, boot, log } = device;
	const { update: firmware, clock } = host;
	if (firmware?.running.state !== "pending") return undefined;
	return new Probation({
		firmware,
		clock,
		record: boot.record,
		shows: milestone => shows(device, milestone),
		restart: () => device.updates?.restart(),
		log: log.from("update"),
	});
}

function shows(device: TrialDevice, milestone: Milestone): boolean {
	const { sensors, service } = device;
	switch (milestone) {
		case "reading":
			return sensors?.states.some(({ reading, fault }) => reading ?? fault) ?? false;
		case "reachable":
			return isReachable(device);
		case "listening":
			return service.server !== undefined;
		case "responded":
			return (service.server?.statuses.size ?? 0) > 0;
	}
}
