/** Compares the sensors' pins with those of the chip. */

import { chipPins, isRefused, type PinUse, pinUse, usablePins } from "./chip-pins.js";
import type { SensorSettings } from "./sensor-settings.js";
import { SettingsError } from "./validate.js";

const reasons: Readonly<Record<PinUse, string>> = Object.freeze(
	{
		absent: "the {} has no such pin",
		flash: "the flash of the {} is there",
		usb: "USB of the {} is there",
		console: "the serial console of the {} is there",
		input: "it is an input alone on the {}",
		strapping: "its level at a reset decides how the {} boots",
		psram: "modules of the {} with PSRAM use it",
		otg: "firmware of the {} with USB uses it",
		rare: "few modules of the {} lead it out",
	},
	true,
);

/** A pin that something stands against. */
export interface PinRemark {
	/** As `sensors[0].pin`. */
	readonly key: string;
	readonly pin: number;
	readonly use: PinUse;
}

/** @returns What stands against the sensors' pins; nothing for a chip that is not in the table. */
export function remarksOn(sensors: readonly SensorSettings[], chip: string | undefined): PinRemark[] {
	const remarks: PinRemark[] = [];
	for (const [index, { pin, powerPin }] of sensors.entries())
		for (const [field, number] of Object.entries({ pin, powerPin })) {
			const use = chip === undefined || number === undefined ? undefined : pinUse(chip, number);
			if (use !== undefined) remarks.push({ key: `sensors[${index}].${field}`, pin: number!, use });
		}
	return remarks;
}

/** @returns One line: `sensors[0].pin is 18: USB of the ESP32-C3 is there`. */
export function describeRemark({ key, pin, use }: PinRemark, chip: string): string {
	return `${key} is ${pin}: ${reasonOf(use, chip)}`;
}

/**
 * @param before The sensors in force: their pins stand, so that the rest of their settings can be changed.
 * @throws {SettingsError} A pin is refused.
 */
export function checkPins(
	sensors: readonly SensorSettings[],
	before: readonly SensorSettings[],
	chip: string | undefined,
): void {
	for (const { key, pin, use } of remarksOn(sensors, chip)) {
		if (!isRefused(use) || before.some(sensor => sensor.pin === pin || sensor.powerPin === pin)) continue;
		throw new SettingsError(
			key,
			pin,
			`${reasonOf(use, chip!)}, and its pins for sensors are ${shown(usablePins(chip!))}`,
		);
	}
}

const reasonOf = (use: PinUse, chip: string) => reasons[use].replace("{}", chipPins[chip]!.name);

/** @returns `0 to 5, 12 to 19 and 21`. */
function shown(pins: readonly number[]): string {
	const runs: string[] = [];
	for (let at = 0; at < pins.length; at++) {
		const first = pins[at]!;
		while (pins[at + 1] === pins[at]! + 1) at++;
		runs.push(pins[at] === first ? `${first}` : `${first} to ${pins[at]}`);
	}
	return runs.length < 2 ? runs.join("") : `${runs.slice(0, -1).join(", ")} and ${runs.at(-1)}`;
}
