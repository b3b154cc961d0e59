// Waits while the device restarts, and tells what runs then.

import type { Device, UpdateReport } from "../../modules/api/schema.js";
import { get, send } from "./client.js";
import { UPDATE_PATH } from "./firmware-upload.js";

const POLL_MS = 1000;
/** A device that has not come back by then will not do so by itself, ms. */
const ABSENT_MS = 180_000;
/** An image that is not confirmed by then was taken back: its probation lasts five minutes, ms. */
const PROBATION_MS = 480_000;

export interface Run {
	/** Names one run of the device. */
	readonly boot: string;
	/** The version that was taken back last, and why; `null` without one. */
	readonly rolledBack: string | null;
	readonly running: UpdateReport["running"];
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** @param password For a private device: each restart forgets its readers. @returns `undefined` while there is no response. */
export async function currentRun(password: string): Promise<Run | undefined> {
	try {
		const device = await get<Device>("/api/device");
		if (!device.ok) {
			if (device.status === 401) await send({ method: "POST", path: "/api/session", content: {}, password });
			return undefined;
		}
		const update = await get<UpdateReport>(UPDATE_PATH);
		if (!update.ok) return undefined;
		const { boot, rolledBack } = device.body;
		return { boot, rolledBack, running: update.body.running };
	} catch {
		return undefined;
	}
}

/**
 * Waits for another run than `before`, and then until its firmware is on probation no more.
 * @param onProbation Called with the version while it is on probation. @returns `undefined` when the device does not come back.
 */
export async function nextRun(
	before: string,
	password: string,
	onProbation: (version: string) => void,
): Promise<Run | undefined> {
	const begun = performance.now();
	for (let seen = begun; performance.now() - seen < ABSENT_MS; ) {
		await sleep(POLL_MS);
		const run = await currentRun(password);
		if (!run || run.boot === before) continue;
		if (run.running.state !== "pending" || performance.now() - begun > PROBATION_MS) return run;
		onProbation(run.running.version);
		seen = performance.now();
	}
	return undefined;
}
