// From a pulse train to a reading.

import { sensorData } from "../../../modules/app/sensor-events.js";
import { decodeFrame, type Frame } from "../../../modules/dht/decode.js";
import { findModel } from "../../../modules/dht/models.js";
import type { PulseTrain } from "../../../modules/dht/pulse-capture.js";
import { History } from "../../../modules/history/history.js";
import { PlausibilityFilter, type Verdict } from "../../../modules/sampling/plausibility.js";
import { Sampler } from "../../../modules/sampling/sampler.js";
import { type Cost, cost, kept } from "../costs.js";
import { BenchClock } from "../sockets.js";
import { BenchCapture, PageServer, pulses, warmerPulses } from "./harness.js";

const model = findModel("DHT22")!;

/** Two frames alternately, each accepted. */
function checking(first: ArrayLike<number>, second: ArrayLike<number>): Cost {
	const guard = new PlausibilityFilter(model.resolution);
	let ticks = 0;
	let isFirst = false;
	let verdict = "pending" as Verdict;
	const total = cost(() => {
		ticks += 2000;
		isFirst = !isFirst;
		const frame = decodeFrame(isFirst ? first : second, model) as Frame;
		verdict = guard.judge(frame.temperature, frame.humidity, ticks);
	});
	if (verdict !== "accepted") throw new Error(verdict);
	return total;
}

/** A whole read of a sensor, and whatever `onReading` does. */
function reading(onReading: ConstructorParameters<typeof Sampler>[0]["onReading"]): Cost {
	const clock = new BenchClock();
	BenchCapture.all.length = 0;
	new Sampler({
		clock,
		io: BenchCapture,
		sensors: [{ name: "Room", model: "DHT22", pin: 4 }],
		intervalMs: 2000,
		onReading,
		onFault(fault) {
			throw new Error(fault.message);
		},
	});
	const train: PulseTrain = { pulses, level: 1, ticks: 0 };
	const [capture] = BenchCapture.all;
	return cost(() => {
		clock.ticks += 2000;
		clock.due?.();
		capture?.respond(train);
	});
}

export const sensors: Record<string, () => Cost> = {
	"decode a frame": () => cost(() => decodeFrame(pulses, model)),
	"a frame, from 84 pulses to a checked reading": () => checking(pulses, pulses),
	"a frame, as above, whose values are others than before": () => checking(pulses, warmerPulses),
	"a sensor's turn: started, read, checked, the next one set": () => reading(() => {}),
	"a sensor's turn, and its event": () => {
		const { broadcaster } = new PageServer();
		return reading(checked => broadcaster.publish("sensor-data", checked.sensor, sensorData(checked)));
	},
	"a day of history, one sensor": () => kept(() => new History({ sensors: [{ name: "Room", intervalMs: 2000 }] }), 1),
};
