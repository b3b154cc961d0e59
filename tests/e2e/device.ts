/**
 * A running device for the end-to-end tests: the desktop host in a process of its own, which the program DEVICE_PROGRAM
 * may stand in for, or the one that DEVICE_URL names. DEVICE_HOST is what another host than the desktop's calls itself.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface Device {
	/** Without a slash at the end. */
	url: string;
	/** What it has printed so far. */
	output(): string;
	/** Ends it as Ctrl-C does. @returns Its exit status. */
	stop(signal?: NodeJS.Signals): Promise<number | null>;
	process: ChildProcess | undefined;
}

export interface Ended {
	status: number | null;
	stdout: string;
	stderr: string;
}

const program = process.env.DEVICE_PROGRAM ?? "tools/start.mjs";

/** `npm start`'s own process; `npm` itself adds nothing to it. */
function spawnStart(args: string[]) {
	const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
	const printed = { stdout: "", stderr: "" };
	child.stdout.setEncoding("utf8").on("data", text => {
		printed.stdout += text;
	});
	child.stderr.setEncoding("utf8").on("data", text => {
		printed.stderr += text;
	});
	return { child, printed };
}

/** Runs it with arguments that make it end by itself. */
export async function runToEnd(args: string[]): Promise<Ended> {
	const { child, printed } = spawnStart(args);
	const [status] = await once(child, "close");
	return { status, ...printed };
}

/** Starts it on a free port and waits for its address. */
export async function startDevice(...args: string[]): Promise<Device> {
	const { child, printed } = spawnStart(["--port", "0", ...args]);
	const closed = once(child, "close");
	const url = await new Promise<string>((resolve, reject) => {
		child.stdout.on("data", () => {
			const found = /http:\/\/\S+(?=\/\s)/.exec(printed.stdout);
			if (found) resolve(found[0]);
		});
		child.once("close", status => reject(new Error(`ended with ${status}: ${printed.stdout}${printed.stderr}`)));
	});
	return {
		url,
		process: child,
		output: () => printed.stdout + printed.stderr,
		async stop(signal = "SIGTERM") {
			child.kill(signal);
			const [status] = await closed;
			return status;
		},
	};
}

/** Why a test that is about the desktop host alone is left out; `false` where that host is tested. */
export const notDesktop = process.env.DEVICE_URL === undefined ? false : "about the desktop host";

/** The device of tests that any host must pass: the one that DEVICE_URL names, or a desktop host started with `args`. */
export async function anyDevice(...args: string[]): Promise<Device> {
	const url = process.env.DEVICE_URL;
	if (url === undefined) return startDevice(...args);
	return { url, process: undefined, output: () => "", stop: async () => 0 };
}
