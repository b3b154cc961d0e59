// What tests of MQTT and webhooks do to a device, and what stands for its broker.

import { equal } from "node:assert/strict";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Device as DeviceState } from "../../modules/api/schema.js";
import { secretsIn } from "../../modules/auth/secrets.js";
import { hex } from "../../modules/auth/sha256.js";
import { seal } from "../../modules/auth/signature.js";
import { secretPaths } from "../../modules/config/settings.js";
import { authorization } from "../fakes/signing.js";
import { text } from "../fakes/text.js";
import { type Credentials, Mosquitto, Watcher } from "../mqtt/mosquitto.js";
import { start, temporaryFolder, until } from "./steps.js";

const { DEVICE_PASSWORD: password = "correct horse" } = process.env;

/** Changes settings, signed, the secrets sealed. */
export async function change(url: string, settings: object): Promise<void> {
	const { nonce } = await (await fetch(`${url}/api/session`)).json();
	const content = JSON.parse(JSON.stringify(settings));
	for (const { holder, key, name } of secretPaths.flatMap(path => secretsIn(content, path))) {
		const secret = holder[key];
		if (typeof secret === "string")
			holder[key] = { sealed: hex(seal(text.encode, password, nonce, name, text.encode(secret))) };
	}
	const asked = { method: "PUT", target: "/api/settings", body: JSON.stringify(content) };
	const line = authorization(password, nonce, { ...asked, host: new URL(url).host });
	const headers = {
		"content-type": "application/json",
		authorization: line.slice(line.indexOf(" ") + 1).trim(),
	};
	const response = await fetch(`${url}/api/settings`, { method: "PUT", headers, body: asked.body });
	equal(response.status, 200, await response.text());
}

/** The settings of the broker as they are by default. */
export const noBroker = Object.freeze({
	mqttHost: null,
	mqttPort: null,
	mqttUser: null,
	mqttPassword: null,
	mqttPrefix: null,
	mqttDiscovery: null,
});

export const deviceOf = async (url: string) => (await (await fetch(`${url}/api/device`)).json()) as DeviceState;

/** Waits until the device reports that it is not connected for this reason. */
export const failureIs = (url: string, failure: string, limitMs?: number) =>
	until(async () => (await deviceOf(url)).mqtt?.failure === failure, failure, limitMs);

/** @returns This computer's address, as the device at `url` sees it. */
export async function ownAddress(url: string): Promise<string> {
	const { hostname, port } = new URL(url);
	const socket = connect(Number(port || 80), hostname);
	await once(socket, "connect");
	const { localAddress = "" } = socket;
	socket.destroy();
	return localAddress;
}

/** A device with a password. @param settings Of its configuration, beside that. */
export async function startOwned(t: TestContext, settings: object = {}) {
	const config = join(await temporaryFolder(t), "config.json");
	await writeFile(config, JSON.stringify({ config: { ...settings, adminPassword: password } }));
	const device = await start(t, "--config", config);
	return { device, url: device.url, address: await ownAddress(device.url) };
}

/** A device with a password, and a broker that it reaches. */
export async function withBroker(t: TestContext, credentials?: Credentials) {
	const owned = await startOwned(t);
	const { address } = owned;
	const broker = await Mosquitto.start(t, credentials ? { address, credentials } : { address });
	const watcher = await Watcher.join(t, broker, credentials);
	return { ...owned, broker, watcher };
}

/** What takes a broker's place. @param handle Called with each connection. @returns Its port, and its connections. */
export async function impostor(t: TestContext, address: string, handle: (socket: Socket, count: number) => void) {
	const sockets: Socket[] = [];
	const server = createServer(socket => {
		sockets.push(socket);
		socket.on("error", () => {});
		handle(socket, sockets.length);
	}).listen(0, address);
	const close = () => {
		server.close();
		for (const socket of sockets) socket.destroy();
	};
	t.after(close);
	await once(server, "listening");
	return { port: (server.address() as AddressInfo).port, sockets, close };
}
