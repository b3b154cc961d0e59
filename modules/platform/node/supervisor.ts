/** The desktop's hardware: runs the program in a process of its own, and starts it again whenever it ends. */

import { type ChildProcess, fork } from "node:child_process";
import { readOptions } from "./options.js";
import { type Boot, bootOf, RESTART, type Sign, VARIABLE } from "./supervised.js";

/** After so long without a sign of life the program is ended, ms: as long as the chip's watchdog waits. */
const watchdogMs = 10_000;
/** After so long a program that was asked to end is killed, ms. */
const stopMs = 3000;
/** Characters of a crash, as the chip keeps them. */
const maxCrash = 300;

export class Supervisor {
	/** The exit status, when all is over: that of a program that ended before it ran, such as 2 after a wrong option; else 0. */
	readonly ended: Promise<number>;
	#program: string;
	#args: string[];
	#boot: Boot = { info: { reason: "power-on", boots: 1, lastCrash: null }, port: undefined };
	#child: ChildProcess | undefined;
	#hasRun = false;
	/** The watchdog has ended it. */
	#hung = false;
	/** Why it ended, as far as it said so. */
	#exception: string | undefined;
	#stopping = false;
	#watchdog: NodeJS.Timeout | undefined;
	#end: (status: number) => void = () => {};

	/** @param program A module, which gets `args`. */
	constructor(program: string, args: string[]) {
		this.#program = program;
		this.#args = args;
		this.ended = new Promise(resolve => {
			this.#end = resolve;
		});
		this.#run();
	}

	/** Ends the program and all; may be called twice. */
	stop(): void {
		this.#stopping = true;
		this.#child?.kill("SIGTERM");
		setTimeout(() => this.#kill(), stopMs).unref();
	}

	#run(): void {
		this.#hasRun = false;
		this.#hung = false;
		this.#exception = undefined;
		// A process group of its own, so that what hangs is ended with all that it has started.
		const child = fork(this.#program, this.#args, {
			detached: true,
			env: { ...process.env, [VARIABLE]: JSON.stringify(this.#boot) },
		});
		this.#child = child;
		this.#watch();
		child.on("message", sign => this.#hear(sign as Sign));
		child.once("exit", (status, signal) => this.#follow(status, signal));
	}

	#hear(sign: Sign): void {
		this.#watch();
		if (sign === "alive") return;
		if (sign === "forget") this.#boot = { ...this.#boot, info: { ...this.#boot.info, lastCrash: null } };
		else if ("exception" in sign) this.#exception = sign.exception;
		else {
			this.#hasRun = true;
			this.#boot = { ...this.#boot, port: sign.port };
		}
	}

	#watch(): void {
		clearTimeout(this.#watchdog);
		this.#watchdog = setTimeout(() => {
			this.#hung = true;
			this.#exception = `no sign of life for ${watchdogMs / 1000} s`;
			this.#kill();
		}, watchdogMs);
	}

	#kill(): void {
		const { pid } = this.#child ?? {};
		if (pid === undefined) return;
		try {
			process.kill(-pid, "SIGKILL");
		} catch {
			this.#child?.kill("SIGKILL");
		}
	}

	/** What the hardware does once the program has ended. */
	#follow(status: number | null, signal: NodeJS.Signals | null): void {
		clearTimeout(this.#watchdog);
		this.#child = undefined;
		if (this.#stopping || status === 0) this.#end(0);
		else if (!this.#hasRun) this.#end(status ?? 1);
		else this.#restart(status, signal);
	}

	#restart(status: number | null, signal: NodeJS.Signals | null): void {
		const { boots, lastCrash } = this.#boot.info;
		const reason = this.#hung ? "watchdog" : status === RESTART ? "restart" : "exception";
		const crash = `start ${boots}: ${reason}: ${this.#exception ?? signal ?? `status ${status}`}`;
		const info = {
			reason,
			boots: boots + 1,
			lastCrash: reason === "restart" ? lastCrash : crash.replaceAll(/\s+/g, " ").slice(0, maxCrash),
		};
		this.#boot = { ...this.#boot, info };
		this.#run();
	}
}

/**
 * @param program The module that was started. @param args The options as `readOptions` takes them. @param typed All that it was started with.
 * @returns What runs it where its state outlasts a restart; `undefined` where this process is to run it.
 */
export function supervisorOf(program: string, args: string[], typed = args): Supervisor | undefined {
	if (bootOf()) return undefined;
	try {
		const { state, help } = readOptions(args);
		return state === undefined || help ? undefined : new Supervisor(program, typed);
	} catch {
		// The program itself says what is wrong with its options.
		return undefined;
	}
}
