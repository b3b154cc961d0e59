// A device that knows no Wi-Fi, as phones see it that look for the Internet through its access point.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { startDevice } from "./device.js";
import { temporaryFile } from "./recordings.js";

/** Probes of the systems, each with what it takes for the Internet. */
const probes = {
	Android: ["connectivitycheck.gstatic.com", "/generate_204", "204"],
	iOS: ["captive.apple.com", "/hotspot-detect.html", "200"],
	Windows: ["www.msftconnecttest.com", "/connecttest.txt", "200"],
	Firefox: ["detectportal.firefox.com", "/canonical.html", "200"],
} as const;

test("phones of four systems are sent to the device, and it shows its gauges there", async t => {
	const device = await startDevice("--setup");
	t.after(() => device.stop());
	const { hostname, port } = new URL(device.url);
	for (const [system, [host, path, internet]] of Object.entries(probes)) {
		const socket = connect(Number(port), hostname);
		socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
		const response = await text(socket);
		assert.match(
			response,
			new RegExp(`^HTTP/1\\.1 302 Found\\r\\n(.+\\r\\n)*Location: ${device.url}/setup\\r\\n`),
			system,
		);
		assert.doesNotMatch(response, new RegExp(`^HTTP/1\\.1 ${internet}`), system);
	}
	assert.match(await (await fetch(device.url)).text(), /<!doctype html>/i);
	const { network } = (await (await fetch(`${device.url}/api/device`)).json()) as {
		network: { phase: string; host: string };
	};
	assert.deepEqual([network.phase, network.host], ["setup", "dht.local"]);
});

test("a simulated network that the configuration names is joined", async t => {
	const config = await temporaryFile(t, "config.json", '{"config":{"ssid":"Home","password":"correct horse"}}');
	const device = await startDevice("--config", config, "--wifi", "Home:correct horse:-61");
	t.after(() => device.stop());
	const { network, signalDbm } = (await (await fetch(`${device.url}/api/device`)).json()) as {
		network: { phase: string; ssid: string; accessPoint: unknown };
		signalDbm: number;
	};
	assert.deepEqual([network.phase, network.ssid, network.accessPoint, signalDbm], ["joined", "Home", null, -61]);
});
