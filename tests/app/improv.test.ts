import assert from "node:assert/strict";
import { test } from "node:test";
import { bootDevice } from "../../modules/app/boot.js";
import type { Host } from "../../modules/platform/host.js";
import type { Serial } from "../../modules/platform/serial.js";
import { FakeClock } from "../fakes/clock.js";
import { fakeHost, simulatedPins } from "../fakes/host.js";
import { numbers } from "../fakes/random.js";
import { FakeSerial } from "../fakes/serial.js";
import { text } from "../fakes/text.js";
import { Line, request } from "../network/improv-bench.js";

const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };

/** A whole device in a wired network. @param config As of `bootDevice`. */
function boot(config: object, given: Partial<Host> = {}) {
	const clock = new FakeClock();
	const random = numbers(1);
	const serial = new FakeSerial();
	const line = new Line();
	serial.onSent = bytes => line.receive(bytes);
	const lines: string[] = [];
	const log = (printed: string) => lines.push(printed);
	const pins = simulatedPins({ clock, random, faults: {} });
	const host = fakeHost({ clock, random, address: "192.0.2.7", serial, log, ...pins, ...given });
	const device = bootDevice({ host, limits, config });
	const ask = (command: number, payload = "") => {
		line.packets.length = 0;
		serial.arrive(request(command, Array.from(text.encode(payload))));
		return line.packets;
	};
	return { device, clock, lines, ask };
}

const PASSWORD = 0xd0;

test("a device tells what it is, by its settings and its host", () => {
	const { device, ask } = boot({ name: "attic" });
	assert.deepEqual(ask(3), ["3: dht-gauges, 1.0.0, test, attic"]);
	assert.deepEqual(ask(2), ["state 4", "2: http://192.0.2.7/"]);
	device.close();
});

test("the chip is named as installers name it", () => {
	for (const [chip, name] of [
		[0, "ESP32"],
		[2, "ESP32-S2"],
		[5, "ESP32-C3"],
		[9, "ESP32-S3"],
		[13, "ESP32-C6"],
	] as const) {
		const image = { version: "1.0.0", date: "", state: "valid" } as const;
		const update = { chip, running: image, other: undefined } as unknown as NonNullable<Host["update"]>;
		const { device, ask } = boot({}, { update });
		assert.deepEqual(ask(3), [`3: dht-gauges, 1.0.0, ${name}, dht`]);
		device.close();
	}
});

test("a name that the settings do not allow is refused, another one is there at once", () => {
	const { device, ask } = boot({});
	assert.deepEqual(ask(5, "no name"), ["error 5"]);
	assert.deepEqual(ask(6, "attic"), ["6: attic"]);
	assert.deepEqual(ask(5), ["5: attic"]);
	device.close();
});

test("the first password is set by the settings' rules, and no other after it", () => {
	const { device, ask } = boot({});
	assert.deepEqual(ask(PASSWORD), ["208: NO"]);
	assert.deepEqual(ask(PASSWORD, "short"), ["error 1"]);
	assert.deepEqual(ask(PASSWORD, "open sesame"), ["208: YES"]);
	assert.deepEqual(ask(PASSWORD, "another one"), ["error 4"]);
	device.close();
	const { device: owned, ask: askOwned } = boot({ adminPassword: "of the build" });
	assert.deepEqual(askOwned(PASSWORD, "another one"), ["error 4"]);
	owned.close();
});

test("a private device that has lost its password takes none by cable", () => {
	const { device, ask } = boot({ private: true, adminPassword: "x" });
	assert.deepEqual(ask(PASSWORD, "open sesame"), ["error 4"]);
	assert.deepEqual(ask(3), ["3: dht-gauges, 1.0.0, test, dht"]);
	device.close();
});

test("a serial line that cannot be read costs a line of the log", () => {
	const serial: Serial = {
		listen() {
			throw new Error("no interrupt");
		},
		write() {},
	};
	const { device, lines, clock } = boot({}, { serial });
	assert.ok(lines.includes("no set-up by cable: no interrupt"));
	device.close();
	assert.equal(clock.pending, 0);
});
