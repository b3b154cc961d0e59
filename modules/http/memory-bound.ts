/** Bounds what all connections hold of the heap between their turns, so that no number of clients takes more. */

import { Connection } from "./connection.js";

/** A request or answer that has made no progress for so long is worth less than any other, ms. */
const STALE_MS = 1000;
/** Above all that connections may hold, bytes. */
const STALE_RANK = 2 ** 30;

/**
 * Ends connections other than `holder` until all together hold `most` bytes: first those whose request or answer has made no
 * progress for longest, if that is over a second; then those of the address that holds most. So who comes always gets what one request
 * takes, whatever others hold, and half requests of strangers end each other before another's.
 * @param endpoints Of all connections. @param sum What they hold. @param now In ms. @returns How many were ended.
 */
export function bound(
	endpoints: readonly unknown[],
	holder: Connection,
	sum: number,
	most: number,
	now: number,
): number {
	let left = sum;
	let count = 0;
	while (left > most) {
		const found = givesWay(endpoints, holder, now);
		if (!found) break;
		left -= found.held;
		found.evict();
		count++;
	}
	return count;
}

/** @returns Of the connections but `holder` that hold something, the one that gives way. */
function givesWay(endpoints: readonly unknown[], holder: Connection, now: number): Connection | undefined {
	let found: Connection | undefined;
	let foundRank = -1;
	for (const endpoint of endpoints) {
		if (!(endpoint instanceof Connection) || endpoint === holder || endpoint.held === 0) continue;
		const elapsed = now - endpoint.since;
		const rank = elapsed >= STALE_MS ? elapsed + STALE_RANK : heldBy(endpoints, endpoint.remoteAddress);
		if (rank < foundRank || (rank === foundRank && found && endpoint.since >= found.since)) continue;
		found = endpoint;
		foundRank = rank;
	}
	return found;
}

/** @returns Bytes that the connections of `address` hold. */
function heldBy(endpoints: readonly unknown[], address: string | undefined): number {
	let sum = 0;
	for (const endpoint of endpoints)
		if (endpoint instanceof Connection && endpoint.remoteAddress === address) sum += endpoint.held;
	return sum;
}
