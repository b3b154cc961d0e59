/** Bounds what all connections hold of the heap between their turns, so that no number of clients takes more. */

import { Connection } from "./connection.js";

/**
 * Ends connections other than `holder` until all together hold `most` bytes: first those whose request or answer has made no
 * progress for longest. So who comes always gets what one request takes, whatever others hold.
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
		const stalest = longestStill(endpoints, holder, now);
		if (!stalest) break;
		left -= stalest.held;
		stalest.evict();
		count++;
	}
	return count;
}

/** @returns Of the connections but `holder` that hold something, the one that has made no progress for longest. */
function longestStill(endpoints: readonly unknown[], holder: Connection, now: number): Connection | undefined {
	let found: Connection | undefined;
	let longest = -1;
	for (const endpoint of endpoints) {
		if (!(endpoint instanceof Connection) || endpoint === holder || endpoint.held === 0) continue;
		const elapsed = now - endpoint.since;
		if (elapsed <= longest) continue;
		longest = elapsed;
		found = endpoint;
	}
	return found;
}
