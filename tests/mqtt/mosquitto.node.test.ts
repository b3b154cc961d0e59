// Against Mosquitto, over this computer's sockets.

import { deepEqual, equal, ok } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { PublisherOptions } from "../../modules/mqtt/publisher.js";
import { until } from "../e2e/steps.js";
import { choices } from "../fakes/random.js";
import { desktopPublisher } from "./desktop.js";
import { attic, device, eight, room } from "./devices.js";
import { checkDiscovery, HomeAssistant } from "./home-assistant.js";
import { Cable, freePort, Mosquitto, skip, Watcher } from "./mosquitto.js";

const status = "dht/dht/status";
const discovery = "homeassistant/device/dht246f28abcdef/config";

/** A device at the broker's port, up to the end of the test. */
function join(t: TestContext, port: number, given: Partial<PublisherOptions> = {}) {
	const joined = desktopPublisher(port, given);
	t.after(() => joined.publisher.close());
	joined.publisher.open();
	return joined;
}

const isConnected = (publisher: ReturnType<typeof join>["publisher"]) => publisher.connection.state === "connected";

test("status, discovery, state and readings arrive", { skip }, async t => {
	const broker = await Mosquitto.start(t);
	const { port } = broker;
	const watcher = await Watcher.join(t, broker);
	const { publisher, read } = join(t, port);
	await until(() => isConnected(publisher), "connected");
	read();
	await until(() => watcher.messages.length >= 6, "six messages");
	deepEqual(
		watcher.messages.map(({ topic }) => topic),
		[status, discovery, discovery, "dht/dht/device", "dht/dht/Room/state", "dht/dht/Room/fault"],
	);
	equal(watcher.newest.get(status), "online");
	equal(JSON.parse(watcher.newest.get("dht/dht/Room/state")!).temperature, 0);
	ok(publisher.connection.sinceSentMs! < 15_000);
	const late = await Watcher.join(t, broker);
	await until(() => late.messages.length >= 2, "what is kept");
	deepEqual([...late.newest.keys()].sort(), [status, discovery]);
});

test("eight sensors with names of 64 characters are discovered", { skip }, async t => {
	const broker = await Mosquitto.start(t);
	const { port } = broker;
	const watcher = await Watcher.join(t, broker);
	join(t, port, { sensors: eight });
	await until(() => watcher.newest.has("dht/dht/device"), "the state, which follows discovery");
	equal(checkDiscovery(watcher.newest.get(discovery)!).size, 2 + 8 * 5);
});

test("names that no topic can have arrive under topics that no two share", { skip }, async t => {
	const broker = await Mosquitto.start(t);
	const { port } = broker;
	const watcher = await Watcher.join(t, broker);
	const names = ["a/b", "a%2Fb", "+", "#", "$SYS", " ", "☀ 🌡️", "\uffff", "a\u0085b"];
	const sensors = names.map((name, index) => ({ ...room, name, pin: index }));
	const { publisher } = join(t, port, { sensors });
	await until(() => isConnected(publisher), "connected");
	for (const sensor of names) publisher.onReading({ sensor, uptimeMs: 1e9 });
	const topics = () => [...watcher.newest.keys()].filter(topic => topic.endsWith("/state"));
	await until(() => topics().length === names.length, "all readings");
	const heard = topics().map(topic => JSON.parse(watcher.newest.get(topic)!).sensor);
	deepEqual(heard.sort(), names.sort());
});

test("Home Assistant that starts hears of the device again", { skip }, async t => {
	const broker = await Mosquitto.start(t);
	const { port } = broker;
	const watcher = await Watcher.join(t, broker);
	join(t, port, { random: () => 0 });
	await until(() => watcher.newest.has("dht/dht/device"), "the state, which follows discovery");
	watcher.messages.length = 0;
	watcher.publish("homeassistant/status", "online");
	await until(() => watcher.messages.some(({ topic }) => topic === discovery), "discovery again");
});

test("after kill -9 the broker says that the device is offline", { skip }, async t => {
	const broker = await Mosquitto.start(t);
	const { port } = broker;
	const watcher = await Watcher.join(t, broker);
	const path = fileURLToPath(new URL("./desktop.js", import.meta.url));
	const child = spawn(process.execPath, [path, String(port)]);
	t.after(() => child.kill("SIGKILL"));
	await until(() => watcher.newest.get(status) === "online" && watcher.newest.has("dht/dht/Room/state"), "online");
	child.kill("SIGKILL");
	await until(() => watcher.newest.get(status) === "offline", "offline");
});

test("after a cable is cut both ends notice, and all is well when it is mended", { skip }, async t => {
	const broker = await Mosquitto.start(t);
	const watcher = await Watcher.join(t, broker);
	const cable = await Cable.lay(t, broker);
	const { publisher, read } = join(t, cable.port);
	await until(() => watcher.newest.get(status) === "online", "online");
	const reads = setInterval(read, 100);
	t.after(() => clearInterval(reads));
	cable.cut();
	await until(() => watcher.newest.get(status) === "offline", "offline");
	await until(() => publisher.connection.failure === "timeout", "timeout");
	cable.mend();
	await until(() => watcher.newest.get(status) === "online", "online again");
});

test("it is back after each of 20 restarts of the broker, at random moments", { skip, timeout: 180_000 }, async t => {
	const choose = choices(20);
	const broker = await Mosquitto.start(t);
	const { read } = join(t, broker.port, { pingMs: 200, sensors: [{ ...room, intervalMs: 100 }] });
	const reads = setInterval(read, 100);
	t.after(() => clearInterval(reads));
	const sent: number[] = [];
	for (let restart = 0; restart < 20; restart++) {
		const watcher = await Watcher.join(t, broker);
		if (choose(4) > 0) {
			const isBack = () => watcher.newest.get(status) === "online" && watcher.newest.has("dht/dht/Room/state");
			await until(isBack, `online after ${restart} restarts`);
		}
		await sleep(choose(600));
		await broker.stop();
		for (const { topic, payload } of watcher.messages)
			if (topic === "dht/dht/Room/state") sent.push(JSON.parse(payload).uptimeMs);
		watcher.close();
		await sleep(choose(300));
		await broker.start();
	}
	ok(sent.length > 20);
	ok(sent.every((ticks, index) => index === 0 || ticks > sent[index - 1]!));
});

test("a wrong password is told, and the right one connects", { skip }, async t => {
	const credentials = { user: "dht", password: "pässword" };
	const { port } = await Mosquitto.start(t, { credentials });
	for (const given of [{ credentials: { user: "dht", password: "no" } }, {}]) {
		const { publisher } = join(t, port, given);
		await until(() => publisher.connection.failure !== null, "a failure");
		equal(publisher.connection.failure, "wrong-password");
		publisher.close();
	}
	const { publisher } = join(t, port, { credentials });
	await until(() => isConnected(publisher), "connected");
});

test("what is changed, removed or turned off leaves nothing behind", { skip }, async t => {
	const broker = await Mosquitto.start(t);
	const { port } = broker;
	const watcher = await Watcher.join(t, broker);
	let { publisher } = join(t, port, { sensors: [room, attic] });
	// Each sends its state last.
	const states = () => watcher.messages.filter(({ topic }) => topic.endsWith("/device")).length;
	let count = 0;
	for (const given of [
		{ sensors: [{ ...room, name: "Den" }] },
		{ device: { ...device, name: "attic" } },
		{ prefix: "house/dht" },
		{ discovery: false },
	]) {
		count++;
		await until(() => states() === count, "its state");
		publisher.close();
		({ publisher } = join(t, port, { ...given, announced: publisher.announcedAt("localhost", port) }));
	}
	await until(() => states() > count, "the last state");
	const hub = new HomeAssistant();
	for (const { topic, payload } of watcher.messages) hub.take(topic, payload);
	deepEqual([...hub.entities], []);
	const late = await Watcher.join(t, broker);
	late.publish("end", "");
	await until(() => late.newest.delete("end"), "all that is kept");
	deepEqual([...late.newest], [["dht/dht/status", "online"]]);
});

/** What takes a broker's place; `answer` is called with what each connection sends. */
async function impostor(t: TestContext, handle: (socket: Socket) => void): Promise<number> {
	const sockets: Socket[] = [];
	const server = createServer(socket => {
		sockets.push(socket);
		socket.on("error", () => {});
		handle(socket);
	}).listen(0, "127.0.0.1");
	t.after(() => {
		server.close();
		for (const socket of sockets) socket.destroy();
	});
	await once(server, "listening");
	return (server.address() as AddressInfo).port;
}

const accept = Buffer.from([0x20, 2, 0, 0]);
const suback = Buffer.from([0x90, 3, 0, 1, 0]);

for (const [what, failure, handle] of [
	["accepts connections and says nothing", "timeout", (socket: Socket) => socket.resume()],
	["accepts, then says nothing", "timeout", (socket: Socket) => socket.once("data", () => socket.write(accept))],
	["sends garbage", "malformed", (socket: Socket) => socket.write("SSH-2.0-OpenSSH_9.2p1\r\n")],
	["closes each connection", "closed", (socket: Socket) => socket.resume().end()],
] as const)
	test(`a server that ${what} is given up: ${failure}`, async t => {
		const { publisher } = join(t, await impostor(t, handle));
		await until(() => publisher.connection.failure === failure, failure);
	});

test("a port that nothing listens at, and a name that nobody has, are told", async t => {
	const { publisher } = join(t, await freePort());
	await until(() => publisher.connection.failure === "refused", "refused");
	const lost = join(t, 1883, { host: "no-such-broker.invalid" });
	await until(() => lost.publisher.connection.failure === "no-such-host", "no such host");
});

test("packets of 10 MB are passed over", async t => {
	const port = await impostor(t, socket => {
		socket.once("data", () => {
			socket.write(Buffer.concat([accept, suback]));
			const piece = Buffer.alloc(100_000);
			for (let packet = 0; packet < 3; packet++) {
				socket.write(Buffer.from([0x30, 0x80, 0xad, 0xe2, 0x04]));
				for (let sent = 0; sent < 10_000_000; sent += piece.length) socket.write(piece);
			}
			const status = "homeassistant/status";
			socket.write(Buffer.from([0x30, 2 + status.length + 6, 0, status.length]));
			socket.write(`${status}online`);
		});
	});
	let heard = false;
	const { publisher } = join(t, port, {
		responseMs: 30_000,
		random: () => {
			heard = true;
			return 0;
		},
	});
	await until(() => heard, "the message after them", 30_000);
	ok(isConnected(publisher));
});
