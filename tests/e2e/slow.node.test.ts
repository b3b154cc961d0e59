// slowhttptest's three modes with 200 connections: the page stays within reach, and nothing is left open afterwards.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { anyDevice } from "./device.js";

const installed = spawnSync("slowhttptest", ["-h"]).error === undefined;

/**
 * The content of `url`, over a connection of its own. `fetch` would wait for ever for one that is closed before it has sent the request.
 * @throws {Error} The device closes the connection, or the status is not 200.
 */
async function read(url: string): Promise<string> {
	const [response] = await once(get(url, { agent: false, signal: AbortSignal.timeout(10_000) }), "response");
	const content = await text(response);
	assert.equal(response.statusCode, 200, content);
	return content;
}

/** Tries again, as a reader does: a connection that has asked for nothing yet may have to give way to the attack's. */
async function reach(url: string): Promise<string> {
	for (let tries = 1; tries < 4; tries++) {
		try {
			return await read(url);
		} catch {
			await sleep(50);
		}
	}
	return read(url);
}

/** What is open, the asking connection excepted. */
async function open(url: string): Promise<number> {
	return JSON.parse(await reach(`${url}/api/device`)).counters.connectionsOpen - 1;
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
			assert.match(await reach(`${device.url}/`), /<!doctype html>/i, `after ${second + 1} s`);
		}
		await ended;
		for (let waited = 0; waited < 12 && (await open(device.url)) > 0; waited++) await sleep(1000);
		assert.equal(await open(device.url), 0);
	});
