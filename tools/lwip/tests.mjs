// Chooses the tests that run over the chip's sockets.

import { device } from "./build.mjs";
import { namespace, noTap } from "./network.mjs";

/** @returns Whether the test in `path` is about the chip's sockets themselves. */
export const isOfSockets = (/** @type {string} */ path) => path.startsWith("tests/lwip/");

/** @returns Whether the test in `path` runs under ThreadSanitizer, too: not the long ones. */
export const isChecked = (/** @type {string} */ path) => isOfSockets(path) && !path.includes("/soak.");

/**
 * @returns Whether the test in `path` drives a whole device over any sockets. Those of `npm start`'s options do not, nor the
 * one whose clients are at many addresses of the loopback.
 */
export const isOverSockets = (/** @type {string} */ path) =>
	/^tests\/e2e\/(aborts|alerts|device|history|http|mqtt|portal|programs|settings|slow|state)\.node\.test\.ts$/.test(
		path,
	);

/** For tests that start a device by themselves. */
export const startsDevice = { DEVICE_PROGRAM: "tools/lwip/start.mjs", DEVICE_HOST: "lwip" };

/** Builds the device's programs. @returns Why the tests cannot be run; else `undefined`. */
export async function prepare() {
	if (!(await device()) || !(await device(64, true))) return "the device's program cannot be built";
	return noTap();
}

/** Runs a command in a network namespace of its own. @returns {[string, string[]]} */
export function inNamespace(/** @type {string} */ program, /** @type {string[]} */ args) {
	const [command = "", ...options] = namespace;
	return [command, [...options, "sh", "-c", 'ip link set lo up && exec "$0" "$@"', program, ...args]];
}
