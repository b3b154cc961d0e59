/** Which connection is evicted where a newcomer finds no free slot. */

import type { SocketOwner } from "./response.js";
import { Standing } from "./standing.js";

/**
 * @param owners Of the sockets, by slot. @param count How many slots newcomers may have. @param last The slot given last: of
 * connections as old as each other the next one is evicted. @param address The newcomer's. @param now In ms.
 * @returns The slot of the connection that is evicted: one that rests, otherwise one of the address that has most, the newcomer
 * counted; among these the one of the lowest standing, and then the oldest. -1 when none may be.
 */
export function evicted(
	owners: readonly (SocketOwner | undefined)[],
	count: number,
	last: number,
	address: string | undefined,
	now: number,
): number {
	const own = share(owners, count, address) + 1;
	let found = -1;
	let foundRank = 0;
	let foundSince = 0;
	for (let step = 1; step <= count; step++) {
		const slot = (last + step) % count;
		const owner = owners[slot];
		if (!owner) continue;
		const standing = owner.standing(now);
		if (standing === Standing.stream) continue;
		const held = owner.remoteAddress === address ? own : share(owners, count, owner.remoteAddress);
		if (standing !== Standing.resting && (held < own || (standing === Standing.protected && held <= own))) continue;
		// Each step is worth more than all that follow.
		const rank = (standing === Standing.resting ? 100 * count : 0) + 10 * held - standing;
		if (found >= 0 && (rank < foundRank || (rank === foundRank && owner.since >= foundSince))) continue;
		found = slot;
		foundRank = rank;
		foundSince = owner.since;
	}
	return found;
}

/** @returns How many connections `address` has; streams have no address, and count for none. */
function share(owners: readonly (SocketOwner | undefined)[], count: number, address: string | undefined): number {
	let sum = 0;
	for (let slot = 0; slot < count; slot++) {
		const owner = owners[slot];
		if (owner?.socket && owner.remoteAddress === address) sum++;
	}
	return sum;
}
