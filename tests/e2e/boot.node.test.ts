// `--state`: what makes the start fail is left out step by step, and new firmware is confirmed or taken back, for a reason that is told.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { DeviceHead } from "../../modules/api/schema.js";
import { SettingsOverrides } from "../../modules/config/overrides.js";
import { limits } from "../../modules/platform/node/host.js";
import { fileStorage } from "../../modules/platform/node/storage.js";
import type { Behaviour } from "../../modules/platform/simulated/behaviour.js";
import { BootRecord } from "../../modules/update/boot-record.js";
import { text } from "../fakes/text.js";
import { type Device, notDesktop } from "./device.js";
import { install, testVersion } from "./firmware.js";
import { head, isGone, program, start, started, temporaryFolder, until } from "./steps.js";

const skip = notDesktop;
const skipKills = skip || (process.platform === "linux" ? false : "kills the program by its number");
const room = { name: "Room", model: "DHT22", pin: 4 };
/** The desktop has no digital outputs. */
const refused = { ...room, powerPin: 5 };

/** Keeps settings as an earlier run would have. */
function keep(state: string, changes: Record<string, unknown>): void {
	const storage = fileStorage(state, limits.storage);
	new SettingsOverrides({ storage, text, log: line => equal(line, "") }).save(changes);
}

/** Waits until a minute of the device's time has passed. A device whose time is fast closes some connections. */
async function runForAMinute(on: Device): Promise<void> {
	const { uptimeMs: begun } = await started(on);
	const hasRun = () =>
		head(on).then(
			({ uptimeMs }) => uptimeMs - begun > 60_000,
			() => false,
		);
	await until(hasRun, "a minute");
}

/** Ends the program by a crash, so many times. @returns The modes in which it then started. */
async function crash(on: Device, times: number, from = 1): Promise<string[]> {
	const modes: string[] = [];
	for (let boots = from; boots < from + times; boots++) {
		await started(on, boots);
		process.kill(program(on), "SIGKILL");
		modes.push((await started(on, boots + 1)).mode);
	}
	return modes;
}

test("a kept setting that makes the start fail is survived, and mended", { skip }, async t => {
	const state = join(await temporaryFolder(t), "state");
	keep(state, { sensors: [refused], units: "F" });
	const on = await start(t, "--state", state);
	const { mode, modeReason, leftOut } = await head(on);
	deepEqual([mode, leftOut], ["safe", ["sensors", "units"]]);
	match(modeReason!, /powerPin: this host has no digital outputs/);
	match(on.output(), /^safe mode: sensors: .*powerPin/m);
	const content = JSON.stringify({ sensors: [{ ...room, name: "Attic" }] });
	const headers = { "Content-Type": "application/json" };
	const response = await fetch(`${on.url}/api/settings`, { method: "PUT", headers, body: content });
	equal(response.status, 200, await response.text());
	await on.stop();
	const next = await start(t, "--state", state);
	deepEqual([(await head(next)).mode, (await head(next)).leftOut], ["normal", []]);
});

test("three crashes lead to safe mode, nine to rescue, where settings can be changed", { skip: skipKills }, async t => {
	const state = join(await temporaryFolder(t), "state");
	keep(state, { units: "F", name: "attic" });
	const on = await start(t, "--state", state);
	deepEqual(await crash(on, 9), [..."normal normal safe safe safe safe safe safe rescue".split(" ")]);
	const { modeReason, sensors, name } = (await head(on)) as DeviceHead & { sensors: [] };
	deepEqual([modeReason, sensors, name], ["it crashed again and again within a minute of its start", [], "attic"]);
	for (const path of ["/", "/api/readings"]) equal((await fetch(on.url + path)).status, 503);
	match(await (await fetch(`${on.url}/settings`)).text(), /<title>Settings/);
	const { units } = (await (await fetch(`${on.url}/api/settings`)).json()) as { units: string };
	equal(units, "F");
});

test("a minute in between leads nowhere", { skip: skipKills }, async t => {
	const state = join(await temporaryFolder(t), "state");
	const on = await start(t, "--state", state, "--speed", "100");
	for (let boots = 1; boots <= 4; boots++) {
		await started(on, boots);
		await runForAMinute(on);
		process.kill(program(on), "SIGKILL");
		equal((await started(on, boots + 1)).mode, "normal");
	}
});

test("nine crashes, and a minute: the next start is a whole one", { skip: skipKills }, async t => {
	const state = join(await temporaryFolder(t), "state");
	const on = await start(t, "--state", state);
	equal((await crash(on, 9)).at(-1), "rescue");
	await on.stop();
	const minute = await start(t, "--state", state, "--speed", "200");
	equal((await started(minute)).mode, "rescue");
	await runForAMinute(minute);
	await minute.stop();
	equal((await head(await start(t, "--state", state))).mode, "normal");
});

/** What its probation ends with, and options that make five minutes short. */
const bad: [Behaviour, string[], string][] = [
	["crash", [], "it crashed"],
	["hang", [], "it hung"],
	["no-listen", ["--speed", "100"], "it does not listen"],
	["no-join", ["--speed", "100"], "it has not joined a network"],
];
for (const [behaviour, options, reason] of bad)
	test(`firmware of behaviour ${behaviour} is taken back, and the one before says why`, { skip }, async t => {
		const state = join(await temporaryFolder(t), "state");
		const before = install(state, behaviour);
		keep(state, { units: "F" });
		const storage = fileStorage(state, limits.storage);
		new BootRecord({ storage, text, log: () => {} }).handOver(testVersion, true);
		const on = await start(t, "--state", state, ...options);
		const found = await started(on, 2);
		const line = `${testVersion}: ${reason}`;
		deepEqual([found.version, found.rolledBack, found.mode], [before, line, "normal"]);
		ok(on.output().includes(`firmware taken back: ${line}`), on.output());
		const readings = (await (await fetch(`${on.url}/api/readings`)).json()) as { notice: unknown; units: string };
		deepEqual([readings.notice, readings.units], [{ kind: "rolledBack", reason: line }, "F"]);
	});

test("good firmware whose power is cut on probation is gone, and said to be", { skip }, async t => {
	const state = join(await temporaryFolder(t), "state");
	const before = install(state, "good");
	// Without a request it is not confirmed before 90 s.
	const first = await start(t, "--state", state);
	await first.stop("SIGKILL");
	await isGone(first);
	for (let turn = 0; turn < 2; turn++) {
		const next = await start(t, "--state", state);
		const { version, rolledBack, start: info } = await head(next);
		deepEqual([version, rolledBack], [before, `${testVersion}: power was lost before it was confirmed`]);
		equal(info!.reason, "power-on");
		await next.stop();
	}
});

test("good firmware is confirmed, and stays", { skip }, async t => {
	const state = join(await temporaryFolder(t), "state");
	install(state, "good");
	const on = await start(t, "--state", state, "--speed", "10");
	const confirmed = new RegExp(`^firmware ${testVersion} is confirmed$`, "m");
	await until(async () => (await started(on)) && confirmed.test(on.output()), "confirmed");
	await on.stop("SIGKILL");
	await isGone(on);
	const { version, rolledBack } = await head(await start(t, "--state", state));
	deepEqual([version, rolledBack], [testVersion, null]);
});
