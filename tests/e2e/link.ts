// Network namespaces on one link, with real multicast: desktop hosts in some, Avahi with a bus of its own in another.

import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout } from "node:timers/promises";

/** Namespaces by the last byte of their address. */
export interface Link {
	name(number: number): string;
	address(number: number): string;
	/** The namespace of the bridge between them, in which `portNUMBER` is the other end of each one's cable. */
	readonly bridge: string;
}

const ip = (...args: string[]) => execFileSync("ip", args, { stdio: "pipe" });

/** A command in the namespace `name`. */
export const inside = (name: string, ...command: string[]) => ["netns", "exec", name, ...command];

/** Why this cannot be tested here; else `false`. */
export function missing(): string | false {
	for (const tool of ["ip", "unshare", "dbus-daemon", "avahi-daemon", "avahi-browse"])
		if (spawnSync("sh", ["-c", `command -v ${tool}`]).status !== 0) return `${tool} is not installed`;
	const name = `dht-try-${process.pid}`;
	if (spawnSync("ip", ["netns", "add", name]).status !== 0) return "network namespaces are not allowed here";
	// In a root that is no mount point a namespace can be made, and yet no program be run in it.
	const runs = spawnSync("ip", inside(name, "true")).status === 0;
	ip("netns", "delete", name);
	return runs ? false : "no program can be run in a network namespace here";
}

/** Makes a namespace for each of `numbers`, and a bridge between them in one more. */
export function layLink(t: TestContext, numbers: readonly number[]): Link {
	const prefix = `dht-${process.pid}`;
	const name = (number: number) => `${prefix}-${number}`;
	const address = (number: number) => `10.77.0.${number}`;
	const bridge = `${prefix}-link`;
	t.after(() => {
		for (const one of [...numbers.map(name), bridge]) spawnSync("ip", ["netns", "delete", one]);
	});
	ip("netns", "add", bridge);
	ip("-n", bridge, "link", "add", "bridge", "type", "bridge", "mcast_snooping", "0");
	ip("-n", bridge, "link", "set", "bridge", "up");
	for (const number of numbers) {
		const own = name(number);
		ip("netns", "add", own);
		ip("link", "add", "cable", "netns", own, "type", "veth", "peer", `port${number}`, "netns", bridge);
		ip("-n", bridge, "link", "set", `port${number}`, "master", "bridge");
		ip("-n", bridge, "link", "set", `port${number}`, "up");
		ip("-n", own, "addr", "add", `${address(number)}/24`, "dev", "cable");
		ip("-n", own, "link", "set", "cable", "up");
		ip("-n", own, "link", "set", "lo", "up");
	}
	return { name, address, bridge };
}

function stopped(t: TestContext, child: ChildProcess): void {
	t.after(() => child.kill());
}

const bus = (socket: string) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd"><busconfig><type>system</type>
<listen>unix:path=${socket}</listen><auth>EXTERNAL</auth><policy context="default"><allow user="*"/><allow own="*"/>
<allow send_type="method_call"/><allow send_type="signal"/><allow send_requested_reply="true"/>
<allow receive_type="method_call"/><allow receive_type="method_return"/><allow receive_type="error"/>
<allow receive_type="signal"/></policy></busconfig>`;

const avahi = (host: string) => `[server]\nhost-name=${host}\nuse-ipv4=yes\nuse-ipv6=no\n[publish]\npublish-hinfo=no\n`;

/** Starts Avahi as `host` in a namespace. @returns Runs one of its tools there. */
export async function startAvahi(
	t: TestContext,
	link: Link,
	number: number,
	host: string,
): Promise<(tool: string, ...args: string[]) => string> {
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
	const command = ["unshare", "-m", "sh", "-c", `${own} -f ${join(folder, "avahi.conf")}`];
	stopped(t, spawn("ip", inside(link.name(number), ...command), { env }));
	await setTimeout(3000);
	return (tool, ...args) =>
		spawnSync("ip", inside(link.name(number), tool, ...args), { env, encoding: "utf8", timeout: 20_000 }).stdout;
}

/** Starts a desktop host in a namespace, and waits until it says its address. @param options `--host` among them, if it is not the namespace's address. */
export async function startThere(
	t: TestContext,
	link: Link,
	number: number,
	...options: string[]
): Promise<ChildProcess> {
	const host = options.includes("--host") ? [] : ["--host", link.address(number)];
	const child = spawn("ip", inside(link.name(number), process.execPath, "tools/start.mjs", ...host, ...options));
	stopped(t, child);
	await new Promise<void>(resolve => {
		child.stdout.on("data", text => {
			if (String(text).includes("http://")) resolve();
		});
	});
	return child;
}

/** Starts a desktop host in a namespace, and waits until its name is claimed. */
export async function claimThere(
	t: TestContext,
	link: Link,
	number: number,
	...options: string[]
): Promise<ChildProcess> {
	const child = await startThere(t, link, number, ...options);
	await setTimeout(3000);
	return child;
}

/** Puts the cable of a namespace in or pulls it. */
export function plug(link: Link, number: number, isIn: boolean): void {
	ip("-n", link.bridge, "link", "set", `port${number}`, isIn ? "up" : "down");
}

/** Gives a namespace another address, as a router does by DHCP. @param number The last byte of it. */
export function readdress(link: Link, number: number, to: number): void {
	const own = link.name(number);
	ip("-n", own, "addr", "del", `${link.address(number)}/24`, "dev", "cable");
	ip("-n", own, "addr", "add", `${link.address(to)}/24`, "dev", "cable");
}
