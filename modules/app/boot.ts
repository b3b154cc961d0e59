/**
 * Starts a device that nobody sits in front of. What makes the start fail is left out step by step: first changed settings, then the
 * firmware where there is another, at last all but the network, a page that says what is wrong, and updates.
 */

import { Configuration } from "../config/configuration.js";
import { SettingsOverrides } from "../config/overrides.js";
import { ownConfig, readSettings, type Settings } from "../config/settings.js";
import { Log } from "../log/log.js";
import type { Host, Limits, Platform } from "../platform/host.js";
import { finishErasure } from "../storage/erasure.js";
import { BootRecord, imageName } from "../update/boot-record.js";
import { type BootMode, CrashLadder } from "../update/crash-ladder.js";
import { QuickBoots } from "../update/quick-boots.js";
import { reasons } from "../update/reasons.js";
import { App } from "./app.js";
import { Rescue } from "./rescue.js";

/** Time for the console's line before the other firmware starts, ms. */
const restartMs = 500;

/** The modes that are tried in order, until the program starts in one; after the last it is `rescue`. */
const attempts: Readonly<Record<BootMode, readonly ("normal" | "safe")[]>> = Object.freeze(
	{ normal: ["normal", "safe"], safe: ["safe"], back: ["safe"], rescue: [] },
	true,
);

/** A running device. */
export interface Device {
	/** Frees everything; may be called twice. */
	close(): void;
}

export interface BootOptions {
	host: Host;
	limits: Limits;
	/** As of `Configuration`. */
	config: object;
	fixed?: Partial<Settings> | undefined;
	/** As of `App`. */
	sequence?: readonly number[] | undefined;
}

/** @param config As of `mc/config`. */
export function boot(platform: Platform, config: object): Device {
	const own = ownConfig(config);
	const { limits } = platform;
	return bootDevice({ host: platform.createHost(sensorsOf(own, limits)), limits, config: own });
}

/** Starts the device, the same on all hosts. @throws {Error} Not even the network can be had: another start may. */
export function bootDevice(options: BootOptions): Device {
	const { host } = options;
	const { clock, storage, text, version, update, bootInfo } = host;
	const log = new Log(host);
	forgetAll(options, log);
	const record = new BootRecord({ storage, text, log: log.from("start") });
	const ladder = new CrashLadder({ record, clock, reason: bootInfo?.reason ?? "power-on", version, update });
	const { rolledBack } = record.values;
	if (rolledBack !== null) log.from("start")(`firmware taken back: ${rolledBack}`, "warning");
	if (ladder.mode === "back" && goBack(host, record, log)) return ladder;
	const device = run(options, log, record, ladder.mode);
	const { access, configuration } = device;
	const reason = configuration.settings.adminPassword === undefined ? bootInfo?.reason : undefined;
	const quickBoots = new QuickBoots({ clock, record, reason, onThird: () => access.beginSetup() });
	return {
		close() {
			quickBoots.close();
			ladder.close();
			device.close();
		},
	};
}

/** Erases all that is kept, where the run before was asked to. The build's Wi-Fi is given up, too, so that the access point opens. */
function forgetAll({ host, config }: BootOptions, log: Log): void {
	const { storage, text } = host;
	if (!storage) return;
	try {
		finishErasure(storage, () => {
			log.from("start")("all that was kept is erased");
			const kept = new SettingsOverrides({ storage, text, log: log.from("settings") });
			if ("ssid" in config) kept.save({ ssid: null, password: null });
		});
	} catch (error) {
		log.from("start")(`not all that was kept is erased: ${(error as Error).message}`, "error");
	}
}

/** Starts what `mode` allows or, where that fails at once, less. */
function run(options: BootOptions, log: Log, record: BootRecord, mode: BootMode): App | Rescue {
	const { host, limits, config, fixed = {}, sequence } = options;
	const { storage, text } = host;
	const configurationOptions = { limits, fixed, storage, text, log: log.from("settings") };
	let reason: string | null = mode === "normal" ? null : reasons.crashes;
	for (const attempt of attempts[mode]) {
		if (reason !== null) log.from("start")(`${attempt} mode: ${reason}`, "error");
		try {
			const configuration = new Configuration({ ...configurationOptions, config, mode: attempt });
			return new App({ host, log, configuration, sequence, boot: { mode: attempt, reason, record } });
		} catch (error) {
			reason = (error as Error).message;
		}
	}
	reason ??= "";
	log.from("start")(`rescue mode: ${reason}`, "error");
	// These two are checked together, and nobody needs them here.
	const { maxConnections: _, maxStreams: __, ...most } = config as Partial<Settings>;
	const configuration = new Configuration({ ...configurationOptions, config: most, mode: "rescue" });
	return new Rescue({ host, log, configuration, boot: { mode: "rescue", reason, record } });
}

/** Has the other slot's firmware start, where it was ever confirmed. @returns Whether it does. */
function goBack({ update, clock, version }: Host, record: BootRecord, log: Log): boolean {
	try {
		const other = update?.other;
		if (!update || !other) return false;
		const wasConfirmed =
			other.state === "valid" || (other.state === "new" && imageName(other) === record.values.confirmed);
		if (!wasConfirmed) return false;
		update.activateOther();
		log.from("start")(`firmware ${version} is taken back to ${other.version}: ${reasons.crashes}`, "error");
		record.handOver(other.version, false, `${version}: ${reasons.crashes}`);
		clock.set(() => update.restart(), restartMs);
		return true;
	} catch (error) {
		log.from("start")(`firmware ${version} stays: ${(error as Error).message}`, "error");
		return false;
	}
}

/** The sensors of the build, for a host that simulates them. */
function sensorsOf(config: object, limits: Limits): Settings["sensors"] {
	try {
		return readSettings(config, limits).sensors;
	} catch {
		return [];
	}
}
