// A browser that brings the cookies of other servers on the same host.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { anyDevice, type Device } from "./device.js";

let device: Device;
before(async () => {
	device = await anyDevice();
});
after(() => device.stop());

test("20 KB of cookies keep no browser out", async () => {
	for (let count = 0; count < 3; count++) {
		const response = await fetch(`${device.url}/api/readings`, { headers: { cookie: "theme=dark; ".repeat(1700) } });
		assert.equal(response.status, 200);
		await response.text();
	}
});
