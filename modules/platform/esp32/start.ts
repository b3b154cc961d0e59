/** How the chip came to start, counted and kept over restarts. */

import type { BootInfo } from "../host.js";

/** What is used of the SDK's `preference`. */
export interface Preferences {
	get(domain: string, name: string): unknown;
	set(domain: string, name: string, value: string | number): void;
}

/** Called by the engine, as the global `abort`, before it ends the program; unless it answers `false` the chip restarts. */
export type AbortHook = (message: string, exception: unknown) => void;

/** By ESP-IDF's `esp_reset_reason_t`. */
const reasons: readonly string[] = Object.freeze(
	[
		"unknown",
		"power-on",
		"reset-pin",
		"restart",
		"exception",
		"watchdog",
		"watchdog",
		"watchdog",
		"sleep",
		"brown-out",
		"sdio",
		"usb",
		"jtag",
		"efuse",
		"power-glitch",
		"lock-up",
	],
	true,
);

/** What no program does on purpose: the newest lines before it are worth keeping. */
const crashes: readonly string[] = Object.freeze(["exception", "watchdog", "lock-up"], true);

const domain = "start";
/** Letters of a crash that are kept: of an exception the first, of the console's lines the last. */
const longestCrash = 300;

export interface StartOptions {
	preferences: Preferences;
	/** ESP-IDF's `esp_reset_reason_t`. */
	resetReason: number;
	/** The newest lines on the console of the run before, each ended by a line feed. */
	earlier: string;
	/** Takes what the engine is to call. */
	setHook(hook: AbortHook): void;
	log(line: string): void;
}

/**
 * Counts this start, prints why it came about, and has what ends it logged and kept. What the engine could not say of the
 * run before, as when it hung, is kept now. Never throws: a device whose flash is worn out still serves.
 */
export function recordBoot({ preferences, resetReason, earlier, setHook, log }: StartOptions): BootInfo {
	const keep = (name: string, value: string | number) => {
		try {
			preferences.set(domain, name, value);
		} catch (error) {
			log(`${name} cannot be kept: ${(error as Error).message}`);
		}
	};
	const before = preferences.get(domain, "boots");
	const boots = (typeof before === "number" ? before : 0) + 1;
	keep("boots", boots);
	const reason = reasons[resetReason] ?? "unknown";
	const kept = preferences.get(domain, "crash");
	let lastCrash = typeof kept === "string" ? kept : null;
	const isOfBefore = () => lastCrash?.startsWith(`start ${boots - 1}:`) ?? false;
	if (crashes.includes(reason) && !isOfBefore()) {
		lastCrash = afterwards(boots - 1, reason, earlier);
		keep("crash", lastCrash);
	}
	log(`start ${boots}: ${reason}${isOfBefore() ? `; ${lastCrash}` : ""}`);
	setHook((message, exception) => {
		const line = `start ${boots}: ${message}: ${exception}`.replace(/\s+/g, " ").slice(0, longestCrash);
		log(line);
		keep("crash", line);
	});
	return { reason, boots, lastCrash };
}

/** @returns What is known of a run that ended without a word, on one line: its newest lines, the last of them whole. */
function afterwards(boot: number, reason: string, earlier: string): string {
	const start = `start ${boot}: ${reason}`;
	const lines = earlier.split("\n").filter(Boolean).join(" | ");
	return lines === "" ? start : `${start} after ${lines.slice(-(longestCrash - start.length - 7))}`;
}
