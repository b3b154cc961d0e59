// A device that publishes to Mosquitto, as its settings say, and what it does about servers that are no broker.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { choices } from "../fakes/random.js";
import { checkDiscovery, HomeAssistant } from "../mqtt/home-assistant.js";
import { Cable, Mosquitto, skip, Watcher } from "../mqtt/mosquitto.js";
import { change, deviceOf, failureIs, impostor, noBroker, startOwned, withBroker } from "./broker.js";
import { notDesktop } from "./device.js";
import { start, until } from "./steps.js";

const host = process.env.DEVICE_HOST ?? "desktop";

/** Of a simulator that may be killed. */
const pid = process.env.SIMULATOR_PID;

/** How often the broker restarts; `npm run test:lwip` and the like take 20 with MQTT_RESTARTS=20, in about a quarter of an hour. */
const restarts = Number(process.env.MQTT_RESTARTS ?? 4);

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
	await change(url, noBroker);
	await until(() => watcher.newest.get(status) === "offline", "offline");
	equal((await deviceOf(url)).mqtt, null);
	const hub = new HomeAssistant();
	for (const message of watcher.messages) hub.take(message.topic, message.payload);
	equal(hub.entities.size, 0);
});

/** Ends a process and all that it has started, as a loss of power does. */
function kill(pid: number): void {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
	process.kill(pid, "SIGKILL");
	for (const child of children) kill(Number(child));
}

const accept = [0x20, 2, 0, 0];
const suback = [0x90, 3, 0, 1, 0];

// The simulator is one device for all of them.
suite("what takes the time limits of a device", { concurrency: host !== "simulator" }, () => {
	test("it is back after each restart of the broker, at random moments", { skip }, async t => {
		const { url, broker } = await withBroker(t);
		const choose = choices(5);
		await change(url, { mqttHost: broker.address, mqttPort: broker.port });
		const sent: number[] = [];
		for (let restart = 0; restart <= restarts; restart++) {
			const watcher = await Watcher.join(t, broker);
			const isBack = () => [...watcher.newest].some(([topic, payload]) => topic.endsWith("/state") && payload !== "");
			await until(isBack, `a reading after ${restart} restarts`, 90_000);
			await sleep(choose(3000));
			equal([...watcher.newest].find(([topic]) => topic.endsWith("/status"))?.[1], "online");
			await broker.stop();
			for (const { topic, payload } of watcher.messages)
				if (topic.endsWith("/state")) sent.push(JSON.parse(payload).uptimeMs);
			watcher.close();
			await sleep(choose(1000));
			await broker.start();
		}
		ok(
			sent.every((ticks, index) => index === 0 || ticks > sent[index - 1]!),
			`${sent}`,
		);
		await change(url, noBroker);
	});

	test("after a cable is cut the broker says so, and the device joins again", {
		skip: skip || (/^(desktop|xs)$/.test(host) && "tests/mqtt has it in less time, over the same sockets"),
	}, async t => {
		const { url, broker, watcher } = await withBroker(t);
		const cable = await Cable.lay(t, broker);
		await change(url, { mqttHost: broker.address, mqttPort: cable.port });
		const isOnline = () =>
			[...watcher.newest].some(([topic, payload]) => /\/status$/.test(topic) && payload === "online");
		await until(isOnline, "online");
		cable.cut();
		await until(() => !isOnline(), "offline", 60_000);
		equal((await deviceOf(url)).mqtt?.failure, "timeout");
		cable.mend();
		await until(isOnline, "online again", 60_000);
		await change(url, noBroker);
	});

	test("after kill -9 the broker says that the device is offline", {
		skip: skip || (host === "simulator" && !pid && "`npm run test:sdk` runs it last, on a simulator of its own"),
	}, async t => {
		const { device, url, broker, watcher } = await withBroker(t);
		await change(url, { mqttHost: broker.address, mqttPort: broker.port });
		const status = `dht/${(await deviceOf(url)).name}/status`;
		await until(() => watcher.newest.get(status) === "online", "online");
		kill(device.process?.pid ?? Number(pid));
		// On the desktop the system ends the connection; a chip without power is silent.
		await until(() => watcher.newest.get(status) === "offline", "offline", 60_000);
	});

	test("a broker that says nothing, one that accepts and says no more, and packets of 10 MB are survived", async t => {
		const { url, address } = await startOwned(t);
		let heard = "";
		const { port, sockets } = await impostor(t, address, (socket, count) => {
			socket.on("data", bytes => {
				if (count > 2) heard += bytes.toString("latin1");
			});
			if (count === 1) return;
			socket.write(Buffer.from(accept));
			if (count === 2) return;
			socket.write(Buffer.from([...suback, 0x30, 0x80, 0xad, 0xe2, 0x04]));
			socket.write(Buffer.alloc(10_000_000));
			socket.write(Buffer.from([0x40, 2, 0, 2]));
		});
		await change(url, { mqttHost: address, mqttPort: port });
		await failureIs(url, "timeout");
		await until(() => sockets.length >= 2 && sockets[0]!.destroyed, "the next attempt");
		await until(() => sockets.length >= 3 && sockets[1]!.destroyed, "the one after", 30_000);
		// A host that needs more than 10 s for 10 MB leaves before they have come, and returns.
		await until(() => heard.includes("homeassistant/device/") || sockets.length >= 4, "what follows", 60_000);
		equal((await fetch(`${url}/api/readings`)).status, 200);
		await change(url, noBroker);
	});
});

test("a wrong password is told, and the right one connects", { skip }, async t => {
	const credentials = { user: "dht", password: "of the broker" };
	const { url, broker, watcher } = await withBroker(t, credentials);
	await change(url, { mqttHost: broker.address, mqttPort: broker.port, mqttUser: "dht", mqttPassword: "no" });
	await failureIs(url, "wrong-password");
	await change(url, { mqttPassword: credentials.password });
	await until(() => [...watcher.newest.values()].includes("online"), "online");
	equal((await deviceOf(url)).mqtt?.state, "connected");
	await change(url, noBroker);
});

test("why it is not connected is reported", async t => {
	const { url, address } = await startOwned(t);
	const server = await impostor(t, address, socket => socket.end("SSH-2.0-OpenSSH_9.2p1\r\n"));
	await change(url, { mqttHost: address, mqttPort: server.port });
	await failureIs(url, "malformed");
	server.close();
	await failureIs(url, "refused");
	await change(url, noBroker);
});

test("a device that is to be its own broker says that it is none, and goes on", async t => {
	const { url } = await startOwned(t);
	const { hostname, port } = new URL(url);
	await change(url, { mqttHost: hostname, mqttPort: Number(port || 80) });
	await failureIs(url, "malformed");
	for (let count = 0; count < 10; count++) equal((await fetch(`${url}/api/readings`)).status, 200);
	const { mqtt } = await deviceOf(url);
	ok(mqtt!.failures <= 3, JSON.stringify(mqtt));
	await change(url, noBroker);
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
