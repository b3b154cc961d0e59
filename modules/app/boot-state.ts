/** How the program has started, as its components report it. */

import type { Notice } from "../api/schema.js";
import type { Host } from "../platform/host.js";
import { BootRecord } from "../update/boot-record.js";

export interface BootState {
	/** As of `BootMode`: the way back ends in another start. */
	readonly mode: "normal" | "safe" | "rescue";
	/** Why it is not `normal`, on one line. */
	readonly reason: string | null;
	readonly record: BootRecord;
}

/** @returns The state of a program that knows of no other start. */
export function firstBoot({ text, log }: Host): BootState {
	return { mode: "normal", reason: null, record: new BootRecord({ storage: undefined, text, log }) };
}

/** @returns What a reader of the page must know; `undefined` when it is nothing. */
export function noticeOf({ mode, reason, record }: BootState): Notice | undefined {
	if (reason !== null) return { kind: mode, reason };
	const { rolledBack } = record.values;
	return rolledBack === null ? undefined : { kind: "rolledBack", reason: rolledBack };
}
