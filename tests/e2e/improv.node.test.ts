// npm's own client of Improv against a device on a pseudo-terminal, wherever its app runs.

import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, openClient, password, type Wire } from "../fakes/improv-client.js";
import { Line } from "../network/improv-bench.js";
import { runToEnd } from "./device.js";
import { start, temporaryFolder, until } from "./steps.js";

const skip =
	process.env.DEVICE_URL !== undefined
		? "about a serial line of the device's own"
		: spawnSync("socat", ["-V"]).status === 0 || process.env.CI
			? false
			: "socat is not installed";

const networks = Array.from({ length: 12 }, (_, at) => `Network ${at}:password ${at}:${-40 - at}`);

/** A pseudo-terminal: its path for the device, its other end for the client. */
async function terminal(t: TestContext): Promise<{ path: string; end: ChildProcessByStdio<Writable, Readable, null> }> {
	const path = join(await temporaryFolder(t), "serial");
	const end = spawn("socat", [`pty,link=${path}`, "-"], { stdio: ["pipe", "pipe", "ignore"] });
	t.after(() => end.kill());
	await until(() => existsSync(path), "a pseudo-terminal");
	return { path, end };
}

/** Starts a device on a pseudo-terminal, with twelve networks around it. */
async function connect(t: TestContext, ...args: string[]) {
	const { path, end } = await terminal(t);
	const wifi = networks.flatMap(network => ["--wifi", network]);
	const line = new Line();
	const wire: Wire = { send: bytes => end.stdin.write(bytes), onReceived() {} };
	end.stdout.on("data", (bytes: Buffer) => {
		line.receive(bytes);
		wire.onReceived(new Uint8Array(bytes));
	});
	const device = await start(t, "--setup", "--serial", path, ...wifi, ...args);
	const client: Client = openClient(wire);
	t.after(() => client.close());
	return { client, device, line, wire, end };
}

test("from the first packet to the device's page, over a pseudo-terminal", { skip }, async t => {
	const { client, device, line } = await connect(t);
	const { name, ...information } = (await client.initialize(5000))!;
	// The install page's manifest has the same name, else an installer would erase the flash.
	const { name: program, version } = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, string>;
	deepEqual([information.firmware, information.version, client.state, name], [program, version, 2, "dht"]);
	equal((await client.scan(15_000)).length, 12);
	await rejects(client.provision("Network 3", "password 4", 10_000), error => error === "UNABLE_TO_CONNECT");
	equal(await password(client), false);
	equal(await password(client, "open sesame"), true);
	await rejects(password(client, "another one"));
	await client.provision("Network 3", "password 3", 10_000);
	deepEqual([client.state, client.nextUrl], [4, `${device.url}/`]);
	const session = (await (await fetch(`${client.nextUrl}api/session`)).json()) as { password: boolean };
	ok(session.password);
	deepEqual(client.failures, []);
	const printed = line.log.split("\r\n");
	ok(printed.some(one => one.startsWith("Wi-Fi Network 3: the password is wrong")));
	for (const one of printed) ok(/^[\x20-\x7e]*$/.test(one) && device.output().includes(one), one);
});

test("a device that is in its network says so to a client that comes later", { skip }, async t => {
	const { client, device, wire } = await connect(t);
	await client.initialize(5000);
	await client.provision("Network 0", "password 0", 10_000);
	await client.close();
	const later = openClient(wire);
	t.after(() => later.close());
	await later.initialize(5000);
	deepEqual([later.state, later.nextUrl], [4, `${device.url}/`]);
});

test("noise and a computer that reads nothing leave the program alone", { skip }, async t => {
	const { client, device, end } = await connect(t);
	end.stdout.pause();
	for (let count = 0; count < 200; count++) end.stdin.write(crypto.getRandomValues(new Uint8Array(200)));
	for (let count = 0; count < 200; count++) end.stdin.write("IMPROV\x01\x03\x02\x04\x00\xe6\n", "latin1");
	await sleep(1000);
	equal((await fetch(`${device.url}/api/readings`)).status, 200);
	end.stdout.resume();
	await sleep(600);
	equal((await client.initialize(5000))?.firmware, "dht-gauges");
});

test("a computer that is unplugged leaves the program alone", { skip }, async t => {
	const { client, device, end } = await connect(t);
	await client.initialize(5000);
	end.kill();
	await sleep(500);
	// It prints lines of the log.
	const body = JSON.stringify({ ssid: "Network 0", password: "wrong password" });
	await fetch(`${device.url}/api/setup`, { method: "POST", headers: { "content-type": "application/json" }, body });
	await until(() => device.output().includes("Wi-Fi Network 0: the password is wrong"), "the line");
	equal((await fetch(`${device.url}/api/readings`)).status, 200);
});

test("a path that is no serial port is refused in one line", { skip }, async () => {
	for (const path of ["package.json", "/nowhere"]) {
		const { status, stderr } = await runToEnd(["--port", "0", "--serial", path]);
		equal(status, 2);
		match(stderr, /^--serial [^\n]+\n$/);
	}
});
