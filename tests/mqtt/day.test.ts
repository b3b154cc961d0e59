// A day at a broker that comes and goes. tests/xs/mqtt-day.node.test.ts has what it keeps of the heap.

import { deepEqual, ok } from "node:assert/strict";
import { test } from "node:test";
import { expiry } from "../../modules/mqtt/discovery.js";
import { Day, intervalMs } from "./day.js";

const hour = 3_600_000;

test("in a day no reading is sent twice, none in the wrong order, and none that is old", () => {
	const day = new Day();
	let sent = -1;
	let readings = 0;
	day.pass(24 * hour, ({ topic, payload }) => {
		if (topic !== "dht/dht/Room/state") return;
		const { uptimeMs } = JSON.parse(payload);
		ok(uptimeMs > sent, `${uptimeMs} after ${sent}`);
		sent = uptimeMs;
		// What arrived is looked at once an interval.
		ok(day.broker.clock.ticks - uptimeMs < expiry(intervalMs) * 1000 + intervalMs);
		readings++;
	});
	ok(readings > 2000, `${readings}`);
});

test("after such an hour it is well again within two minutes", () => {
	const day = new Day();
	day.pass(hour, () => {});
	day.rest();
	const { state, failures } = day.publisher.connection;
	deepEqual([state, failures, day.broker.kept.get("dht/dht/status")], ["connected", 0, "online"]);
});
