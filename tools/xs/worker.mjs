// Talks to the engine's program: netstrings on its file descriptors 3 and 4.

import { spawn } from "node:child_process";

/** @typedef {{ compute: number, currentHeapCount: number }} Meter */

const frame = (/** @type {Buffer} */ bytes) =>
	Buffer.concat([Buffer.from(`${bytes.byteLength}:`), bytes, Buffer.from(",")]);

/** An engine with a heap of its own, one command at a time. */
export class Worker {
	#child;
	#arrived = Buffer.alloc(0);
	/** @type {{ resolve(meter: Meter): void, reject(error: Error): void } | undefined} */
	#waiting;
	#ask;

	/**
	 * @param {string} program Of `engine`.
	 * @param {(question: Buffer) => Uint8Array} [ask] Answers `issueCommand` of the engine's code, which waits for it.
	 * @param {number} [limit] The most that one command may compute, after which the engine ends.
	 */
	constructor(program, ask = () => Buffer.alloc(0), limit = 0) {
		this.#ask = ask;
		this.#child = spawn(program, ["-l", String(limit), "-s", "16384"], {
			stdio: ["ignore", "inherit", "inherit", "pipe", "pipe"],
		});
		const ended = (/** @type {string} */ why) => {
			this.#waiting?.reject(new Error(`XS ended: ${why}`));
			this.#waiting = undefined;
		};
		this.#child.once("error", error => ended(error.message));
		this.#child.once("exit", (status, signal) => ended(String(status ?? signal)));
		this.#pipe(3).on("error", () => {});
		this.#pipe(4).on("data", piece => this.#receive(piece));
	}

	/** Evaluates a script, and the promises it leaves. @throws {Error} The exception's text, or that the engine ended. */
	evaluate(/** @type {string} */ source) {
		return this.#command("e", Buffer.from(source));
	}

	/** Calls the global function `handleCommand` with `bytes`, an ArrayBuffer there. @throws {Error} As `evaluate`. */
	command(/** @type {Uint8Array} */ bytes) {
		return this.#command("?", bytes);
	}

	/** May be called twice. */
	close() {
		this.#child.kill();
	}

	/** @returns {Promise<Meter>} */
	#command(/** @type {string} */ kind, /** @type {Uint8Array} */ bytes) {
		return new Promise((resolve, reject) => {
			this.#waiting = { resolve, reject };
			this.#pipe(3).write(frame(Buffer.concat([Buffer.from(kind), bytes])));
		});
	}

	#pipe(/** @type {3 | 4} */ descriptor) {
		return /** @type {import("node:net").Socket} */ (/** @type {unknown} */ (this.#child.stdio[descriptor]));
	}

	#receive(/** @type {Buffer} */ piece) {
		this.#arrived = Buffer.concat([this.#arrived, piece]);
		for (;;) {
			const colon = this.#arrived.indexOf(":");
			const end = colon + 1 + Number(this.#arrived.subarray(0, colon).toString());
			if (colon < 0 || this.#arrived.byteLength <= end) return;
			const message = this.#arrived.subarray(colon + 1, end);
			this.#arrived = this.#arrived.subarray(end + 1);
			this.#handle(String.fromCharCode(message[0] ?? 0), message.subarray(1));
		}
	}

	#handle(/** @type {string} */ kind, /** @type {Buffer} */ content) {
		if (kind === "?") {
			this.#pipe(3).write(frame(Buffer.concat([Buffer.from("/"), this.#ask(content)])));
			return;
		}
		const waiting = this.#waiting;
		this.#waiting = undefined;
		if (kind === ".") waiting?.resolve(JSON.parse(content.subarray(0, content.indexOf(1)).toString()));
		else waiting?.reject(new Error(content.toString()));
	}
}
