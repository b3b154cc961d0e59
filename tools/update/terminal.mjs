// What `npm run update` shows and asks.

import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** @returns {Promise<string>} A line that a person types, which is not shown; from a pipe its first line. */
export function askHidden(/** @type {string} */ question) {
	const output = new Writable({ write: (_piece, _encoding, done) => done() });
	const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY === true });
	// The terminal has ceased to echo by now.
	process.stderr.write(question);
	return new Promise(resolve => {
		lines.once("line", line => {
			resolve(line);
			lines.close();
		});
		lines.once("SIGINT", () => process.exit(130));
		lines.once("close", () => {
			process.stderr.write("\n");
			resolve("");
		});
	});
}

const width = 30;

/** Shows how much of an upload is done: on a terminal in one line, else a line each quarter. */
export class ProgressBar {
	#size;
	#began = performance.now();
	#shown = -1;

	/** @param {number} size Bytes. */
	constructor(size) {
		this.#size = size;
	}

	show(/** @type {number} */ sent) {
		const share = sent / this.#size;
		const isTerminal = process.stdout.isTTY === true;
		const step = Math.floor(share * (isTerminal ? 200 : 4));
		if (step === this.#shown) return;
		this.#shown = step;
		const full = Math.round(share * width);
		const seconds = Math.round((performance.now() - this.#began) / 1000);
		const line = `${"#".repeat(full)}${"-".repeat(width - full)} ${String(Math.floor(share * 100)).padStart(3)} %, ${Math.ceil(sent / 1024)} of ${Math.ceil(this.#size / 1024)} KB, ${seconds} s`;
		process.stdout.write(isTerminal ? `\r${line}` : `${line}\n`);
	}

	/** Ends the line; may be called when nothing was shown. */
	close() {
		if (process.stdout.isTTY === true && this.#shown >= 0) process.stdout.write("\n");
	}
}
