/** What a simulated sensor has sent, for the panel. */

import { decodeFrame } from "../../dht/decode.js";
import { Fault } from "../../dht/fault.js";
import { findModel } from "../../dht/models.js";
import type { PulseTrain } from "../../dht/pulse-capture.js";
import type { Air } from "../simulated/indoor-air.js";

/** As JSON to the panel. */
export interface Observation {
	/** Index of the sensor in the configuration. */
	readonly sensor: number;
	/** The air around it now. */
	readonly air: Air;
	/** What its frame says; `null` where there is a fault. */
	readonly reading: Air | null;
	/** The fault that the decoder finds; `null` for none. */
	readonly fault: string | null;
	/** Widths, µs; the first is high, and the levels alternate. */
	readonly pulses: readonly number[];
	/** The level after them. */
	readonly level: 0 | 1;
}

/** Of a sensor whose model is not known beforehand. */
const automatic = "DHT22";

/**
 * Decodes as the driver does, by the model that the firmware expects. What only the readings before tell, as of a jump, is no fault here.
 * @param train `undefined` when the capture failed.
 */
export function observe(sensor: number, model: string, air: Air, train: PulseTrain | undefined): Observation {
	if (!train) return { sensor, air, reading: null, fault: "hardware", pulses: [], level: 1 };
	const pulses = Array.from(train.pulses);
	const { level } = train;
	const frame = decodeFrame(pulses, findModel(model) ?? findModel(automatic)!, level);
	if (frame instanceof Fault) return { sensor, air, reading: null, fault: frame.kind, pulses, level };
	const { temperature, humidity } = frame;
	return { sensor, air, reading: { temperature, humidity }, fault: null, pulses, level };
}
