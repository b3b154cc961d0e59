// The firmware's slots over real sockets: an image uploaded, refused, and started.

import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { hex } from "../../modules/auth/sha256.js";
import { sign } from "../../modules/auth/signature.js";
import { sha256 } from "../../modules/platform/node/firmware.js";
import { makeImage } from "../../modules/platform/simulated/firmware-image.js";
import { imageOptions } from "../../modules/platform/simulated/slots.js";
import { anyDevice, type Device } from "./device.js";
import { testImage, testVersion } from "./firmware.js";

const { DeviceClient, Refused } = await import(pathToFileURL("tools/update/client.mjs").href);
const { DEVICE_PASSWORD: password = "correct horse" } = process.env;
const folder = mkdtempSync(join(tmpdir(), "dht-gauges-"));

let device: Device;
let client: import("../../tools/update/client.mjs").DeviceClient;
before(async () => {
	const config = join(folder, "config.json");
	writeFileSync(config, JSON.stringify({ config: { adminPassword: password } }));
	device = await anyDevice("--config", config, "--state", join(folder, "state"));
	client = new DeviceClient(new URL(device.url), { sign, hex });
	client.password = password;
});
after(async () => {
	await device.stop();
	rmSync(folder, { recursive: true });
});

/** @returns What stays after an upload that the device refuses. */
async function refused(image: Uint8Array, line: RegExp) {
	await rejects(
		client.upload(image, () => {}),
		(error: Error) => {
			ok(error instanceof Refused, error.message);
			match(error.message, line);
			return true;
		},
	);
	return client.get("/api/update");
}

test("before an upload the program itself is in one slot, and nothing in the other", async () => {
	const { chip, slotSize, running, other, upload, restart } = await client.get("/api/update");
	deepEqual(
		[chip, slotSize, running.state, other, upload, restart],
		["ESP32-C3", 0x1e0000, "valid", null, null, false],
	);
});

test("an image of another chip, and one of which a bit is wrong, are refused", async () => {
	const chip = await refused(makeImage({ ...imageOptions("1.1.0"), chip: 9 }, sha256), /it is for ESP32-S3/);
	equal(chip.other, null);
	const image = testImage("good");
	image[350] = image[350]! ^ 1;
	const { other, restart } = await refused(image, /its digest is wrong/);
	deepEqual([other, restart], [null, false]);
});

test("a good image is what starts next", async () => {
	const large = makeImage({ ...imageOptions(testVersion), segments: [256, 300_000] }, sha256);
	const before = await client.get("/api/update");
	const sent: number[] = [];
	const { running, other, restart } = await client.upload(large, bytes => sent.push(bytes));
	deepEqual(running, before.running);
	deepEqual([other!.version, other!.state, restart], [testVersion, "new", true]);
	equal(sent.at(-1), large.byteLength);
});

test("a restart follows its response", async () => {
	const { boot } = await client.get("/api/device");
	equal((await client.post("/api/update", { action: "restart" })).restart, true);
	const expected = process.env.DEVICE_HOST === "simulator" ? "valid" : testVersion;
	for (let attempt = 0; attempt < 100; attempt++) {
		await new Promise(resolve => setTimeout(resolve, 200));
		const [head, slots] = await Promise.all([client.get("/api/device"), client.get("/api/update")]).catch(() => []);
		if (!head || head.boot === boot) continue;
		return ok([slots.running.version, slots.running.state].includes(expected), JSON.stringify(slots));
	}
	throw new Error("it has not come back");
});
