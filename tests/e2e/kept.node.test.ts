// What outlasts a restart that a client asks for: settings and history, on every host that keeps them.

import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { anyDevice, type Device } from "./device.js";
import { password, sendSigned } from "./signed.js";
import { head, history, readings, until } from "./steps.js";

const folder = mkdtempSync(join(tmpdir(), "dht-gauges-"));

let device: Device;
before(async () => {
	const config = join(folder, "config.json");
	writeFileSync(config, JSON.stringify({ config: { adminPassword: password } }));
	device = await anyDevice("--config", config, "--state", join(folder, "state"));
});
after(async () => {
	await device.stop();
	rmSync(folder, { recursive: true });
});

const send = (method: string, target: string, content: object) => sendSigned(device.url, method, target, content);

const settings = async () => (await fetch(`${device.url}/api/settings`)).json();

async function restart(): Promise<void> {
	const { boot } = await head(device);
	await send("POST", "/api/update", { action: "restart" });
	await until(async () => (await head(device).catch(() => ({ boot }))).boot !== boot, "the restart");
}

test("a changed setting holds after a restart", async () => {
	const { units } = await settings();
	const other = units === "F" ? "C" : "F";
	await send("PUT", "/api/settings", { units: other });
	await restart();
	equal((await settings()).units, other);
	await send("PUT", "/api/settings", { units });
	await restart();
	equal((await settings()).units, units);
});

test("the history goes on after a restart", async () => {
	await readings(device.url, 2);
	const before = await history(device.url, "span=7d");
	const { boot } = await head(device);
	await restart();
	const after = await history(device.url, "span=7d");
	notEqual((await head(device)).boot, boot);
	ok(after.startUptimeMs <= 0, `it begins ${after.startUptimeMs} ms after the start`);
	ok(Math.abs(after.start! - before.start!) <= 1000);
	deepEqual(after.sensor, before.sensor);
});
