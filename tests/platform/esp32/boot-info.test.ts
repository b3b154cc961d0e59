import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { type AbortHook, forgetCrash, recordBoot } from "../../../modules/platform/esp32/boot-info.js";

/** A chip whose flash outlasts its restarts; `start` takes ESP-IDF's `esp_reset_reason_t` and what RTC memory has kept. */
function chip() {
	const values = new Map<string, string | number>();
	const lines: string[] = [];
	let hook: AbortHook | undefined;
	return {
		lines,
		start: (resetReason: number, earlier = "") =>
			recordBoot({
				preferences: {
					get: (domain, name) => values.get(`${domain}/${name}`),
					set(domain, name, value) {
						values.set(`${domain}/${name}`, value);
					},
				},
				resetReason,
				earlier,
				setHook(given) {
					hook = given;
				},
				log: line => lines.push(line),
			}),
		abort: (message: string, exception: unknown) => hook?.(message, exception),
	};
}

test("starts are counted, and what ended one is told at the next and after", () => {
	const { abort, lines, start } = chip();
	deepEqual(start(1), { reason: "power-on", boots: 1, lastCrash: null });
	deepEqual(start(3), { reason: "restart", boots: 2, lastCrash: null });
	equal(abort("unhandled exception", new TypeError("read:\n undefined")), undefined);
	const lastCrash = "start 2: unhandled exception: TypeError: read: undefined";
	deepEqual(start(4, "an older line\n"), { reason: "exception", boots: 3, lastCrash });
	deepEqual(start(9), { reason: "brown-out", boots: 4, lastCrash });
	deepEqual(lines, [
		"start 1: power-on",
		"start 2: restart",
		lastCrash,
		`start 3: exception; ${lastCrash}`,
		"start 4: brown-out",
	]);
	abort("memory full", "x".repeat(5000));
	equal(start(3).lastCrash?.length, 300);
});

test("a restart by the engine, after an exception that it reported, is none that was asked for", () => {
	const { abort, start } = chip();
	start(1);
	abort("unhandled exception", new Error("first"));
	equal(start(3).reason, "exception");
	equal(start(3).reason, "restart");
});

test("after a hang the newest lines of the run before are told and kept", () => {
	const { lines, start } = chip();
	start(1);
	const lastCrash = "start 1: watchdog after dht: http://192.0.2.7/ | Wi-Fi Home: connection lost";
	const earlier = "dht: http://192.0.2.7/\nWi-Fi Home: connection lost\n";
	deepEqual(start(6, earlier), { reason: "watchdog", boots: 2, lastCrash });
	deepEqual(start(3, "another line\n"), { reason: "restart", boots: 3, lastCrash });
	deepEqual(lines, ["start 1: power-on", `start 2: watchdog; ${lastCrash}`, "start 3: restart"]);
});

test("a hang after a crash of which the engine could speak is told as the newer", () => {
	const { abort, start } = chip();
	start(1);
	abort("unhandled exception", new Error("first"));
	start(4);
	equal(start(6).lastCrash, "start 2: watchdog");
	equal(start(15, "a\n").lastCrash, "start 3: lock-up after a");
});

test("what is kept of the console's lines is bounded, and the newest", () => {
	const { start } = chip();
	start(1);
	const { lastCrash } = start(5, `${"x".repeat(500)}\nthe last\n`);
	equal(lastCrash?.length, 300);
	equal(lastCrash?.endsWith(" | the last"), true);
});

test("every reason of ESP-IDF 6.0 has a name", () => {
	const names = Array.from({ length: 17 }, (_, reason) => chip().start(reason).reason);
	deepEqual(names, [
		"unknown",
		"power-on",
		"reset-pin",
		"restart",
		"exception",
		"watchdog",
		"watchdog",
		"watchdog",
		"sleep",
		"brown-out",
		"sdio",
		"usb",
		"jtag",
		"efuse",
		"power-glitch",
		"lock-up",
		"unknown",
	]);
});

test("flash that cannot be written keeps no device from starting", () => {
	const lines: string[] = [];
	let hook: AbortHook | undefined;
	const start = recordBoot({
		preferences: {
			get: () => undefined,
			set() {
				throw new Error("nvs full");
			},
		},
		resetReason: 6,
		earlier: "",
		setHook(given) {
			hook = given;
		},
		log: line => lines.push(line),
	});
	deepEqual(start, { reason: "watchdog", boots: 1, lastCrash: "start 0: watchdog" });
	hook?.("unhandled exception", new Error("again"));
	deepEqual(lines, [
		"boots cannot be kept: nvs full",
		"crash cannot be kept: nvs full",
		"start 1: watchdog; start 0: watchdog",
		"start 1: unhandled exception: Error: again",
		"crash cannot be kept: nvs full",
	]);
});

test("the last crash is forgotten, and nothing else", () => {
	const deleted: string[] = [];
	forgetCrash({ delete: (domain, name) => void deleted.push(`${domain}/${name}`) });
	deepEqual(deleted, ["start/crash"]);
});
