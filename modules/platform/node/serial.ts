/** A serial port of the computer, or one end of a pseudo-terminal. */

import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, writeSync } from "node:fs";
import { ReadStream } from "node:tty";
import type { Serial } from "../serial.js";

/** A line on which the console's lines are printed, too. */
export interface SerialConsole extends Serial {
	print(line: string): void;
}

/** As a chip has it. The port is `raw`: no byte has a meaning for the system. */
const settings = ["115200", "raw", "-echo", "clocal"];

/** @throws {Error} One line: `path` is no terminal, or cannot be opened. */
export function openSerial(path: string): SerialConsole {
	try {
		execFileSync("stty", [process.platform === "darwin" ? "-f" : "-F", path, ...settings], { stdio: "pipe" });
		return serialOn(path);
	} catch (error) {
		const { stderr, message } = error as Error & { stderr?: Buffer };
		throw new Error(`--serial ${path}: ${(stderr?.toString() || message).trim().replace(/^stty: /, "")}`);
	}
}

function serialOn(path: string): SerialConsole {
	const open = (access: number) => openSync(path, access | constants.O_NOCTTY | constants.O_NONBLOCK);
	// The stream closes its own.
	const input = new ReadStream(open(constants.O_RDONLY));
	const output = open(constants.O_WRONLY);
	let onReceived: Parameters<Serial["listen"]>[0];
	let isOpen = true;
	const end = (reason: string) => {
		if (!isOpen) return;
		isOpen = false;
		closeSync(output);
		console.error(`${path}: ${reason}`);
	};
	input.on("data", bytes => onReceived?.(new Uint8Array(bytes).buffer, 0));
	input.on("error", error => end(error.message));
	input.on("end", () => end("the line has ended"));
	return {
		listen(listener) {
			onReceived = listener;
		},
		write(bytes) {
			if (isOpen) send(output, bytes);
		},
		print(line) {
			this.write(Buffer.from(`${line}\r\n`));
		},
	};
}

/** What the system does not take at once is lost, as on a chip: no program waits for a line that no other one reads. */
function send(descriptor: number, bytes: Uint8Array): void {
	try {
		let sent = 0;
		while (sent < bytes.byteLength) sent += writeSync(descriptor, bytes, sent);
	} catch {
		// Full, or gone: `input` tells.
	}
}
