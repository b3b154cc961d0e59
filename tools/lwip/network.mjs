// TAP devices in a network namespace of their own, apart from the machine's network.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const ip = (/** @type {string[]} */ ...args) => spawnSync("ip", args, { encoding: "utf8" });

/** The command that runs another in a new network namespace, as its root. */
export const namespace = ["unshare", process.getuid?.() === 0 ? "-n" : "-rn"];

/** Why there can be no TAP device in a namespace here; else `undefined`. */
export function noTap() {
	if (!existsSync("/dev/net/tun")) return "there is no /dev/net/tun";
	const [command = "", ...args] = namespace;
	const { status, stderr, error } = spawnSync(
		command,
		[...args, "ip", "tuntap", "add", "dev", "lwip0", "mode", "tap"],
		{
			encoding: "utf8",
		},
	);
	return status === 0 ? undefined : `no TAP device can be made: ${(error?.message ?? stderr).trim()}`;
}

/**
 * A TAP device of this namespace, with an address of this machine's and one for the device at its other end.
 * @typedef {object} Tap
 * @property {string} name
 * @property {string} address The device's.
 * @property {string} peer This machine's.
 * @property {() => void} close
 */

/** @returns {Tap} @throws {Error} There is none. */
export function tap() {
	let reason = "";
	ip("link", "set", "lo", "up");
	for (let number = 1; number < 250; number++) {
		const name = `lwip${number}`;
		const made = ip("tuntap", "add", "dev", name, "mode", "tap");
		if (made.status !== 0) {
			reason = made.stderr;
			continue;
		}
		const peer = `10.90.${number}.1`;
		ip("addr", "add", `${peer}/24`, "dev", name);
		ip("link", "set", name, "up");
		return {
			name,
			peer,
			address: `10.90.${number}.2`,
			close: () => void ip("tuntap", "del", "dev", name, "mode", "tap"),
		};
	}
	throw new Error(`no TAP device: ${reason}`);
}
