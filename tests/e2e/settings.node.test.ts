// A device's settings and its password over real sockets: what changes, who may, and what a private one keeps to itself.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Asked, authorization } from "../fakes/signing.js";
import { anyDevice, type Device } from "./device.js";
import { EventStream } from "./stream.js";

const { DEVICE_PASSWORD: password = "correct horse" } = process.env;
const folder = mkdtempSync(join(tmpdir(), "dht-gauges-"));

let device: Device;
before(async () => {
	const config = join(folder, "config.json");
	writeFileSync(config, JSON.stringify({ config: { adminPassword: password } }));
	device = await anyDevice("--config", config);
});
after(async () => {
	await device.stop();
	rmSync(folder, { recursive: true });
});

async function nonce(): Promise<string> {
	return (await (await fetch(`${device.url}/api/session`)).json()).nonce;
}

/** Sends `asked`, signed with `key` if there is one. */
async function send(asked: Asked, key?: string, challenge?: string): Promise<Response> {
	const { method = "PUT", target = "/api/settings", body } = asked;
	const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
	if (key !== undefined) {
		const line = authorization(key, challenge ?? (await nonce()), { ...asked, host: new URL(device.url).host });
		headers.authorization = line.slice(line.indexOf(" ") + 1).trim();
	}
	return fetch(device.url + target, { method, headers, redirect: "manual", ...(body !== undefined && { body }) });
}

const change = (settings: object, key?: string, challenge?: string) =>
	send({ body: JSON.stringify(settings) }, key, challenge);
const settings = async () => (await fetch(`${device.url}/api/settings`)).json();

test("a change without the password, with a wrong one, or told twice is refused and changes nothing", async () => {
	const old = await settings();
	const unsigned = await change({ intervalMs: 3000 });
	assert.equal(unsigned.status, 401);
	assert.match(unsigned.headers.get("www-authenticate") ?? "", /^HMAC-SHA-256 nonce="[0-9a-z.]+"$/);
	assert.equal((await change({ intervalMs: 3000 }, "wrong horse")).status, 401);
	const challenge = await nonce();
	assert.equal((await change({ intervalMs: old.intervalMs }, password, challenge)).status, 200);
	const again = await change({ intervalMs: old.intervalMs }, password, challenge);
	assert.equal(again.status, 401);
	assert.match(again.headers.get("www-authenticate") ?? "", /, stale=true$/);
	assert.deepEqual(await settings(), old);
});

test("a value that is not allowed is named", async () => {
	const { pin } = (await settings()).sensors[0];
	const sensors = [1, 2].map(number => ({ name: `Sensor ${number}`, model: "DHT22", pin }));
	const response = await change({ sensors }, password);
	assert.equal(response.status, 422);
	const { key, message } = await response.json();
	assert.equal(key, "sensors[1].pin");
	assert.match(message, /it is taken by sensors\[0\]\.pin$/);
});

test("a change holds at once, also on the stream, and can be taken back", async t => {
	const old = await settings();
	const name = "Küche 🌡️";
	const stream = await EventStream.open(`${device.url}/sensor-data-events`);
	t.after(() => stream.close());
	const response = await change({ units: "F", sensors: [{ ...old.sensors[0], name }] }, password);
	assert.equal(response.status, 200);
	const changed = await settings();
	assert.deepEqual([changed.units, changed.sensors[0].name], ["F", name]);
	while ((await stream.nextOf("sensor-data")).data.sensor !== name);
	const { units, readings } = await (await fetch(`${device.url}/api/readings`)).json();
	assert.deepEqual([units, readings.length, readings[0].sensor], ["F", 1, name]);
	assert.equal((await change({ units: null, sensors: null }, password)).status, 200);
	assert.deepEqual(await settings(), old);
});

test("a private device tells who has shown the password, and nobody else", async t => {
	assert.equal((await change({ private: true }, password)).status, 200);
	t.after(() => change({ private: null }, password));
	for (const path of ["/", "/api/readings", "/api/neighbours", "/api/settings", "/metrics", "/sensor-data-events"]) {
		const response = await fetch(device.url + path);
		assert.equal(response.status, 401, path);
		assert.doesNotMatch(await response.text(), /temperature|<html/, path);
	}
	const admitted = await send({ method: "POST", target: "/api/session", body: "{}" }, password);
	assert.equal(admitted.status, 204);
	const [cookie = ""] = (admitted.headers.get("set-cookie") ?? "").split(";");
	const response = await fetch(`${device.url}/api/readings`, { headers: { cookie } });
	assert.equal(response.status, 200);
	assert.equal((await response.json()).readings.length, 1);
	assert.equal((await fetch(`${device.url}/api/readings`, { headers: { cookie: `${cookie}x` } })).status, 401);
});
