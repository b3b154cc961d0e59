// Several Wi-Fis and an address by hand, on the desktop's simulated radio, whose time passes faster.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { NetworkReport } from "../../modules/api/schema.js";
import { type Device, startDevice } from "./device.js";
import { temporaryFile } from "./recordings.js";
import { head, until } from "./steps.js";

const home = { ssid: "Home", password: "correct horse" };
const there = [
	"--wifi",
	"Home:correct horse:-61",
	"--wifi",
	"Attic::-50",
	"--wifi",
	"Garden:rose and thorn:-70:hidden",
];

async function start(t: TestContext, config: object, ...args: string[]): Promise<Device> {
	const file = await temporaryFile(t, "config.json", JSON.stringify({ config }));
	const device = await startDevice("--config", file, ...there, "--speed", "60", ...args);
	t.after(() => device.stop());
	return device;
}

/** A connection that was idle for five seconds of the device is closed, perhaps just now: the next one is not. */
const again = <Result>(attempt: () => Promise<Result>): Promise<Result> => attempt().catch(attempt);

async function network(device: Device): Promise<NetworkReport> {
	return (await again(() => head(device))).network!;
}

/** At this computer everybody is the owner, until there is a password. */
async function put(device: Device, settings: object): Promise<{ status: number; body: Record<string, unknown> }> {
	const headers = { "Content-Type": "application/json" };
	const response = await again(() =>
		fetch(`${device.url}/api/settings`, {
			method: "PUT",
			headers,
			body: JSON.stringify(settings),
		}),
	);
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const joins = (device: Device, ssid: string) =>
	until(async () => {
		const { phase, ssid: name } = await network(device);
		return phase === "joined" && name === ssid;
	}, `${ssid} is joined`);

test("a network that goes is replaced by the strongest of the others, then by the hidden one, and none is lost", async t => {
	const device = await start(t, home, "--away", "Home:120000:6000000", "--away", "Attic:240000:6000000");
	await joins(device, "Home");
	const networks = [{ ssid: "Home" }, { ssid: "Attic" }, { ssid: "Garden", password: "rose and thorn" }];
	equal((await put(device, { networks })).status, 200);
	await joins(device, "Attic");
	await joins(device, "Garden");
	const { stored } = await network(device);
	deepEqual(
		stored.map(({ ssid }) => ssid),
		["Garden", "Attic", "Home"],
	);
	const given = (await (await again(() => fetch(`${device.url}/api/settings`))).json()) as Record<string, unknown>;
	ok(!JSON.stringify(given).includes("thorn"));
	const { status, body } = await put(device, given);
	deepEqual([status, body.settings], [200, given]);
});

test("a wrong password stays with its network, and the next one is joined", async t => {
	const device = await start(t, {
		...home,
		password: "wrong horse",
		networks: [{ ssid: "Garden", password: "rose and thorn" }],
	});
	await joins(device, "Garden");
	const { stored } = await network(device);
	deepEqual(stored, [
		{ ssid: "Garden", reason: null },
		{ ssid: "Home", reason: "wrong-password" },
	]);
	const { status, body } = await put(device, { networks: [{ ssid: "Attic" }, { ssid: "Home", password: "short" }] });
	equal(status, 422);
	match(String(body.message), /^networks\[1\]\.password: 8 to 63 /);
});

test("an address by hand stays where the router responds, and gives way to DHCP after two minutes where it does not", async t => {
	const device = await start(t, home);
	await joins(device, "Home");
	const { address } = await network(device);
	equal((await put(device, { address: "192.168.1.50/24", gateway: "192.168.1.1" })).status, 200);
	await until(async () => (await network(device)).address === "192.168.1.50", "the address by hand is taken");
	equal((await put(device, { address: "10.0.0.50/24", gateway: "10.0.0.1" })).status, 200);
	await until(async () => (await network(device)).addressing === "fallback", "DHCP gives another address");
	equal((await network(device)).address, address);
	equal((await put(device, { address: "" })).status, 200);
	await until(async () => (await network(device)).addressing === "dhcp", "DHCP is asked for");
});
