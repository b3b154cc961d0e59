import assert from "node:assert/strict";
import { test } from "node:test";
import { choices } from "../fakes/random.js";
import { Bench, home } from "./bench.js";

const other = { ssid: "Other", password: "something else", dBm: -40 };

/** A walk of `steps` events; now and then the good network stays, and the device must be in it two minutes later. */
function walk(steps: number, seed: number): { checks: number; joins: number } {
	const below = choices(seed);
	const bench = new Bench();
	const { clock, radio } = bench;
	bench.stored = { ...home, worked: seed % 2 === 0 };
	const wifi = bench.start();
	const events = [
		() => radio.drop(),
		() => radio.drop(),
		() => {
			radio.networks = [];
		},
		() => {
			radio.networks = [home, other];
		},
		() => {
			radio.networks = [{ ...home, password: "changed today" }];
		},
		() => wifi.tryJoin("Other", "not this one"),
		() => wifi.tryJoin("Nowhere", undefined),
		() => wifi.scan(),
		() => radio.listener?.onLost("refused"),
		() => radio.listener?.onLost("lost"),
	];
	let checks = 0;
	for (let step = 0; step < steps; step++) {
		events[below(events.length)]!();
		clock.advance(below(4) === 0 ? below(90_000) : below(4000));
		assert.ok(wifi.state.phase !== "setup", `step ${step}: nothing is tried any more`);
		if (below(50) > 0) continue;
		checks++;
		radio.networks = [home, other];
		clock.advance(120_000);
		assert.equal(bench.station, "192.0.2.7", `step ${step}: not joined after two minutes`);
		assert.equal(radio.ssid, "Home");
	}
	wifi.close();
	assert.equal(clock.pending, 0);
	return { checks, joins: radio.joins };
}

test("a walk of 100,000 events: never stuck, never two joins at once, joined within two minutes", () => {
	const walks = [1, 2, 3, 4].map(seed => walk(25_000, seed));
	assert.ok(
		walks.every(({ checks, joins }) => checks > 400 && joins > 10_000),
		JSON.stringify(walks),
	);
});
