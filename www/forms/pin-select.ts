import { isRefused, maxPin, type PinUse, pinUse } from "../../modules/config/chip-pins.js";
import { pinUseString } from "../i18n/help-strings.js";
import type { Language } from "../i18n/languages.js";

/** Stands for a chip whose pins are not known: any pin goes. */
const ANY = "";

/**
 * Fills `select` with the chip's pins. Refused ones are there, with the reason, but cannot be chosen, unless one is the current pin.
 * @param none The text for no pin; without it a pin must be chosen.
 */
export function fillPins(
	select: HTMLSelectElement,
	language: Language,
	chip: string | null,
	current: number | undefined,
	none?: string,
): void {
	if (none !== undefined || current === undefined) select.add(new Option(none ?? "–", ""));
	for (let pin = 0; pin <= maxPin; pin++) {
		const use = pinUse(chip ?? ANY, pin);
		if (use === "absent" && pin !== current) continue;
		const isShort = use !== undefined && isRefused(use);
		const option = new Option(
			`GPIO ${pin}${isShort ? ` – ${pinUseString(use, language)}` : use ? " ⚠" : ""}`,
			`${pin}`,
		);
		option.disabled = isRefused(use) && pin !== current;
		select.add(option);
	}
	select.value = `${current ?? ""}`;
}

/** @returns What stands against the chosen pin; empty for a free one. */
export function remarkOn(select: HTMLSelectElement, language: Language, chip: string | null): string {
	const use: PinUse | undefined = select.value === "" ? undefined : pinUse(chip ?? ANY, Number(select.value));
	return use ? `⚠ GPIO ${select.value}: ${pinUseString(use, language)}` : "";
}
