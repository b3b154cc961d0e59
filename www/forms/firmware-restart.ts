// Restarts the device, waits until it is back, and tells what runs then: for the cards "Firmware" and "Diagnosis".

import type { Device, UpdateReport } from "../../modules/api/schema.js";
import { explainUpdate, type FirmwareStringKey, localize } from "../i18n/firmware-strings.js";
import type { FormStrings } from "../i18n/form-strings.js";
import { type Failure, get, getSigned, send } from "./client.js";
import { UPDATE_PATH } from "./firmware-upload.js";
import { explain } from "./form-page.js";

const POLL_MS = 1000;
/** A device that has not come back by then will not do so by itself, ms. */
const ABSENT_MS = 180_000;
/** An image that is not confirmed by then was taken back: its probation lasts five minutes, ms. */
const PROBATION_MS = 480_000;

/** Shows the reader a sentence. @param failed Whether it tells a failure. */
export type Say = (message: string, failed?: boolean) => void;

interface Run {
	/** Names one run of the device. */
	readonly boot: string;
	/** The version that was taken back last, and why; `null` without one. */
	readonly rolledBack: string | null;
	readonly running: UpdateReport["running"];
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** @param password For a private device: each restart forgets its readers. @returns `undefined` while there is no response. */
async function currentRun(password: string): Promise<Run | undefined> {
	try {
		let device = await get<Device>("/api/device");
		if (!device.ok && device.status === 401) {
			await send({ method: "POST", path: "/api/session", content: {}, password });
			device = await get<Device>("/api/device");
		}
		if (!device.ok) return undefined;
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
async function nextRun(
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

/** @returns Why the device did not do what it was told, and what to do. */
export function explainFailure(strings: FormStrings, failure: Failure): string {
	const { status, error } = failure;
	if (status === 401 || status === 429) return explain(strings, failure);
	return explainUpdate(status, typeof error === "string" ? error : error.message, strings.language);
}

/** @param expected The version that was to start; `undefined` for the one that ran already. */
function tell(run: Run | undefined, expected: string | undefined, { language }: FormStrings, say: Say): void {
	const { version = "", state } = run?.running ?? {};
	const string = (key: FirmwareStringKey, value = version) => localize(key, language, value);
	const wentBack = expected !== undefined && (run?.rolledBack != null || version !== expected);
	if (!run) say(string("absent"), true);
	else if (state === "pending") say(string("unconfirmed"), true);
	else if (wentBack) say(string("tookBack", run.rolledBack ?? version), true);
	else say(string(expected === undefined ? "restarted" : "confirmed"));
}

/**
 * Restarts the device: with what runs or was installed, or with what the other slot holds (`back`).
 * @returns What the device refused it with; it has been said. @throws {Error} The device does not respond.
 */
export async function restart(
	action: "restart" | "back",
	password: string,
	strings: FormStrings,
	say: Say,
): Promise<Failure | undefined> {
	const refuse = (failure: Failure) => {
		say(explainFailure(strings, failure), true);
		return failure;
	};
	const report = await getSigned<UpdateReport>(UPDATE_PATH, password);
	if (!report.ok) return refuse(report);
	const before = await currentRun(password);
	if (!before) throw new Error("the device does not respond");
	const reply = await send<UpdateReport>({ method: "POST", path: UPDATE_PATH, content: { action }, password });
	if (!reply.ok) return refuse(reply);
	const { language } = strings;
	say(localize("restarting", language));
	const run = await nextRun(before.boot, password, version => say(localize("probation", language, version)));
	const isUpdate = action === "back" || report.body.restart;
	tell(run, isUpdate ? report.body.other?.version : undefined, strings, say);
	return undefined;
}
