import type { PinUse } from "../../modules/config/chip-pins.js";
import { helpStrings, pinUses } from "./english.js";
import type { Language } from "./languages.js";
import { withLimits } from "./limits.js";

/** @returns What the setting means, with the limits of its row. */
export function helpString(key: keyof typeof helpStrings, { tables }: Language): string {
	return withLimits(tables.help?.[key] ?? helpStrings[key], key);
}

/** @returns What stands against a pin. */
export function pinUseString(use: PinUse, { tables }: Language): string {
	return tables.pinUses?.[use] ?? pinUses[use];
}
