import assert from "node:assert/strict";
import { test } from "node:test";
import { type AbortHook, noteStart } from "../../../modules/platform/esp32/start.js";

/** What outlasts a restart. */
function flash() {
	const values = new Map<string, string | number>();
	return {
		get: (domain: string, name: string) => values.get(`${domain}/${name}`),
		set(domain: string, name: string, value: string | number) {
			values.set(`${domain}/${name}`, value);
		},
	};
}

test("starts are counted, and what ended one is told at the next and after", () => {
	const preferences = flash();
	let hook: AbortHook | undefined;
	const lines: string[] = [];
	const start = (resetReason: number) =>
		noteStart({
			preferences,
			resetReason,
			setHook(given) {
				hook = given;
			},
			log: line => lines.push(line),
		});
	assert.deepEqual(start(1), { reason: "power-on", boots: 1, lastCrash: null });
	assert.deepEqual(start(3), { reason: "restart", boots: 2, lastCrash: null });
	assert.equal(hook?.("unhandled exception", new TypeError("read:\n undefined")), undefined);
	const lastCrash = "start 2: unhandled exception: TypeError: read: undefined";
	assert.deepEqual(lines, [lastCrash]);
	assert.deepEqual(start(4), { reason: "exception", boots: 3, lastCrash });
	assert.deepEqual(start(6), { reason: "watchdog", boots: 4, lastCrash });
	assert.deepEqual(start(9), { reason: "brown-out", boots: 5, lastCrash });
	assert.equal(start(99).reason, "unknown");
	hook?.("memory full", "x".repeat(5000));
	assert.equal(start(4).lastCrash?.length, 200);
});

test("flash that cannot be written keeps no device from starting", () => {
	const lines: string[] = [];
	const preferences = {
		get: () => undefined,
		set() {
			throw new Error("nvs full");
		},
	};
	let hook: AbortHook | undefined;
	const start = noteStart({
		preferences,
		resetReason: 1,
		setHook(given) {
			hook = given;
		},
		log: line => lines.push(line),
	});
	assert.equal(start.boots, 1);
	hook?.("unhandled exception", new Error("again"));
	assert.deepEqual(lines, [
		"boots cannot be kept: nvs full",
		"start 1: unhandled exception: Error: again",
		"crash cannot be kept: nvs full",
	]);
});
