// Settings go from one device to another, between versions, damaged and too large; and a device forgets all that it has learned.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileStorage } from "../../modules/platform/node/storage.js";
import { earlierSettingsBlocks } from "../../modules/storage/blocks.js";
import { TwoCopyStore } from "../../modules/storage/two-copies.js";
import { largest } from "../fakes/largest-settings.js";
import { authorization } from "../fakes/signing.js";
import { type Device, startDevice } from "./device.js";
import { readings, temporaryFolder } from "./steps.js";

const password = "correct horse";
const { powerPin: _, ...sensor } = largest.sensors[0]!;
/** A desktop host has no outputs. */
const settings = { ...largest, sensors: largest.sensors.map(({ name, pin }) => ({ ...sensor, name, pin })) };

async function start(t: TestContext, folder: string, state: string): Promise<Device> {
	const config = join(folder, "config.json");
	writeFileSync(config, JSON.stringify({ config: { adminPassword: password } }));
	const device = await startDevice("--config", config, "--state", join(folder, state));
	t.after(() => device.stop());
	return device;
}

const get = async ({ url }: Device) => (await fetch(`${url}/api/settings`)).json();

async function send({ url }: Device, method: string, target: string, body: string, signed: string | undefined) {
	const { nonce } = await (await fetch(`${url}/api/session`)).json();
	const line = authorization(password, nonce, {
		...{ method, target, host: new URL(url).host },
		...(signed !== undefined && { body: signed }),
	});
	const headers = { "Content-Type": "application/json", Authorization: line.slice(line.indexOf(" ") + 1).trim() };
	const response = await fetch(url + target, { method, headers, body });
	const isJSON = response.headers.get("content-type") === "application/json";
	return { status: response.status, body: isJSON ? await response.json() : await response.text() };
}

/** Imports `content`, announced as `announced`. */
function importFile(device: Device, content: string, announced = content) {
	const digest = createHash("sha256").update(announced).digest("hex");
	return send(device, "PUT", `/api/settings?sha256=${digest}`, content, undefined);
}

test("what one device exports another one takes, and keeps through a restart", async t => {
	const folder = await temporaryFolder(t);
	const [one, other] = [await start(t, folder, "one"), await start(t, folder, "other")];
	assert.equal((await importFile(one, JSON.stringify(settings))).status, 200);
	const exported = JSON.stringify(await get(one));
	assert.ok(exported.length > 6000, `${exported.length}`);
	const { status, body } = await importFile(other, exported);
	assert.deepEqual([status, body.ignored], [200, []]);
	assert.deepEqual(await get(other), JSON.parse(exported));
	await other.stop();
	assert.deepEqual(await get(await start(t, folder, "other")), JSON.parse(exported));
});

test("a file that is cut off, edited wrongly, of another version or too large", async t => {
	const device = await start(t, await temporaryFolder(t), "state");
	const before = await get(device);
	const content = JSON.stringify({ ...before, units: "F" });
	assert.equal((await importFile(device, content.slice(0, -1), content)).status, 400);
	assert.equal((await importFile(device, content.slice(0, -1))).status, 400);
	assert.equal((await importFile(device, content.padEnd(8193))).status, 413);
	for (const [edited, key] of [
		[{ units: "K" }, "units"],
		[{ format: 2 }, "format"],
		[{ sensors: [{ ...sensor, pin: 99 }] }, "sensors[0].pin"],
	] as const) {
		const { status, body } = await importFile(device, JSON.stringify({ ...before, name: "attic", ...edited }));
		assert.deepEqual([status, body.key], [422, key]);
	}
	assert.deepEqual(await get(device), before);
	const later = await importFile(device, JSON.stringify({ ...before, units: "F", moisture: { pin: 9 } }));
	assert.deepEqual([later.status, later.body.ignored, later.body.settings.units], [200, ["moisture"], "F"]);
	assert.equal((await importFile(device, '{"language":"pt"}')).body.settings.units, "F");
});

test("what an earlier version has kept in its state file is taken over", async t => {
	const folder = await temporaryFolder(t);
	const storage = fileStorage(join(folder, "state"), 0x2e000);
	const copies = new TwoCopyStore({ storage, ...earlierSettingsBlocks });
	copies.find();
	for (const _step of copies.write([new TextEncoder().encode('{"format":1,"changes":{"name":"attic"}}')]));
	assert.equal((await get(await start(t, folder, "state"))).name, "attic");
});

test("a device forgets everything: settings, history and readers", async t => {
	const folder = await temporaryFolder(t);
	const device = await start(t, folder, "state");
	const body = JSON.stringify({ name: "attic", adminPassword: null, language: "pt" });
	assert.equal((await send(device, "PUT", "/api/settings", body, body)).status, 200);
	await readings(device.url, 2);
	const { boot } = await (await fetch(`${device.url}/api/device`)).json();
	const order = '{"action":"forget"}';
	const headers = { "Content-Type": "application/json" };
	assert.equal((await fetch(`${device.url}/api/settings`, { method: "POST", headers, body: order })).status, 401);
	assert.deepEqual(await send(device, "POST", "/api/settings", order, order), {
		status: 200,
		body: { restarts: true },
	});
	let found: { boot: string; name: string } = { boot, name: "attic" };
	for (let turn = 0; turn < 100 && found.boot === boot; turn++) {
		await new Promise(resolve => setTimeout(resolve, 100));
		found = await fetch(`${device.url}/api/device`).then(
			response => response.json(),
			() => found,
		);
	}
	assert.notEqual(found.boot, boot);
	assert.equal((await get(device)).name, "dht");
	await device.stop();
	assert.doesNotMatch(readFileSync(join(folder, "state"), "latin1"), /attic/);
});
