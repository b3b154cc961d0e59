// Talks to the engine's program: netstrings on its file descriptors 3 and 4.

import { spawn } from "node:child_process";

/** How long one command may take, ms: far more than any does, so that code that never ends is noticed at all. */
const patienceMs = 300_000;

/** What the engine's status says of its end. @type {Record<string, string>} */
const reasons = { 11: "out of memory", 12: "stack overflow", 16: "out of keys", SIGSEGV: "crashed" };

const frame = (/** @type {Buffer} */ bytes) =>
	Buffer.concat([Buffer.from(`${bytes.byteLength}:`), bytes, Buffer.from(",")]);

/** An engine with a heap of its own, one command at a time. */
export class Worker {
	#child;
	#arrived = Buffer.alloc(0);
	/** @type {{ resolve(): void, reject(error: Error): void } | undefined} */
	#waiting;
	#ask;
	#patience;
	/** @type {NodeJS.Timeout | undefined} */
	#watch;
	/** Why it has ended. @type {string | undefined} */
	#ended;

	/**
	 * @param {string} program Of `engine`.
	 * @param {(question: Buffer) => Uint8Array} [ask] Replies to `issueCommand` of the engine's code, which waits for it.
	 * @param {number} [patience] How long one command may take, ms, after which the engine is ended.
	 */
	constructor(program, ask = () => Buffer.alloc(0), patience = patienceMs) {
		this.#ask = ask;
		this.#patience = patience;
		this.#child = spawn(program, ["-s", "16384"], { stdio: ["ignore", "inherit", "inherit", "pipe", "pipe"] });
		this.#child.once("error", error => this.#end(error.message));
		this.#child.once("exit", (status, signal) => {
			const end = String(status ?? signal);
			this.#end(reasons[end] ? `${end}, ${reasons[end]}` : end);
		});
		this.#pipe(3).on("error", () => {});
		this.#pipe(4).on("data", piece => this.#receive(piece));
	}

	/** Evaluates a script, and the promises it leaves. @throws {Error} The exception's text, or that the engine ended. */
	async evaluate(/** @type {string} */ source) {
		await this.#command("e", Buffer.from(source));
	}

	/** Calls the global function `handleCommand` with `bytes`, an ArrayBuffer there. @throws {Error} As `evaluate`. */
	async command(/** @type {Uint8Array} */ bytes) {
		await this.#command("?", bytes);
	}

	/** May be called twice. */
	close() {
		this.#end("closed");
	}

	/** @returns {Promise<void>} */
	#command(/** @type {string} */ kind, /** @type {Uint8Array} */ bytes) {
		return new Promise((resolve, reject) => {
			if (this.#ended !== undefined) throw new Error(`XS ended: ${this.#ended}`);
			this.#waiting = { resolve, reject };
			this.#watch = setTimeout(() => this.#end(`no reply within ${this.#patience} ms`), this.#patience);
			this.#pipe(3).write(frame(Buffer.concat([Buffer.from(kind), bytes])));
		});
	}

	/** @returns Who waits for the command's end. */
	#done() {
		const waiting = this.#waiting;
		this.#waiting = undefined;
		clearTimeout(this.#watch);
		return waiting;
	}

	#end(/** @type {string} */ why) {
		if (this.#ended !== undefined) return;
		this.#ended = why;
		this.#child.kill();
		this.#done()?.reject(new Error(`XS ended: ${why}`));
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
		if (kind === ".") this.#done()?.resolve();
		else this.#done()?.reject(new Error(content.toString()));
	}
}
