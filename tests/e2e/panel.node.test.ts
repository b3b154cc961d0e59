// The panel in the simulator's window, operated through panel/driver.js, and what the device then says: `npm run test:sdk`.

import { equal } from "node:assert/strict";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sendSigned } from "./signed.js";
import { EventStream, type StreamEvent } from "./stream.js";

const { DEVICE_URL: url, SIMULATOR_FOLDER: folder } = process.env;
const options = { skip: folder ? false : "no simulator", timeout: 60_000 };

let stream: EventStream;
before(async () => {
	if (folder) stream = await EventStream.open(`${url}/sensor-data-events`);
});
after(() => stream?.close());

/** Sets the row `label` to `value`, or taps the button `label`. */
function operate(label: string, value?: number | string | boolean): void {
	writeFileSync(join(folder!, "panel.new"), JSON.stringify({ label, value }));
	renameSync(join(folder!, "panel.new"), join(folder!, "panel.json"));
}

/** The next event of the stream that `wanted` likes. */
async function until(wanted: (event: StreamEvent) => boolean): Promise<StreamEvent> {
	for (;;) {
		const event = await stream.next();
		if (wanted(event)) return event;
	}
}

const reads = (temperature: number, humidity: number) =>
	until(({ data }) => data.temperature === temperature && data.humidity === humidity);
const fails = (error: string) => until(({ data }) => data.error === error);

test("the sliders hold the air", options, async () => {
	operate("Temperature, °C", 30.5);
	await until(({ data }) => data.temperature === 30.5);
	operate("Humidity, %", 65);
	await reads(30.5, 65);
});

test("each button spoils one frame", options, async () => {
	for (const [label, error] of [
		["checksum", "checksum"],
		["short frame", "short-frame"],
		["bus stuck", "bus-stuck"],
		["hardware", "hardware"],
	] as const) {
		operate(label);
		await fails(error);
		await reads(30.5, 65);
	}
});

test("a sensor is unplugged and plugged in again", options, async () => {
	operate("Wire", true);
	const { data } = await fails("no-answer");
	equal(typeof data.message, "string");
	equal((await fails("no-answer")).data.failures, data.failures + 1);
	operate("Wire", false);
	await reads(30.5, 65);
});

test("another model has its own timing: a DHT11 sleeps through a DHT22's short start signal", options, async () => {
	operate("Model", "DHT11");
	await fails("no-answer");
	operate("Model", "AM2320");
	await reads(30.5, 65);
});

test("the air drifts again", options, async () => {
	operate("Air", false);
	await until(({ event, data }) => event === "sensor-data" && data.temperature !== 30.5);
});

/** Waits until the device's network is so: a phase, or `none` without a radio. */
async function network(expected: string): Promise<void> {
	for (;;) {
		const response = await fetch(`${url}/api/device`).catch(() => undefined);
		const head = await response?.json().catch(() => undefined);
		if (head && (head.network?.phase ?? "none") === expected) return;
		await new Promise(resolve => setTimeout(resolve, 200));
	}
}

test("on a simulated radio it is set up, loses its network and finds it again", options, async () => {
	operate("Wi-Fi", true);
	await network("setup");
	await sendSigned(url!, "POST", "/api/setup", { ssid: "Guest" });
	await network("joined");
	operate("In reach", "none");
	await network("joining");
	operate("In reach", "Guest");
	await network("joined");
	operate("Wi-Fi", false);
	await network("none");
});
