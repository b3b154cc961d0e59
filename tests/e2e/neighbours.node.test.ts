// Whether devices find each other: desktop hosts in network namespaces of one link, with real multicast.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type ChildProcess, execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { inside, type Link, layLink, missing, plug, readdress, startAvahi, startThere } from "./link.js";

const skip = missing();
const run = promisify(execFile);
const AVAHI = 9;

interface Listed {
	name: string;
	ignored: number;
	neighbours: { name: string; address: string; port: number; version: string }[];
}

/** What the device in the namespace `number` lists. @param address The last byte of its address. */
async function listed(link: Link, number: number, address = number): Promise<Listed> {
	const code = `fetch("http://${link.address(address)}:8081/api/neighbours").then(r => r.text()).then(console.log)`;
	const { stdout } = await run("ip", inside(link.name(number), process.execPath, "-e", code));
	return JSON.parse(stdout);
}

const namesOf = ({ neighbours }: Listed) =>
	neighbours.map(({ name, address }) => `${name} ${address.slice(8)}`).join(", ");

/** Waits until the device at `number` lists `names`, or one of them. @param begun As of `performance.now()`. @returns Seconds since then. */
async function until(
	link: Link,
	number: number,
	names: string | readonly string[],
	seconds: number,
	begun: number,
): Promise<number> {
	for (;;) {
		// A device of a fast clock may end a connection that a slow computer has just opened.
		const found = await listed(link, number).then(namesOf, String);
		const passed = (performance.now() - begun) / 1000;
		if ([names].flat().includes(found)) return passed;
		ok(passed < seconds, `${found} after ${passed.toFixed(1)} s, not ${names}`);
		await setTimeout(100);
	}
}

/** Starts devices by configuration files of their own. */
async function devices(t: TestContext, link: Link) {
	const folder = await mkdtemp(join(tmpdir(), "dht-neighbours-"));
	t.after(() => rm(folder, { recursive: true, force: true }));
	return async (name: string, number: number, ...options: string[]): Promise<ChildProcess> => {
		const path = join(folder, `${name}-${number}.json`);
		await writeFile(path, JSON.stringify({ config: { name, sensors: [{ name: "Air", model: "DHT22", pin: 4 }] } }));
		return startThere(t, link, number, "--config", path, ...options);
	};
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	child.kill(signal);
	await once(child, "exit");
}

/** Sends 1,000 responses by multicast, each of another name, from the address of nobody and by chance. */
const forger = `
const { createSocket } = require("node:dgram");
const name = text => Buffer.concat([...text.split("."), ""].map(label => Buffer.from([label.length, ...Buffer.from(label)])));
const u16 = value => Buffer.from([value >> 8, value & 255]);
const service = "_dht-gauges._tcp.local";
const socket = createSocket({ type: "udp4", reuseAddr: true });
socket.bind(5353, async () => {
	socket.setMulticastInterface(process.argv[1]);
	for (let count = 0; count < 1000; count++) {
		const target = name("forged-" + count + "." + service);
		const head = Buffer.concat([u16(0), u16(0x8400), u16(0), u16(1), u16(0), u16(0)]);
		const record = [name(service), u16(12), u16(1), u16(0), u16(4500), u16(target.length), target];
		socket.send(Buffer.concat([head, ...record]), 5353, "224.0.0.251");
		await new Promise(resolve => setTimeout(resolve, 5));
	}
	socket.close();
});`;

/** Waits for each of `all`, `[number, names]`, and says how long it took. */
async function follow(
	t: TestContext,
	link: Link,
	what: string,
	seconds: number,
	all: [number, string][],
): Promise<void> {
	const begun = performance.now();
	const found = await Promise.all(all.map(([number, names]) => until(link, number, names, seconds, begun)));
	t.diagnostic(`${what}: ${found.map(passed => passed.toFixed(1)).join(", ")} s`);
}

test("three devices and Avahi find each other within five seconds, and believe no forger", {
	skip,
	timeout: 120_000,
}, async t => {
	const link = layLink(t, [11, 12, 13, AVAHI, 66]);
	const browse = await startAvahi(t, link, AVAHI, "peer");
	const start = await devices(t, link);
	await Promise.all([start("attic", 11), start("bath", 12), start("cellar", 13)]);
	await follow(t, link, "found after the start", 5, [
		[11, "bath 12, cellar 13"],
		[12, "attic 11, cellar 13"],
		[13, "attic 11, bath 12"],
	]);
	const seen = browse("avahi-browse", "-rtp", "_dht-gauges._tcp");
	for (const name of ["attic", "bath", "cellar"])
		match(seen, new RegExp(`^=;\\w+;IPv4;${name};_dht-gauges\\._tcp;local;${name}\\.local;10\\.77\\.0\\.`, "m"));

	// The forger's address has a cable and no device; it spoofs nobody.
	const before = await listed(link, 11);
	equal(spawnSync("ip", inside(link.name(66), process.execPath, "-e", forger, link.address(66))).status, 0);
	await setTimeout(7000);
	const after = await listed(link, 11);
	deepEqual(after.neighbours, before.neighbours);
	ok(after.ignored - before.ignored >= 900, `${after.ignored}`);
	t.diagnostic(`${after.ignored - before.ignored} claims of 1000 forged ignored`);
});

test("a device that says farewell, is renamed, or has another address is followed", {
	skip,
	timeout: 120_000,
}, async t => {
	const link = layLink(t, [11, 12, 13]);
	const start = await devices(t, link);
	const [, bath] = await Promise.all([start("attic", 11), start("bath", 12), start("cellar", 13, "--host", "0.0.0.0")]);
	await follow(t, link, "found after the start", 5, [[11, "bath 12, cellar 13"]]);

	readdress(link, 13, 14);
	await follow(t, link, "another address, without a restart", 10, [
		[11, "bath 12, cellar 14"],
		[12, "attic 11, cellar 14"],
	]);
	equal(namesOf(await listed(link, 13, 14)), "attic 11, bath 12");

	await stop(bath!, "SIGTERM");
	await follow(t, link, "farewell", 3, [[11, "cellar 14"]]);
	await start("den", 12);
	await follow(t, link, "renamed by its settings, which takes a restart", 5, [[11, "cellar 14, den 12"]]);
});

/** Of their clocks, which pass faster than the test. */
const speed = Number(process.env.LINK_SPEED ?? 8);
const fast = ["--speed", String(speed)];

test("of two devices of one name that meet, one is renamed without a restart and followed", {
	skip,
	timeout: 200_000,
}, async t => {
	const link = layLink(t, [11, 12, 13]);
	plug(link, 13, false);
	const start = await devices(t, link);
	await Promise.all([start("attic", 11, ...fast), start("bath", 12, ...fast), start("bath", 13, ...fast)]);
	await follow(t, link, "found after the start", 5, [[11, "bath 12"]]);
	await setTimeout(2000);
	plug(link, 13, true);
	// The next response of either, which comes to all, tells the other that it has the name.
	const begun = performance.now();
	const found = await until(link, 11, ["bath 12, bath-2 13", "bath 13, bath-2 12"], 130 / speed, begun);
	t.diagnostic(`met: ${(found * speed).toFixed(0)} s of their clocks`);
});

test("a device that loses its power is forgotten within two minutes of the others' clocks", {
	skip,
	timeout: 200_000,
}, async t => {
	const link = layLink(t, [11, 12, 13]);
	const start = await devices(t, link);
	const starting = [start("attic", 11, ...fast), start("bath", 12, ...fast), start("cellar", 13, ...fast)];
	const [, , cellar] = await Promise.all(starting);
	await follow(t, link, "found after the start", 5, [[11, "bath 12, cellar 13"]]);
	await stop(cellar!, "SIGKILL");
	const begun = performance.now();
	const most = 120 / speed + 1;
	const gone = await Promise.all([until(link, 11, "bath 12", most, begun), until(link, 12, "attic 11", most, begun)]);
	t.diagnostic(`gone after ${gone.map(seconds => (seconds * speed).toFixed(0))} s of their clocks`);
});
