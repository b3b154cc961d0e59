/** How the chip came to start, counted and kept over restarts. */

import type { Start } from "../types.js";

/** What is used of the SDK's `preference`. */
export interface Preferences {
	get(domain: string, name: string): unknown;
	set(domain: string, name: string, value: string | number): void;
}

/** Called by the engine, as the global `abort`, before it ends the program; unless it answers `false` the chip restarts. */
export type AbortHook = (message: string, exception: unknown) => void;

/** By ESP-IDF's `esp_reset_reason_t`. */
const reasons: Record<number, string> = {
	1: "power-on",
	3: "restart",
	4: "exception",
	5: "watchdog",
	6: "watchdog",
	7: "watchdog",
	8: "sleep",
	9: "brown-out",
};

const domain = "start";
const longestCrash = 200;

export interface StartOptions {
	preferences: Preferences;
	/** ESP-IDF's `esp_reset_reason_t`. */
	resetReason: number;
	/** Takes what the engine is to call. */
	setHook(hook: AbortHook): void;
	log(line: string): void;
}

/** Counts this start, and has what ends it logged and kept. Never throws: a device whose flash is worn out still serves. */
export function noteStart({ preferences, resetReason, setHook, log }: StartOptions): Start {
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
	const crash = preferences.get(domain, "crash");
	setHook((message, exception) => {
		const line = `start ${boots}: ${message}: ${exception}`.replace(/\s+/g, " ").slice(0, longestCrash);
		log(line);
		keep("crash", line);
	});
	return {
		reason: reasons[resetReason] ?? "unknown",
		boots,
		lastCrash: typeof crash === "string" ? crash : null,
	};
}
