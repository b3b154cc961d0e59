/** How a secret is written of which only the beginning is reported: for the firmware and the page. */

/** Stands for what is not reported. A URL that has this is not taken. */
export const mask = "***";

/** Whether `value` stands for the one that the device has. @param name As `webhooks[0].url`. */
export function isMasked(name: string, value: unknown): boolean {
	if (name.startsWith("networks[")) return value === mask;
	return name.startsWith("webhooks[") && typeof value === "string" && value.includes(mask);
}
