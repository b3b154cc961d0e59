// A day at a broker that comes and goes.

import { deepEqual, ok } from "node:assert/strict";
import { test } from "node:test";
import { expiry } from "../../modules/mqtt/discovery.js";
import { choices } from "../fakes/random.js";
import { FakeBroker, type Mood, type Published } from "./broker.js";
import { fault, publisherAt, reading, room } from "./devices.js";

const hour = 3_600_000;
const intervalMs = 10_000;
const sensor = { ...room, intervalMs };
const moods: readonly Mood[] = ["well", "well", "refuses", "no response", "accepts, then silent", "no acknowledgement"];

/** Lets the broker change its mood some 50 times an hour, and the sensor fail now and then. */
function spend(ms: number, check: (message: Published, broker: FakeBroker) => void) {
	const broker = new FakeBroker();
	const publisher = publisherAt(broker, { sensors: [sensor] });
	const choose = choices(17);
	publisher.open();
	for (let next = intervalMs; next <= ms; next += intervalMs) {
		if (choose(7) === 0) {
			broker.mood = moods[choose(moods.length)]!;
			if (choose(2) === 0) broker.drop();
		}
		broker.advance(next - broker.clock.ticks, 1000);
		if (choose(20) === 0) publisher.onFault(fault(broker));
		else publisher.onReading(reading(broker));
		broker.settle();
		for (const message of broker.messages.splice(0)) check(message, broker);
		ok(broker.network.open.size <= 1);
		ok(broker.clock.pending <= 6);
	}
	return { broker, publisher };
}

test("in a day no reading is sent twice, none in the wrong order, and none that is old", () => {
	let sent = -1;
	let readings = 0;
	spend(24 * hour, ({ topic, payload }, { clock }) => {
		if (topic !== "dht/dht/Room/state") return;
		const { uptimeMs } = JSON.parse(payload);
		ok(uptimeMs > sent, `${uptimeMs} after ${sent}`);
		sent = uptimeMs;
		ok(clock.ticks - uptimeMs < expiry(intervalMs) * 1000);
		readings++;
	});
	ok(readings > 2000, `${readings}`);
});

test("after such an hour it is well again within two minutes", () => {
	const { broker, publisher } = spend(hour, () => {});
	broker.mood = "well";
	broker.advance(120_000, 500);
	const { state, failures } = publisher.connection;
	deepEqual([state, failures, broker.kept.get("dht/dht/status")], ["connected", 0, "online"]);
});
