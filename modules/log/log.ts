/** Lines for a person: printed at once, and the newest kept. */

import type { Clock } from "../platform/clock.js";
import type { Text } from "../platform/text.js";

/** `error`: the device does less than it should until somebody acts. `warning`: it goes on, or makes another attempt. */
export type LogLevel = "info" | "warning" | "error";

/** @param message One line. @param level @defaultValue "info" */
export type Logger = (message: string, level?: LogLevel) => void;

export interface LogLine {
	/** When it was printed, ms since boot. */
	readonly ticks: number;
	/** The part of the device that it is about. */
	readonly source: string;
	readonly level: LogLevel;
	/** At most 120 characters: a longer one is cut. */
	readonly message: string;
}

export interface LogListener {
	/** Called with each line, after it is kept. */
	onLine(line: LogLine): void;
}

/** A host has all of it. */
export interface LogOptions {
	clock: Clock;
	text: Text;
	/** Prints a line. */
	log(line: string): void;
}

/** The bound of all kept lines, bytes of UTF-8; the oldest are dropped for a new one. */
export const maxKeptBytes = 512;
/** Characters. So long a line fits unless most of it is control characters, which JSON escapes. */
const maxMessage = 120;

export class Log {
	listener: LogListener | undefined;
	#options: LogOptions;
	/** A JSON array a line, the newest last. */
	#kept = "";

	constructor(options: LogOptions) {
		this.#options = options;
	}

	/** @returns Prints and keeps lines of `source`. */
	from(source: string): Logger {
		// One of these is kept for each source: it is as short as can be.
		return (message, level) => this.add(source, message, level);
	}

	/** The newest of this run, the oldest of them first. */
	get lines(): LogLine[] {
		const kept = this.#kept.split("\n").slice(0, -1);
		return kept.map(line => {
			const [ticks, source, level, message] = JSON.parse(line) as [number, string, LogLevel, string];
			return { ticks, source, level, message };
		});
	}

	private add(source: string, message: string, level: LogLevel = "info"): void {
		const { clock, text, log } = this.#options;
		log(message);
		const { ticks } = clock;
		const cut = message.slice(0, maxMessage);
		const line = JSON.stringify([ticks, source, level, cut]);
		let kept = `${this.#kept}${line}\n`;
		while (text.encode(kept).byteLength > maxKeptBytes) kept = kept.slice(kept.indexOf("\n") + 1);
		this.#kept = kept;
		this.listener?.onLine({ ticks, source, level, message: cut });
	}
}
