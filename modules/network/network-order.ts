/** In which order the networks of a device are tried. */

import type { FoundNetwork } from "../platform/radio.js";
import type { StoredNetwork } from "./stored-networks.js";

/** What a network has said to the device itself, and would likely say again. */
const rejections: readonly unknown[] = Object.freeze(["wrong-password", "refused", "no-answer"]);

/** Behind every signal in reach, dBm. */
const notFound = -200;

/**
 * @param found The networks in reach.
 * @returns Those that have not refused the device, by their signal; among them come last those that were not found, which may be
 * hidden. Then those that have refused, in turn.
 */
export function inOrder(networks: readonly StoredNetwork[], found: readonly FoundNetwork[]): StoredNetwork[] {
	const signal = ({ ssid }: StoredNetwork) => found.find(network => network.ssid === ssid)?.dBm ?? notFound;
	const wasRefused = ({ reason }: StoredNetwork) => rejections.includes(reason);
	const open = networks.filter(network => !wasRefused(network)).sort((one, other) => signal(other) - signal(one));
	const refused = networks.filter(wasRefused).sort((one, other) => one.triedAt - other.triedAt);
	return [...open, ...refused];
}
