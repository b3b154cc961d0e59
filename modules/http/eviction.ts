/** Which connection gives way where a newcomer finds none free. */

import type { SocketOwner } from "./response.js";

/**
 * How much would be lost with a connection, from least to most. One that rests is worth nothing. One that was only just opened is worth as
 * much as half a header: its first bytes may be on their way. An answer that makes progress is lost to nobody else while it is young.
 */
export const Standing = Object.freeze(
	{ resting: 0, begun: 1, request: 2, answering: 3, protected: 4, stream: 5 },
	true,
);

/**
 * @param endpoints In the slots that newcomers may have. @param count How many slots that are. @param turn The slot given last: of
 * connections as old as each other the next one gives way. @param address The newcomer's. @param now In ms.
 * @returns The slot of the connection that gives way: one that rests, else one of the address that has most, the newcomer counted; among
 * these the one of the least standing, and then the oldest. -1 when none may.
 */
export function evicted(
	endpoints: readonly (SocketOwner | undefined)[],
	count: number,
	turn: number,
	address: string | undefined,
	now: number,
): number {
	const own = share(endpoints, count, address) + 1;
	let found = -1;
	let foundRank = 0;
	let foundSince = 0;
	for (let step = 1; step <= count; step++) {
		const slot = (turn + step) % count;
		const endpoint = endpoints[slot];
		if (!endpoint) continue;
		const standing = endpoint.standing(now);
		if (standing === Standing.stream) continue;
		const held = endpoint.remoteAddress === address ? own : share(endpoints, count, endpoint.remoteAddress);
		if (standing !== Standing.resting && (held < own || (standing === Standing.protected && held <= own))) continue;
		// Each step is worth more than all that follow.
		const rank = (standing === Standing.resting ? 100 * count : 0) + 10 * held - standing;
		if (found >= 0 && (rank < foundRank || (rank === foundRank && endpoint.since >= foundSince))) continue;
		found = slot;
		foundRank = rank;
		foundSince = endpoint.since;
	}
	return found;
}

/** @returns How many connections `address` has; streams have no address, and count for none. */
function share(endpoints: readonly (SocketOwner | undefined)[], count: number, address: string | undefined): number {
	let sum = 0;
	for (let slot = 0; slot < count; slot++) {
		const endpoint = endpoints[slot];
		if (endpoint?.socket && endpoint.remoteAddress === address) sum++;
	}
	return sum;
}
