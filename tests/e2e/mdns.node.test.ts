// Whether Avahi finds the device: two network namespaces joined by a cable, the device in one, Avahi with a bus of its own in the other.

import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout } from "node:timers/promises";

const device = { name: `dht-device-${process.pid}`, cable: `dhtd${process.pid}`, address: "10.77.0.7" };
const peer = { name: `dht-peer-${process.pid}`, cable: `dhtp${process.pid}`, address: "10.77.0.9" };

const ip = (...args: string[]) => execFileSync("ip", args, { stdio: "pipe" });
const inside = ({ name }: { name: string }, ...command: string[]) => ["netns", "exec", name, ...command];

/** Why this cannot be tested here; else `false`. */
function missing(): string | false {
	for (const tool of ["ip", "unshare", "dbus-daemon", "avahi-daemon", "avahi-browse"])
		if (spawnSync("sh", ["-c", `command -v ${tool}`]).status !== 0) return `${tool} is not installed`;
	const name = `dht-try-${process.pid}`;
	if (spawnSync("ip", ["netns", "add", name]).status !== 0) return "network namespaces are not allowed here";
	// In a root that is no mount point a namespace can be made, and yet no program be run in it.
	const runs = spawnSync("ip", inside({ name }, "true")).status === 0;
	ip("netns", "delete", name);
	return runs ? false : "no program can be run in a network namespace here";
}

const bus = (socket: string) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd"><busconfig><type>system</type>
<listen>unix:path=${socket}</listen><auth>EXTERNAL</auth><policy context="default"><allow user="*"/><allow own="*"/>
<allow send_type="method_call"/><allow send_type="signal"/><allow send_requested_reply="true"/>
<allow receive_type="method_call"/><allow receive_type="method_return"/><allow receive_type="error"/>
<allow receive_type="signal"/></policy></busconfig>`;

const avahi = (host: string) => `[server]\nhost-name=${host}\nuse-ipv4=yes\nuse-ipv6=no\n[publish]\npublish-hinfo=no\n`;

function stopped(t: TestContext, child: ChildProcess): void {
	t.after(() => child.kill());
}

/** Lays the cable and starts Avahi as `host` at its far end. @returns Runs one of Avahi's tools there. */
async function network(t: TestContext, host: string): Promise<(tool: string, ...args: string[]) => string> {
	t.after(() => {
		for (const { name } of [device, peer]) spawnSync("ip", ["netns", "delete", name]);
	});
	for (const { name } of [device, peer]) ip("netns", "add", name);
	ip("link", "add", device.cable, "netns", device.name, "type", "veth", "peer", peer.cable, "netns", peer.name);
	for (const { name, cable, address } of [device, peer]) {
		ip("-n", name, "addr", "add", `${address}/24`, "dev", cable);
		ip("-n", name, "link", "set", cable, "up");
		ip("-n", name, "link", "set", "lo", "up");
	}
	const folder = await mkdtemp(join(tmpdir(), "dht-mdns-"));
	t.after(() => rm(folder, { recursive: true, force: true }));
	const socket = join(folder, "bus");
	await writeFile(join(folder, "bus.conf"), bus(socket));
	await writeFile(join(folder, "avahi.conf"), avahi(host));
	stopped(t, spawn("dbus-daemon", [`--config-file=${join(folder, "bus.conf")}`, "--nofork", "--nopidfile"]));
	await setTimeout(1000);
	const env = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${socket}` };
	const own =
		"mount -t tmpfs none /run && mkdir /run/avahi-daemon && exec avahi-daemon --no-drop-root --no-chroot --no-rlimits";
	stopped(
		t,
		spawn("ip", inside(peer, "unshare", "-m", "sh", "-c", `${own} -f ${join(folder, "avahi.conf")}`), { env }),
	);
	await setTimeout(3000);
	return (tool, ...args) =>
		spawnSync("ip", inside(peer, tool, ...args), { env, encoding: "utf8", timeout: 20_000 }).stdout;
}

/** Starts the device at its end of the cable. */
async function startAtCable(t: TestContext): Promise<void> {
	const command = inside(device, process.execPath, "tools/start.mjs", "--host", device.address, "--port", "8088");
	const child = spawn("ip", command);
	stopped(t, child);
	await new Promise<void>(resolve => {
		child.stdout.on("data", text => {
			if (String(text).includes("http://")) resolve();
		});
	});
	await setTimeout(3000);
}

const skip = missing();

test("Avahi finds the device by name, by address and as a web page", { skip }, async t => {
	const ask = await network(t, "peer");
	await startAtCable(t);
	assert.match(
		ask("avahi-browse", "-rtp", "_http._tcp"),
		/^=;\w+;IPv4;dht;Web Site;local;dht\.local;10\.77\.0\.7;8088;(?=.*"path=\/")(?=.*"version=\d+\.\d+\.\d+")/m,
	);
	assert.equal(ask("avahi-resolve", "-4n", "dht.local").trim(), "dht.local\t10.77.0.7");
	assert.equal(ask("avahi-resolve", "-a", "10.77.0.7").trim(), "10.77.0.7\tdht.local");
});

test("where Avahi has the name, the device gets a number", { skip }, async t => {
	const ask = await network(t, "dht");
	await startAtCable(t);
	assert.equal(ask("avahi-resolve", "-4n", "dht-2.local").trim(), "dht-2.local\t10.77.0.7");
	assert.equal(ask("avahi-resolve", "-4n", "dht.local").trim(), "dht.local\t10.77.0.9");
	assert.match(ask("avahi-browse", "-rtp", "_http._tcp"), /;dht-2;Web Site;local;dht-2\.local;10\.77\.0\.7;8088;/);
});
