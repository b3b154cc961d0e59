// The start of a device: what makes it fail is left out step by step, and new firmware is confirmed or taken back.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { bootDevice, type Device } from "../../modules/app/boot.js";
import { SettingsOverrides } from "../../modules/config/overrides.js";
import type { PulseCaptureOptions } from "../../modules/dht/pulse-capture.js";
import type { Host } from "../../modules/platform/host.js";
import type { Radio } from "../../modules/platform/radio.js";
import { BootRecord } from "../../modules/update/boot-record.js";
import { FakeClock } from "../fakes/clock.js";
import { fakeHost, simulatedPins } from "../fakes/host.js";
import { numbers } from "../fakes/random.js";
import { request, signed } from "../fakes/signing.js";
import { FakeNetwork } from "../fakes/sockets.js";
import { FakeStorage } from "../fakes/storage.js";
import { latin1, text, unchunked } from "../fakes/text.js";
import { boot as bootLoader, flash, upload } from "../update/device.js";
import { makeImage } from "../update/image.js";

const password = "correct horse";
const address = "192.0.2.7";
const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };
const room = { name: "Room", model: "DHT22", pin: 4 };
const build = { sensors: [room], adminPassword: password };
/** A pin that the board does not have. */
const refused = 13;

/** One run of the program, from its start on. */
class Run {
	readonly clock = new FakeClock();
	readonly network = new FakeNetwork();
	readonly lines: string[] = [];
	readonly device: Device;
	restarts = 0;
	pressed = false;

	constructor(hardware: Hardware, reason: string, config: object, given: Partial<Host> = {}) {
		const { clock, network } = this;
		const random = numbers(1);
		const { PulseCapture, attach } = simulatedPins({ clock, random });
		class Capture extends PulseCapture {
			constructor(options: PulseCaptureOptions) {
				if (options.pin === refused) throw new Error(`pin ${refused}: the board has none`);
				super(options);
			}
		}
		const update = bootLoader(hardware.slots, () => this.restarts++);
		const host = fakeHost({
			clock,
			version: update.running.version,
			update,
			bootInfo: { reason, boots: 1, lastCrash: null },
			assets: { get: name => (name.endsWith(".html") ? latin1(`<!doctype html><title>${name}</title>`) : undefined) },
			address,
			Listener: network.Listener,
			PulseCapture: Capture,
			attach,
			storage: hardware.storage,
			random,
			pressed: () => this.pressed,
			log: line => this.lines.push(line),
			...given,
		});
		this.device = bootDevice({ host, limits, config });
		network.settle();
	}

	/** Lets time pass, and then what was sent arrive. */
	pass(ms: number): this {
		this.clock.advance(ms);
		this.network.settle();
		return this;
	}

	/** @returns The response. */
	ask(bytes: string): { status: number; body: string } {
		const peer = this.network.connect();
		peer.send(bytes);
		peer.close();
		const [head = "", body = ""] = peer.received.split("\r\n\r\n");
		return { status: Number(head.slice(9, 12)), body: head.includes("chunked") ? unchunked(peer.received) : body };
	}

	get(target: string) {
		return this.ask(request({ method: "GET", target, host: address }).replace("HTTP/1.1", "HTTP/1.0"));
	}

	json(target: string) {
		return JSON.parse(this.get(target).body);
	}

	put(change: object): { status: number; body: string } {
		const { nonce } = this.json("/api/session");
		return this.ask(signed(password, nonce, { host: address, body: JSON.stringify(change) }));
	}
}

/** What outlasts a restart. */
class Hardware {
	readonly storage = new FakeStorage(21);
	readonly slots = flash();

	start(reason = "power-on", config: object = build, given: Partial<Host> = {}): Run {
		return new Run(this, reason, config, given);
	}

	/** Starts so many times, each ended by an exception after five seconds. @returns The modes. */
	crash(times: number, config: object = build): (string | undefined)[] {
		return Array.from({ length: times }, () => {
			const run = this.start("exception", config);
			run.pass(5000);
			return run.restarts > 0 ? "back" : run.json("/api/device").mode;
		});
	}

	/** Changes settings as a program would that does not check them against the board. */
	keep(changes: Record<string, unknown>): this {
		const kept = new SettingsOverrides({ storage: this.storage, text, log: line => equal(line, "") });
		kept.save({ ...kept.changes, ...changes });
		return this;
	}

	/** As the program does after an upload. @param wasReachable Whether it was in a network. */
	upload(version: string, wasReachable = true): this {
		upload(bootLoader(this.slots), makeImage({ version }));
		new BootRecord({ storage: this.storage, text, log: () => {} }).handOver(version, wasReachable);
		return this;
	}
}

const why = "it crashed again and again within a minute of its start";

test("a device that forgets everything starts as it was built, without its Wi-Fi", () => {
	const hardware = new Hardware();
	let isForgotten = false;
	const config = { ...build, ssid: "Built", password: "12345678" };
	const given = { forget: () => (isForgotten = true) };
	const run = hardware.start("power-on", config, given);
	equal(run.put({ name: "attic", units: "F" }).status, 200);
	const { nonce } = run.json("/api/session");
	const order = { host: address, method: "POST", target: "/api/settings", body: '{"action":"forget"}' };
	equal(run.ask(request(order)).status, 401);
	deepEqual(run.ask(signed(password, nonce, order)), { status: 200, body: '{"restarts":true}' });
	deepEqual([isForgotten, run.restarts], [true, 0]);
	run.pass(600);
	equal(run.restarts, 1);
	const next = hardware.start("restart", config);
	const { name, units, ssid } = next.json("/api/settings");
	deepEqual([name, units, ssid], ["dht", "C", undefined]);
	ok(!text.decode(hardware.storage.bytes.map(byte => byte & 0x7f)).includes("attic"));
	equal(next.put({ name: "cellar" }).status, 200);
	equal(hardware.start().json("/api/settings").name, "cellar");
});

test("a device forgets nothing while its firmware is on probation, and only by its own word", () => {
	const hardware = new Hardware().upload("1.1.0");
	const run = hardware.start("restart");
	for (const [body, status] of [
		['{"action":"forget"}', 409],
		['{"action":"restart"}', 422],
	] as const) {
		const { nonce } = run.json("/api/session");
		equal(
			run.ask(signed(password, nonce, { host: address, method: "POST", target: "/api/settings", body })).status,
			status,
		);
	}
	run.pass(600);
	equal(run.restarts, 0);
});

test("a start without a flaw says nothing of it", () => {
	const run = new Hardware().start();
	const { mode, modeReason, rolledBack, leftOut } = run.json("/api/device");
	deepEqual([mode, modeReason, rolledBack, leftOut], ["normal", null, null, []]);
	equal(run.json("/api/readings").notice, undefined);
	deepEqual(run.lines, ["dht: http://192.0.2.7/"]);
});

test("a kept setting that the board refuses leads to safe mode at once, where it is mended", () => {
	const hardware = new Hardware().keep({ sensors: [{ ...room, pin: refused }], name: "attic", units: "F" });
	const run = hardware.start();
	run.pass(3000);
	const reason = "sensors: an array is not allowed; pin 13: the board has none";
	ok(run.lines.includes(`safe mode: ${reason}`), run.lines.join("\n"));
	const device = run.json("/api/device");
	deepEqual([device.mode, device.modeReason, device.leftOut], ["safe", reason, ["sensors", "units"]]);
	equal(device.name, "attic");
	const { readings, notice, units } = run.json("/api/readings");
	deepEqual([notice, units, readings[0].status], [{ kind: "safe", reason }, "C", "live"]);
	const shown = run.json("/api/settings");
	deepEqual([shown.sensors[0].pin, shown.units], [refused, "F"]);
	equal(run.put({ sensors: [{ ...room, pin: 5 }] }).status, 200);
	deepEqual(run.json("/api/device").leftOut, ["units"]);
	equal(run.json("/api/device").sensors[0].pin, 5);
	const next = hardware.start("restart");
	deepEqual([next.json("/api/device").mode, next.json("/api/readings").units], ["normal", "F"]);
	equal(next.json("/api/device").sensors[0].pin, 5);
});

test("an app that fails at its start leaves no timer and no connection behind", () => {
	const run = new Hardware().keep({ sensors: [{ ...room, pin: refused }] }).start();
	run.device.close();
	run.device.close();
	equal(run.clock.pending, 0);
	equal(run.network.open.size, 0);
});

test("a setting of the build that the board refuses leads to rescue, which says so at every path and takes changes", () => {
	const hardware = new Hardware();
	const config = { ...build, sensors: [{ ...room, pin: refused }] };
	const run = hardware.start("power-on", config);
	for (const path of ["/", "/api/readings", "/sensor-data-events", "/nowhere"]) {
		const { status, body } = run.get(path);
		equal(status, 503, path);
		match(body, /pin 13: the board has none/);
	}
	match(run.get("/settings").body, /settings\.html/);
	const { mode, sensors, modeReason } = run.json("/api/device");
	deepEqual([mode, sensors], ["rescue", []]);
	match(modeReason, /pin 13/);
	const { status, body } = run.put({ sensors: [room] });
	deepEqual([status, JSON.parse(body).restart], [200, ["sensors"]]);
	run.device.close();
	run.device.close();
	equal(run.clock.pending, 0);
	equal(hardware.start("restart", config).json("/api/device").mode, "normal");
});

test("a build that is wrong throughout is still reached, and protected", () => {
	const config = {
		sensors: 7,
		name: "no name",
		private: "perhaps",
		maxStreams: 12,
		maxConnections: 3,
		adminPassword: "x",
	};
	const run = new Hardware().start("power-on", config);
	equal(run.get("/").status, 503);
	equal(run.get("/api/settings").status, 403);
	equal(run.json("/api/session").password, false);
	const kept = new Hardware().keep({ adminPassword: password, private: true }).start("power-on", config);
	equal(kept.get("/api/settings").status, 401);
	equal(kept.put({ name: "attic" }).status, 200);
});

test("three crashes lead to safe mode, nine to rescue, and a minute out of either", () => {
	const hardware = new Hardware().keep({ units: "F" });
	hardware.start();
	deepEqual(hardware.crash(9), [..."normal normal safe safe safe safe safe safe rescue".split(" ")]);
	equal(hardware.start("power-on").json("/api/device").modeReason, why);
	hardware.start("power-on").pass(60_000);
	equal(hardware.start("exception").json("/api/device").mode, "normal");
	const safe = new Hardware().keep({ units: "F" });
	safe.start();
	safe.crash(3);
	const run = safe.start();
	deepEqual(run.json("/api/readings").notice, { kind: "safe", reason: why });
	run.pass(60_000);
	equal(run.json("/api/device").mode, "safe");
	equal(safe.start("restart").json("/api/readings").units, "F");
});

test("a minute in between leads nowhere", () => {
	const hardware = new Hardware();
	for (let turn = 0; turn < 10; turn++) {
		deepEqual(hardware.crash(2), ["normal", "normal"]);
		hardware.start("exception").pass(60_000);
	}
});

test("Wi-Fi, password and privacy hold in every mode", () => {
	const joined: unknown[] = [];
	const radio = (): Radio => ({
		mac: "24:6F:28:AB:CD:EF",
		listener: undefined,
		join(credentials) {
			joined.push(credentials);
			this.listener?.onJoined(address);
		},
		leave() {},
		scan() {},
		openAccessPoint: () => "192.168.4.1",
		closeAccessPoint() {},
		hasNeighbour: () => false,
		signal: () => -60,
		close() {},
	});
	for (const count of [0, 3, 9]) {
		const hardware = new Hardware();
		hardware.keep({ ssid: "Attic", password: "in the rafters", adminPassword: password, private: true });
		hardware.start("power-on", { sensors: [room] });
		for (let turn = 0; turn < count; turn++) hardware.start("exception", { sensors: [room] });
		joined.length = 0;
		const run = hardware.start("power-on", { sensors: [room] }, { radio: radio() });
		deepEqual(joined, [{ ssid: "Attic", password: "in the rafters" }]);
		equal(run.get("/api/settings").status, 401);
		equal(run.put({ units: "F" }).status, 200);
	}
});

test("the long press works in safe mode and in rescue", () => {
	for (const count of [3, 9]) {
		const hardware = new Hardware().keep({ adminPassword: "another password", ssid: "Attic" });
		hardware.start();
		for (let turn = 0; turn < count; turn++) hardware.start("exception");
		let opened = 0;
		const radio: Radio = {
			...{ mac: "24:6F:28:AB:CD:EF", listener: undefined, join() {}, leave() {}, scan() {} },
			...{ closeAccessPoint() {}, hasNeighbour: () => false, signal: () => -60, close() {} },
			openAccessPoint() {
				opened++;
				return address;
			},
		};
		const run = hardware.start("power-on", build, { radio });
		run.pressed = true;
		run.pass(6000);
		equal(opened, 1);
		equal(run.put({ units: "F" }).status, 200);
	}
});

test("good firmware is confirmed by the first request after its reading, and says nothing", () => {
	const hardware = new Hardware().upload("1.1.0");
	const run = hardware.start("restart");
	run.pass(3000);
	equal(run.json("/api/readings").readings[0].status, "live");
	run.pass(1000);
	ok(run.lines.includes("firmware 1.1.0 is confirmed"));
	const next = hardware.start("power-on");
	deepEqual([next.json("/api/device").version, next.json("/api/device").rolledBack], ["1.1.0", null]);
});

test("firmware that does not listen is taken back after five minutes, and the one before says why", () => {
	const hardware = new Hardware().upload("1.1.0");
	const run = hardware.start("restart", build, {
		Listener: class {
			constructor() {
				throw new Error("none");
			}
		} as unknown as Host["Listener"],
	});
	run.pass(301_000);
	equal(run.restarts, 1);
	const next = hardware.start("restart");
	const line = "1.1.0: it does not listen";
	deepEqual([next.json("/api/device").version, next.json("/api/device").rolledBack], ["1.0.0", line]);
	deepEqual(next.json("/api/readings").notice, { kind: "rolledBack", reason: line });
	ok(next.lines.includes(`firmware taken back: ${line}`));
});

test("firmware that joins no network is taken back, unless the one before was in none", () => {
	for (const wasReachable of [true, false]) {
		const hardware = new Hardware();
		const old = hardware.start();
		old.device.close();
		hardware.upload("1.1.0", wasReachable);
		const run = hardware.start("restart", build, { address: undefined as unknown as string });
		run.pass(301_000);
		equal(run.restarts, wasReachable ? 1 : 0);
	}
});

for (const [reason, line] of [
	["exception", "it crashed"],
	["watchdog", "it hung"],
	["power-on", "power was lost before it was confirmed"],
] as const)
	test(`firmware that ends by ${reason} is gone with the next start, and stays gone`, () => {
		const hardware = new Hardware().keep({ units: "F" }).upload("1.1.0");
		hardware.start("restart").pass(2000);
		for (const next of [reason, "power-on", "restart"]) {
			const { version, rolledBack, mode } = hardware.start(next).json("/api/device");
			deepEqual([version, rolledBack, mode], ["1.0.0", `1.1.0: ${line}`, "normal"]);
		}
		equal(hardware.start().json("/api/readings").units, "F");
		const again = hardware.upload("1.1.0").start("restart");
		const { version, rolledBack } = again.pass(3000).json("/api/device");
		deepEqual([version, rolledBack], ["1.1.0", null]);
		again.pass(1000);
		equal(hardware.start(reason).json("/api/device").version, "1.1.0");
	});

test("the sixth crash leads back to firmware that was confirmed, and the ninth to rescue in that or this", () => {
	const hardware = new Hardware();
	hardware.start();
	hardware.upload("1.1.0").start("restart").pass(91_000);
	hardware.start("restart").pass(1000);
	deepEqual(hardware.crash(6), [..."normal normal safe safe safe back".split(" ")]);
	const old = hardware.start("restart");
	old.pass(2000);
	const device = old.json("/api/device");
	deepEqual([device.version, device.mode, device.rolledBack], ["1.0.0", "safe", `1.1.0: ${why}`]);
	deepEqual(hardware.crash(4), [..."safe safe safe rescue".split(" ")]);
	equal(hardware.start().json("/api/device").version, "1.1.0");
});

test("without firmware that was confirmed the sixth crash leads nowhere", () => {
	const hardware = new Hardware();
	hardware.start();
	upload(bootLoader(hardware.slots), makeImage({ version: "1.1.0" }));
	hardware.start("restart").pass(61_000);
	hardware.start("exception").pass(1000);
	deepEqual(hardware.crash(6), [..."normal normal safe safe safe safe".split(" ")]);
});

test("firmware on probation that comes to no more than rescue is taken back", () => {
	const hardware = new Hardware().upload("1.1.0");
	const config = { ...build, sensors: [{ ...room, pin: refused }] };
	const run = hardware.start("restart", config);
	equal(run.get("/").status, 503);
	run.pass(301_000);
	equal(run.restarts, 1);
	const { version, mode, rolledBack } = hardware.start("restart").json("/api/device");
	deepEqual([version, mode, rolledBack], ["1.0.0", "normal", "1.1.0: it has read no sensor"]);
});

test("firmware that was taken back touches no slot until it has restarted", () => {
	const hardware = new Hardware().upload("1.1.0");
	const run = hardware.start("restart", { ...build, sensors: [{ ...room, pin: refused }] });
	run.pass(300_000);
	ok(
		run.lines.some(line => line.startsWith("firmware 1.1.0 is taken back")),
		run.lines.join("\n"),
	);
	const { nonce } = run.json("/api/session");
	const body = JSON.stringify({ action: "back" });
	const back = { method: "POST", target: "/api/update", host: address, body };
	equal(run.ask(signed(password, nonce, back)).status, 409);
	equal(bootLoader(hardware.slots).running.state, "valid");
});
