import { match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Device } from "../../../modules/api/schema.js";
import { bugReport, logLine } from "../../../www/forms/report.js";

const device = {
	...{ name: "attic", version: "1.0.0", host: "esp32", chip: "esp32c3", mode: "safe", modeReason: "it crashed" },
	...{ uptimeMs: 61_200, start: { reason: "watchdog", boots: 7, lastCrash: "hang" }, counters: { rejected: 2 } },
	...{ heapFree: 71_400, heapLeast: 52_300, heapLargestBlock: 43_000 },
	sensors: [
		{
			...{
				sensor: "Room",
				model: "DHT22",
				pin: 4,
				reads: 100,
				goodReads: 97,
				day: { reads: 50, goodReads: 48 },
				faults: { checksum: 3 },
			},
			badTrain: { frames: [{ pulsesUs: [30, 80, 80] }] },
		},
	],
} as unknown as Device;

test("a report has version, chip, start, faults, settings and the log", () => {
	const line = { uptimeMs: 1500, source: "sensors", level: "warning", message: "Room: no\nanswer" } as const;
	const report = bugReport(device, { units: "C" }, [line]);
	for (const part of [
		/^attic: version 1\.0\.0 on esp32 \(esp32c3\)$/m,
		/^mode: safe, it crashed$/m,
		/^uptime: 61 s$/m,
		/^boot: 7, watchdog$/m,
		/^sensor Room: DHT22 on pin 4, 97 of 100 reads, 48 of 50 in the last day, \{"checksum":3\}$/m,
		/^last bad train, µs: 30 80 80$/m,
		/^settings: \{"units":"C"\}$/m,
		/^1\.5 s {2}warning {2}sensors {2}Room: no answer$/m,
	])
		match(report, part);
});

test("a host without a start, a chip and a heap has a report", () => {
	const bare = { ...device, start: null, chip: null, heapFree: null, heapLeast: null, heapLargestBlock: null };
	const report = bugReport(bare, {}, []);
	ok(!/undefined|null|NaN/.test(report), report);
});

test("a line of the log is one line", () => {
	ok(!logLine({ uptimeMs: 0, source: "a", level: "info", message: "b\r\nc" }).includes("\n"));
});
