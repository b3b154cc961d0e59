// A device that publishes to Mosquitto, as its settings say.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Device } from "../../modules/api/schema.js";
import { authorization } from "../fakes/signing.js";
import { checkDiscovery, HomeAssistant } from "../mqtt/home-assistant.js";
import { Mosquitto, skip, until, Watcher } from "../mqtt/mosquitto.js";
import { notDesktop } from "./device.js";
import { start, temporaryFolder } from "./steps.js";

const { DEVICE_PASSWORD: password = "correct horse" } = process.env;
const host = process.env.DEVICE_HOST ?? "desktop";

/** Changes settings, signed. */
async function change(url: string, settings: object): Promise<void> {
	const { nonce } = await (await fetch(`${url}/api/session`)).json();
	const asked = { method: "PUT", target: "/api/settings", body: JSON.stringify(settings) };
	const line = authorization(password, nonce, { ...asked, host: new URL(url).host });
	const headers = {
		"content-type": "application/json",
		authorization: line.slice(line.indexOf(" ") + 1).trim(),
	};
	const response = await fetch(`${url}/api/settings`, { method: "PUT", headers, body: asked.body });
	equal(response.status, 200, await response.text());
}

const deviceOf = async (url: string) => (await (await fetch(`${url}/api/device`)).json()) as Device;

/** @returns This computer's address, as the device at `url` sees it. */
async function ownAddress(url: string): Promise<string> {
	const { hostname, port } = new URL(url);
	const socket = connect(Number(port || 80), hostname);
	await once(socket, "connect");
	const { localAddress = "" } = socket;
	socket.destroy();
	return localAddress;
}

/** A device with a password, and a broker that it reaches. */
async function withBroker(t: TestContext) {
	const config = join(await temporaryFolder(t), "config.json");
	await writeFile(config, JSON.stringify({ config: { adminPassword: password } }));
	const { url } = await start(t, "--config", config);
	const address = await ownAddress(url);
	const broker = await Mosquitto.start(t, { address });
	const watcher = await Watcher.join(t, broker);
	return { url, broker, watcher };
}

test("from the settings on it publishes, is discovered, and reports it; taken back, it leaves nothing", {
	skip,
}, async t => {
	const { url, broker, watcher } = await withBroker(t);
	equal((await deviceOf(url)).mqtt, null);
	const { name } = await deviceOf(url);
	await change(url, { mqttHost: broker.address, mqttPort: broker.port, mqttPrefix: "house" });
	const status = `house/${name}/status`;
	await until(() => watcher.newest.get(status) === "online", "online");
	const reading = () => [...watcher.newest.keys()].find(topic => topic.endsWith("/state"));
	await until(() => reading() !== undefined, "a reading");
	const event = JSON.parse(watcher.newest.get(reading()!)!);
	equal(typeof event.temperature, "number");
	equal(typeof event.absoluteHumidity, "number");
	const config = [...watcher.newest.keys()].find(topic => topic.startsWith("homeassistant/device/"))!;
	ok(checkDiscovery(watcher.newest.get(config)!).size >= 7);
	const { mqtt } = await deviceOf(url);
	deepEqual([mqtt?.state, mqtt?.failure], ["connected", null]);
	ok(mqtt!.sinceSentMs! < 10_000);
	await change(url, { mqttDiscovery: false });
	await until(() => watcher.newest.get(config) === "", "no discovery");
	await change(url, { mqttHost: null, mqttPort: null, mqttPrefix: null, mqttDiscovery: null });
	await until(() => watcher.newest.get(status) === "offline", "offline");
	equal((await deviceOf(url)).mqtt, null);
	const hub = new HomeAssistant();
	for (const message of watcher.messages) hub.take(message.topic, message.payload);
	equal(hub.entities.size, 0);
});

test("a broker that restarts is joined again", { skip }, async t => {
	const { url, broker, watcher } = await withBroker(t);
	await change(url, { mqttHost: broker.address, mqttPort: broker.port });
	await until(() => watcher.messages.some(({ payload }) => payload === "online"), "online");
	await broker.stop();
	await broker.start();
	const late = await Watcher.join(t, broker);
	await until(() => late.messages.some(({ payload }) => payload === "online"), "online again");
	await change(url, { mqttHost: null, mqttPort: null });
});

test("why it is not connected is reported", async t => {
	const server = createServer(socket => socket.end("SSH-2.0-OpenSSH_9.2p1\r\n"));
	const config = join(await temporaryFolder(t), "config.json");
	await writeFile(config, JSON.stringify({ config: { adminPassword: password } }));
	const { url } = await start(t, "--config", config);
	const address = await ownAddress(url);
	server.listen(0, address);
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	await change(url, { mqttHost: address, mqttPort: port });
	const failureIs = async (failure: string) => {
		for (let waited = 0; (await deviceOf(url)).mqtt?.failure !== failure; waited += 50) {
			ok(waited < 15_000, failure);
			await new Promise(resolve => setTimeout(resolve, 50));
		}
	};
	await failureIs("malformed");
	server.close();
	await failureIs("refused");
	await change(url, { mqttHost: null, mqttPort: null });
});

test("the option of `npm start` connects, with user and password, and stands", {
	skip: skip || notDesktop || (host === "lwip" && "its broker is at the computer's own address"),
}, async t => {
	const credentials = { user: "dht user", password: "p@ss/word:1" };
	const broker = await Mosquitto.start(t, { credentials });
	const watcher = await Watcher.join(t, broker, credentials);
	const account = `${encodeURIComponent(credentials.user)}:${encodeURIComponent(credentials.password)}`;
	const { url, output } = await start(t, "--mqtt", `mqtt://${account}@localhost:${broker.port}/my/house`);
	await until(() => watcher.newest.get("my/house/dht/status") === "online", "online");
	match(output(), /MQTT broker localhost: connected/);
	for (const path of ["/api/settings", "/api/device", "/metrics"])
		ok(!(await (await fetch(url + path)).text()).includes("p@ss"), path);
	ok(![...watcher.newest.values()].some(payload => payload.includes("p@ss")));
	ok(!output().includes("p@ss"));
});
