/** The program's side of the supervisor that runs it. */

import type { BootInfo } from "../host.js";

/** Exit status of a program that asks for its restart: sysexits.h has it for a failure that passes. */
export const RESTART = 75;

/** The environment variable that tells a program how it was started, in JSON. */
export const VARIABLE = "DHT_GAUGES_BOOT";

/** Between two signs of life, ms. */
const signMs = 1000;

/** What a supervised program is told. */
export interface Boot {
	readonly info: BootInfo;
	/** The port that an earlier run has opened; `undefined` at the first. */
	readonly port: number | undefined;
}

/** What it tells: that it lives; that earlier crashes are to be forgotten; that it runs, on this port; why it is about to end. */
export type Sign = "alive" | "forget" | { readonly port: number } | { readonly exception: string };

const send = (sign: Sign) => void (process.connected && process.send?.(sign));

/** @returns `undefined` where this process has no supervisor. */
export function bootOf(env: NodeJS.ProcessEnv = process.env): Boot | undefined {
	const json = env[VARIABLE];
	return json === undefined ? undefined : JSON.parse(json);
}

/** The port is open: from now on an end is no mistake of the person who typed the command. */
export const running = (port: number): void => send({ port });

/** The newest crash is forgotten. */
export const forget = (): void => send("forget");

/** The program is about to end. @param message One line. */
export const ending = (message: string): void => send({ exception: message });

/**
 * Gives a sign of life each second, reports an uncaught exception, and ends with the supervisor. Does nothing where there is none.
 * @param isAlive Settles when the program has responded.
 */
export function giveSigns(isAlive: () => Promise<unknown> = async () => {}): void {
	if (!bootOf()) return;
	let isDue = true;
	const sign = async () => {
		if (!isDue) return;
		isDue = false;
		await isAlive();
		isDue = true;
		send("alive");
	};
	sign();
	setInterval(sign, signMs).unref();
	process.on("uncaughtExceptionMonitor", error => ending(String(error)));
	process.once("disconnect", () => process.exit(0));
	// It may have ended while the program was being loaded.
	if (process.connected === false) process.exit(0);
}

/** Ends the program, which its supervisor then starts again. */
export const restart = (): never => process.exit(RESTART);
