// `--state`: the history through a restart, and files that are no saved history.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { limits } from "../../modules/platform/node/host.js";
import { notDesktop, runToEnd, startDevice } from "./device.js";
import { history, readings, start, temporaryFolder } from "./steps.js";

test("what one run has read is there in the next", { skip: notDesktop }, async t => {
	const state = join(await temporaryFolder(t), "state");
	const before = Date.now();
	const first = await startDevice("--state", state);
	await readings(first.url, 2);
	const past = await history(first.url, "span=7d");
	assert.equal(await first.stop("SIGINT"), 0);
	const second = await start(t, "--state", state);
	const told = await history(second.url, "span=7d");
	assert.ok(told.startUptimeMs <= 0, `${told.startUptimeMs}`);
	assert.ok(Math.abs(told.start! - past.start!) <= 1000);
	assert.ok(told.start! + told.temperature.mean.length * told.stepMs >= before);
	const [min, max] = [past.temperature.min[0]!, past.temperature.max[0]!];
	assert.ok(told.temperature.min[0]! <= min && told.temperature.max[0]! >= max);
	assert.ok(!second.output().includes("history"), second.output());
});

test("a damaged file is left out, and a line says so", { skip: notDesktop }, async t => {
	const damaged = join(await temporaryFolder(t), "damaged");
	await writeFile(damaged, new Uint8Array(limits.storage).fill(7));
	const device = await start(t, "--state", damaged);
	assert.match(device.output(), /^a saved history is damaged and left out$/m);
	assert.equal((await history(device.url, "span=7d")).sensor, "Room");
});

test("a file that is something else is refused and left as it is", { skip: notDesktop }, async t => {
	const letter = join(await temporaryFolder(t), "letter.txt");
	await writeFile(letter, "Dear Sir or Madam");
	assert.deepEqual(await runToEnd(["--port", "0", "--state", letter]), {
		status: 2,
		stdout: "",
		stderr: `${letter}: not a state file (17 bytes, not ${limits.storage}); it is left as it is\n`,
	});
});

test("a file that cannot be made is refused", { skip: notDesktop }, async t => {
	const nowhere = join(await temporaryFolder(t), "no", "where");
	const { status, stderr } = await runToEnd(["--port", "0", "--state", nowhere]);
	assert.equal(status, 2);
	assert.equal(stderr, `${nowhere}: cannot be made (ENOENT)\n`);
});
