import { settingRows } from "../../modules/config/setting-rows.js";

interface Limits {
	readonly min?: number;
	readonly max?: number;
	readonly default?: unknown;
}

/** @returns `sentence` with what the row of `key` has for `{min}`, `{max}` and `{default}`. */
export function withLimits(sentence: string, key: string): string {
	const rows: Readonly<Record<string, object>> = settingRows;
	const { min, max, default: usual }: Limits = rows[key] ?? {};
	return sentence.replace("{min}", `${min}`).replace("{max}", `${max}`).replace("{default}", `${usual}`);
}
