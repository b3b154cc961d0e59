/** Boot info: the reset reason, the number of boots and the last crash, which outlast a restart. */

import type { BootInfo } from "../host.js";

/** Used of the SDK's `preference`. */
export interface Preferences {
	get(domain: string, name: string): unknown;
	set(domain: string, name: string, value: string | number): void;
}

/** The global `abort`, which the engine calls before it ends the program. The chip restarts unless it returns `false`. */
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

/** Resets that no program asks for. The newest lines before one are saved. */
const crashes: readonly string[] = Object.freeze(["exception", "watchdog", "lock-up"], true);

const domain = "start";
/** Characters saved of a crash: of an exception the first, of the console's lines the last. */
const maxCrash = 300;

export interface RecordBootOptions {
	preferences: Preferences;
	/** ESP-IDF's `esp_reset_reason_t`. */
	resetReason: number;
	/** The newest lines on the console of the run before, each ended by a line feed. */
	earlier: string;
	/** Registers the hook with the engine. */
	setHook(hook: AbortHook): void;
	log(line: string): void;
}

/**
 * Counts this boot, prints its reset reason, and has a crash printed and saved. A crash of the last run that the engine could
 * not report, such as a hang, is saved now. Never throws: a device with worn flash still serves.
 */
export function recordBoot({ preferences, resetReason, earlier, setHook, log }: RecordBootOptions): BootInfo {
	const save = (name: string, value: string | number) => {
		try {
			preferences.set(domain, name, value);
		} catch (error) {
			log(`${name} cannot be kept: ${(error as Error).message}`);
		}
	};
	const before = preferences.get(domain, "boots");
	const boots = (typeof before === "number" ? before : 0) + 1;
	save("boots", boots);
	const saved = preferences.get(domain, "crash");
	let lastCrash = typeof saved === "string" ? saved : null;
	const isOfLastRun = () => lastCrash?.startsWith(`start ${boots - 1}:`) ?? false;
	// After an exception the engine restarts the chip as a program does that asks for it.
	const reset = reasons[resetReason] ?? "unknown";
	const reason = reset === "restart" && isOfLastRun() ? "exception" : reset;
	if (crashes.includes(reason) && !isOfLastRun()) {
		lastCrash = silentCrash(boots - 1, reason, earlier);
		save("crash", lastCrash);
	}
	log(`start ${boots}: ${reason}${isOfLastRun() ? `; ${lastCrash}` : ""}`);
	setHook((message, exception) => {
		const line = `start ${boots}: ${message}: ${exception}`.replace(/\s+/g, " ").slice(0, maxCrash);
		log(line);
		save("crash", line);
	});
	return { reason, boots, lastCrash };
}

/** Forgets the last crash. @throws {Error} The flash cannot be written. */
export function forgetCrash(preferences: { delete(domain: string, name: string): void }): void {
	preferences.delete(domain, "crash");
}

/** @returns One line about a run that ended without an exception: its newest lines, the last of them whole. */
function silentCrash(boot: number, reason: string, earlier: string): string {
	const crash = `start ${boot}: ${reason}`;
	const lines = earlier.split("\n").filter(Boolean).join(" | ");
	return lines === "" ? crash : `${crash} after ${lines.slice(-(maxCrash - crash.length - 7))}`;
}
