/** The Wi-Fis around a simulated radio, as the panel chooses and shows them. */

import type { SimulatedNetwork, SimulatedRadio } from "../simulated/radio.js";

const home: SimulatedNetwork = Object.freeze({ ssid: "Home", password: "correct horse", dBm: -58 });
const guest: SimulatedNetwork = Object.freeze({ ssid: "Guest", password: undefined, dBm: -71 });

/** What may be in reach, by the name that the panel shows. */
export const surroundings: Readonly<Record<string, readonly SimulatedNetwork[]>> = Object.freeze(
	{ "Home and Guest": [home, guest], Home: [home], Guest: [guest], none: [] },
	true,
);

/** @throws {RangeError} No such choice. */
export function changeSurroundings(radio: SimulatedRadio, choice: string): void {
	const networks = surroundings[choice];
	if (!networks) throw new RangeError(`Wi-Fi "${choice}": ${Object.keys(surroundings).join(", ")} allowed`);
	radio.networks = networks;
}

/** @returns A line about the radio. */
export function describeRadio({ accessPoint, ssid, joining }: SimulatedRadio): string {
	if (ssid !== undefined) return `has joined ${ssid}`;
	const lines = accessPoint ? [`its own is open: ${accessPoint.ssid}`] : [];
	if (joining) lines.push("joining");
	return lines.join(", ") || "not connected";
}
