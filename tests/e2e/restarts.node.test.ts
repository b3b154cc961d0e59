// `--state`: the program is started again when it ends, by the firmware that the boot loader chooses.

import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { DeviceHead } from "../../modules/api/schema.js";
import { type Device, notDesktop, runToEnd, startDevice } from "./device.js";
import { install, testVersion } from "./firmware.js";
import { program, start, temporaryFolder } from "./steps.js";

const skip = notDesktop;

async function state(t: TestContext): Promise<string> {
	return join(await temporaryFolder(t), "state");
}

const device = async ({ url }: Device): Promise<DeviceHead> =>
	(await (await fetch(`${url}/api/device`, { signal: AbortSignal.timeout(5000) })).json()) as DeviceHead;

/** Waits until nothing listens at its address. */
async function isGone({ url }: Device): Promise<void> {
	const { hostname, port } = new URL(url);
	for (let isOpen = true; isOpen; ) {
		await sleep(50);
		const socket = connect(Number(port), hostname);
		isOpen = await once(socket, "connect").then(
			() => true,
			() => false,
		);
		socket.destroy();
	}
}

/** @returns What the device reports once it has started so often. */
async function started(on: Device, boots: number): Promise<DeviceHead> {
	for (let attempt = 0; attempt < 300; attempt++) {
		const found = await device(on).catch(() => undefined);
		if ((found?.start?.boots ?? 0) >= boots) return found!;
		await sleep(100);
	}
	throw new Error(`not started ${boots} times: ${on.output()}`);
}

test("the first start is one after power-on, and a host without state tells of none", { skip }, async t => {
	const kept = await start(t, "--state", await state(t));
	const { version, ...head } = await device(kept);
	deepEqual(head.start, { reason: "power-on", boots: 1, lastCrash: null });
	match(version, /^\d+\.\d+\.\d+$/);
	equal((await device(await start(t))).start, null);
});

test("a new image that crashes is gone with the next start, at the same address", { skip }, async t => {
	const path = await state(t);
	const before = install(path, "crash");
	const on = await start(t, "--state", path);
	const { version, start: info } = await started(on, 2);
	equal(version, before);
	equal(info!.reason, "exception");
	match(info!.lastCrash!, /^start 1: exception: .*this image crashes/);
	match(on.output(), /^start 2: exception; start 1: exception: /m);
});

test("a new image that hangs is ended after 10 s without a sign of life", { skip }, async t => {
	const path = await state(t);
	const before = install(path, "hang");
	const on = await start(t, "--state", path);
	const { version, start: info } = await started(on, 2);
	equal(version, before);
	deepEqual(info, { reason: "watchdog", boots: 2, lastCrash: "start 1: watchdog: no sign of life for 10 s" });
});

test("a new image that is not confirmed is gone after a loss of power", { skip }, async t => {
	const path = await state(t);
	// Without a request it is not confirmed before 90 s.
	const before = install(path, "good");
	notEqual(before, testVersion);
	const first = await startDevice("--state", path);
	await first.stop("SIGKILL");
	await isGone(first);
	const second = await start(t, "--state", path);
	equal((await device(second)).version, before);
	equal((await device(second)).start!.reason, "power-on");
});

test("a program that is killed is started again", { skip: skip || process.platform !== "linux" }, async t => {
	const on = await start(t, "--state", await state(t));
	process.kill(program(on), "SIGKILL");
	const { start: info } = await started(on, 2);
	deepEqual(info, { reason: "exception", boots: 2, lastCrash: "start 1: exception: SIGKILL" });
});

for (const signal of ["SIGINT", "SIGTERM"] as const)
	test(`${signal} ends the program, also one that hangs, with status 0`, { skip }, async t => {
		const path = await state(t);
		install(path, "hang");
		const on = await startDevice("--state", path);
		equal(await on.stop(signal), 0);
		await rejects(device(on));
	});

test("what a person did wrong is one line and status 2, with state, too", { skip }, async t => {
	const path = await state(t);
	const on = await start(t, "--state", path);
	const { port } = new URL(on.url);
	const busy = await runToEnd(["--port", port, "--state", `${path}2`]);
	equal(busy.status, 2);
	match(busy.stderr, /^[^\n]* is in use; choose another with --port\n$/);
	const wrong = await runToEnd(["--state", path, "--interval", "9"]);
	equal(wrong.status, 2);
	match(wrong.stderr, /^--interval "9" is not allowed; [^\n]*\n$/);
});
