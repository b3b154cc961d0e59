// `--state`: the program is started again when it ends, by the firmware that the boot loader chooses.

import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { notDesktop, runToEnd, startDevice } from "./device.js";
import { install } from "./firmware.js";
import { head, program, start, started, temporaryFolder } from "./steps.js";

const skip = notDesktop;

async function state(t: TestContext): Promise<string> {
	return join(await temporaryFolder(t), "state");
}

test("the first start is one after power-on, and a host without state tells of none", { skip }, async t => {
	const kept = await start(t, "--state", await state(t));
	const { version, start: info } = await head(kept);
	deepEqual(info, { reason: "power-on", boots: 1, lastCrash: null });
	match(version, /^\d+\.\d+\.\d+$/);
	equal((await head(await start(t))).start, null);
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

test("a program that is killed is started again", { skip: skip || process.platform !== "linux" }, async t => {
	const on = await start(t, "--state", await state(t));
	process.kill(program(on), "SIGKILL");
	const { start: info } = await started(on, 2);
	deepEqual(info, { reason: "exception", boots: 2, lastCrash: "start 1: exception: SIGKILL" });
});

test("a program whose supervisor is killed while it is being loaded ends, too", { skip }, async t => {
	const info = { reason: "power-on", boots: 1, lastCrash: null };
	const env = { ...process.env, DHT_GAUGES_BOOT: JSON.stringify({ info }) };
	const args = ["--port", "0", "--state", await state(t)];
	const loading = fork("tools/start.mjs", args, { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
	t.after(() => loading.kill("SIGKILL"));
	loading.disconnect();
	const [status] = await once(loading, "exit", { signal: AbortSignal.timeout(10_000) });
	equal(status, 0);
});

for (const signal of ["SIGINT", "SIGTERM"] as const)
	test(`${signal} ends the program, also one that hangs, with status 0`, { skip }, async t => {
		const path = await state(t);
		install(path, "hang");
		const on = await startDevice("--state", path);
		equal(await on.stop(signal), 0);
		await rejects(head(on));
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
