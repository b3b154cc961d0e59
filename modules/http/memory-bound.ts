/** Bounds what all connections hold of the heap between events, so that no number of clients takes more. */

import { Connection } from "./connection.js";
import type { SocketOwner } from "./response.js";
import { Upload } from "./upload.js";

/** A request or response without progress for so long is evicted before any other, ms. */
const STALE_MS = 1000;
/** Above all that connections may hold, bytes. */
const STALE_RANK = 2 ** 30;

/**
 * Evicts connections other than `holder` until all together hold `most` bytes: first those whose request or response has made no
 * progress for longest, if that is over a second; then those of the address that holds most. So a newcomer always gets what one
 * request takes, whatever others hold, and half requests of strangers end each other before another's. An upload stays, since its sender was
 * let in; while it alone holds too much for another request, that one is evicted.
 * @param owners Of all sockets. @param sum What they hold. @param now In ms. @returns How many were evicted.
 */
export function bound(
	owners: readonly (SocketOwner | undefined)[],
	holder: SocketOwner,
	sum: number,
	most: number,
	now: number,
): number {
	let left = sum;
	let count = 0;
	while (left > most) {
		const found = nextEvicted(owners, holder, now) ?? besideUpload(owners, holder);
		if (!found) break;
		left -= found.held;
		found.evict();
		count++;
	}
	return count;
}

/** @returns Of the connections but `holder` that hold something, the one that is evicted next. */
function nextEvicted(
	owners: readonly (SocketOwner | undefined)[],
	holder: SocketOwner,
	now: number,
): Connection | undefined {
	let found: Connection | undefined;
	let foundRank = -1;
	for (const owner of owners) {
		if (!(owner instanceof Connection) || owner === holder || owner.held === 0 || owner.input instanceof Upload)
			continue;
		const elapsed = now - owner.since;
		const rank = elapsed >= STALE_MS ? elapsed + STALE_RANK : heldBy(owners, owner.remoteAddress);
		if (rank < foundRank || (rank === foundRank && found && owner.since >= found.since)) continue;
		found = owner;
		foundRank = rank;
	}
	return found;
}

/** @returns `holder`, where an upload of another connection holds something. */
function besideUpload(owners: readonly (SocketOwner | undefined)[], holder: SocketOwner): Connection | undefined {
	if (!(holder instanceof Connection) || holder.held === 0 || holder.input instanceof Upload) return undefined;
	const isUploading = owners.some(
		owner => owner instanceof Connection && owner.held > 0 && owner.input instanceof Upload,
	);
	return isUploading ? holder : undefined;
}

/** @returns Bytes that the connections of `address` hold. */
function heldBy(owners: readonly (SocketOwner | undefined)[], address: string | undefined): number {
	let sum = 0;
	for (const owner of owners) if (owner instanceof Connection && owner.remoteAddress === address) sum += owner.held;
	return sum;
}
