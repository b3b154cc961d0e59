// slowhttptest's three modes with 200 connections: the page stays within reach, and nothing is left open afterwards.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { anyDevice } from "./device.js";

const installed = spawnSync("slowhttptest", ["-h"]).error === undefined;

/** What is open, the asking connection excepted. */
async function open(url: string): Promise<number> {
	const response = await fetch(`${url}/api/device`, { headers: { connection: "close" } });
	return (await response.json()).counters.connectionsOpen - 1;
}

for (const [mode, args] of [
	["slow headers", ["-H"]],
	["slow bodies", ["-B", "-t", "GET", "-s", "2048"]],
	["slow readers", ["-X", "-k", "20", "-w", "10", "-y", "20", "-n", "1", "-z", "16"]],
] as const)
	test(`200 ${mode}`, { skip: installed ? false : "slowhttptest is not installed" }, async t => {
		const device = await anyDevice();
		t.after(() => device.stop());
		const attack = spawn(
			"slowhttptest",
			[...args, "-c", "200", "-r", "50", "-i", "1", "-l", "7", "-u", `${device.url}/`],
			{
				stdio: "ignore",
			},
		);
		const ended = once(attack, "close");
		for (let second = 0; second < 6; second++) {
			await sleep(1000);
			const response = await fetch(`${device.url}/`, { headers: { connection: "close" } });
			assert.equal(response.status, 200, `after ${second + 1} s`);
			assert.match(await response.text(), /<!doctype html>/i);
		}
		await ended;
		for (let waited = 0; waited < 12 && (await open(device.url)) > 0; waited++) await sleep(1000);
		assert.equal(await open(device.url), 0);
	});
