/** What the set-up page works with. */

import type { FoundNetwork, LossReason } from "../platform/types.js";

/**
 * Where the device stands: `setup` (its access point is open and nothing is being tried), `joining` (also between two
 * attempts), `joined`, `failed` (what was tried last with `tryJoin`).
 */
export type SetupPhase = "setup" | "joining" | "joined" | "failed";

/** Why the newest attempt failed; `no-answer`: the network neither took nor refused the device in time. */
export type FailureReason = LossReason | "no-answer";

/** As JSON tells it. */
export interface SetupState {
	phase: SetupPhase;
	/** The network tried or joined; `null` when there is none. */
	ssid: string | null;
	/** Of the newest attempt, `null` when it did not fail. */
	reason: FailureReason | null;
	/** The device's address in the network joined; `null` in other phases. */
	address: string | null;
	/** The name under which it is found there, `dht.local`. */
	host: string;
	/** The device's own access point, while it is open. */
	accessPoint: { ssid: string; address: string } | null;
}

export interface Setup {
	readonly state: SetupState;
	/** @returns Networks in reach, the strongest first, each name once, at most 20; a new search starts if these are old. */
	scan(): readonly FoundNetwork[];
	/**
	 * Tries these credentials while the access point stays open: `state` tells what comes of it. They are kept once they
	 * have worked; else the device returns to those it had.
	 * @throws {RangeError} One line: the name is not 1 to 32 bytes long, or the password not 8 to 63 characters.
	 */
	tryJoin(ssid: string, password: string | undefined): void;
	/** Forgets the credentials and opens the access point. */
	forget(): void;
	/** Whether a connection from this address came through the access point. */
	isGuest(remoteAddress: string | undefined): boolean;
}
