// Starts the device's program at the end of a TAP device, in the network namespace that this process is in.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle, device } from "./build.mjs";
import { tap } from "./network.mjs";

/**
 * @typedef {object} Launch
 * @property {(name: string, address: string) => object} settings The app's settings, by the device's address.
 * @property {string} [entry] The module to run.
 * @property {string} [damage] Frames that the network loses or delays, like "loss=0.05,seed=7"; see tap.c.
 * @property {string} [program] Of `device`.
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [wire] Whether frames go to this process, by `Device.wire`, in place of a TAP device.
 */

/** Stands for a TAP device where frames go to this process. */
const wired = { name: "fd:3", address: "10.90.1.2", peer: "10.90.1.1", close() {} };

export class Device {
	#child;
	#tap;
	#folder;
	#closed;
	/** @type {((json: string) => void)[]} */
	#asked = [];
	/** Output, without the statistics. */
	output = "";
	/** Called with each line that it prints. @type {(line: string) => void} */
	onLine = () => {};

	/** @param {string} program @param {string} script @param {Launch} launch @param {import("./network.mjs").Tap} cable */
	constructor(program, script, { damage = "", env = {} }, cable) {
		this.#tap = cable;
		this.#folder = mkdtempSync(join(tmpdir(), "dht-lwip-"));
		const path = join(this.#folder, "app.js");
		writeFileSync(path, script);
		this.#child =
			/** @type {import("node:child_process").ChildProcessByStdio<import("node:stream").Writable, import("node:stream").Readable, null>} */ (
				spawn(program, [cable.name, cable.address, cable.peer, path], {
					stdio: ["pipe", "pipe", "inherit", "pipe"],
					env: { ...process.env, NETIF: damage, ...env },
				})
			);
		this.#child.stdin.on("error", () => {});
		this.wire.on("error", () => {});
		this.#closed = once(this.#child, "close").then(([status, signal]) => {
			cable.close();
			rmSync(this.#folder, { recursive: true, force: true });
			return /** @type {number | string} */ (status ?? signal);
		});
		let rest = "";
		this.#child.stdout.setEncoding("utf8").on("data", piece => {
			const lines = (rest + piece).split("\n");
			rest = lines.pop() ?? "";
			for (const line of lines) this.#hear(line);
		});
	}

	/** Frames, each after its length in two bytes. */
	get wire() {
		return /** @type {import("node:net").Socket} */ (/** @type {unknown} */ (this.#child.stdio[3]));
	}

	get address() {
		return this.#tap.address;
	}

	get peer() {
		return this.#tap.peer;
	}

	/** The process's exit status, or the signal that ended it. */
	get closed() {
		return this.#closed;
	}

	/** @returns {Promise<any>} Counts of memory and frames. */
	async statistics() {
		const answer = new Promise(resolve => this.#asked.push(resolve));
		this.type("statistics");
		const ended = this.#closed.then(status => {
			throw new Error(`the device ended: ${status}`);
		});
		return JSON.parse(/** @type {string} */ (await Promise.race([answer, ended])));
	}

	/** Gives it a line. */
	type(/** @type {string} */ line) {
		this.#child.stdin.write(`${line}\n`);
	}

	/** Ends the app and the process. @returns Its exit status. */
	async close() {
		this.type("close");
		const patience = setTimeout(() => this.#child.kill("SIGKILL"), 5000);
		const status = await this.#closed;
		clearTimeout(patience);
		return status;
	}

	#hear(/** @type {string} */ line) {
		if (line.startsWith("statistics ")) this.#asked.shift()?.(line.slice(11));
		else {
			this.output += `${line}\n`;
			this.onLine(line);
		}
	}
}

/** @throws {Error} It cannot be built. */
export async function launch(/** @type {Launch} */ options) {
	const program = options.program ?? (await device());
	if (!program) throw new Error("the device's program cannot be built here");
	const app = await bundle(options.entry ?? "tests/lwip/device.ts");
	const cable = options.wire ? wired : tap();
	const settings = JSON.stringify(options.settings("lwip", cable.address));
	return new Device(program, `globalThis.settings = ${settings};\n${app}`, options, cable);
}
