/** The desktop host's command: reads options and configuration, opens the port, starts the app. */

import { fileURLToPath } from "node:url";
import { bootDevice } from "../../app/boot.js";
import { defaultWarn, readSettings, type SensorSettings, type Settings } from "../../config/settings.js";
import { findModel, modelNames } from "../../dht/models.js";
import type { PulseCaptureConstructor } from "../../dht/pulse-capture.js";
import type { Clock } from "../clock.js";
import type { Host } from "../host.js";
import { attach } from "../simulated/attached-sensors.js";
import { actOut, type Behaviour, behaviourOf } from "../simulated/behaviour.js";
import type { Press } from "../simulated/button.js";
import { simulatedCapture } from "../simulated/capture.js";
import type { SimulatedSensor } from "../simulated/sensor.js";
import { readAssets } from "./assets.js";
import { NodeClock } from "./clock.js";
import { readConfig } from "./config.js";
import { fileFirmware } from "./firmware.js";
import { defaultPort, limits, nodeHost, random, versionOf } from "./host.js";
import { type Options, readOptions, usage } from "./options.js";
import { readRecordings, replayCapture, replaySequence } from "./replay.js";
import { openSerial } from "./serial.js";
import { type Listening, listen } from "./sockets.js";
import { fileStorage } from "./storage.js";
import { bootOf, restart, running } from "./supervised.js";

/** A file of the project, from build/node/modules/platform/node/. */
const file = (path: string) => fileURLToPath(new URL(`../../../../../${path}`, import.meta.url));

/** A device that is ready to start. */
export interface Ready {
	host: Host;
	/** As of `Configuration`. */
	config: object;
	fixed: Partial<Settings>;
	/** As of `App`. */
	sequence: readonly number[] | undefined;
	/** Of the simulated sensors; absent in a replay. */
	faults: Options["faults"] | undefined;
	/** Of the simulated radio; absent where there is none. */
	wifi: Options["wifi"];
	/** Of the simulated button; without any there is none. */
	presses: readonly Press[];
	/** Of the firmware image that runs. */
	behaviour: Behaviour;
}

/** The stand-in for the pins. */
interface Pins {
	PulseCapture: PulseCaptureConstructor;
	/** The sensors of a replay. */
	sensors?: SensorSettings[];
	attach?: Host["attach"];
	/** In a replay the order in which they are read. */
	sequence?: number[];
}

/** The recordings of the file `path`, each as a sensor of its file's name. */
function replay(path: string, clock: Clock): Pins {
	const recordings = readRecordings(path);
	const sensors = recordings.map(({ file, model }, pin) => {
		if (!findModel(model))
			throw new Error(
				`${path}: ${file}: model ${JSON.stringify(model)} is not known; ${modelNames.join(", ")} and what else they are sold as are`,
			);
		return { name: file, model, pin, warn: defaultWarn };
	});
	return { sensors, PulseCapture: replayCapture(recordings, clock), sequence: replaySequence(recordings) };
}

/** Simulated sensors on the pins that the settings name. */
function simulate(faults: Options["faults"], clock: Clock): Pins {
	const sensors = new Map<number, SimulatedSensor>();
	return {
		PulseCapture: simulatedCapture({ clock, sensors }),
		attach: attached => attach(sensors, attached, random, faults),
	};
}

const busy: Record<string, string> = {
	EADDRINUSE: "is in use; choose another with --port",
	EACCES: "is not allowed to this user; choose one above 1023 with --port",
	EADDRNOTAVAIL: "is not on this computer; choose another address with --host",
	ENOTFOUND: "is not on this computer; choose another address with --host",
};

async function open({ host }: Options, port: number): Promise<Listening> {
	try {
		return await listen(host, port, limits);
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		throw new Error(`${host}:${port} ${busy[code ?? ""] ?? message}`);
	}
}

/** The configuration's file, and over it what the options say. */
function configOf({ config: path, sensors, intervalMs, setup, mqtt }: Options): object {
	const config: Record<string, unknown> = {
		...readConfig(path ?? file("moddable.config.json"), file("moddable.local.json")),
		...mqtt,
	};
	if (sensors.length > 0) config.sensors = sensors.map(({ name, model }, at) => ({ name, model, pin: at + 1 }));
	if (intervalMs !== undefined) config.intervalMs = intervalMs;
	if (setup) {
		delete config.ssid;
		delete config.password;
		delete config.networks;
	}
	return config;
}

async function prepare(options: Options): Promise<Ready> {
	const { state, wifi, presses } = options;
	const clock = new NodeClock(options.speed);
	const config = configOf(options);
	const settings = readSettings(config, limits);
	const { sensors, sequence, ...pins } =
		options.replay === undefined ? simulate(options.faults, clock) : replay(options.replay, clock);
	const storage = state === undefined ? undefined : fileStorage(state, limits.storage);
	const boot = bootOf();
	const listening = await open(options, boot?.port ?? options.port ?? settings.port ?? defaultPort);
	const assets = readAssets(file("build/www"));
	const slots = boot && state !== undefined ? fileFirmware(`${state}.ota`, versionOf(assets), restart) : undefined;
	const host = nodeHost({
		clock,
		listening,
		assets,
		...pins,
		storage,
		wifi: wifi && { networks: wifi, absences: options.absences },
		bootInfo: boot?.info,
		update: slots?.firmware,
		presses,
		serial: options.serial === undefined ? undefined : openSerial(options.serial),
	});
	const fixed: Partial<Settings> = { port: listening.port };
	if (options.intervalMs !== undefined) fixed.intervalMs = settings.intervalMs;
	if (options.sensors.length > 0) fixed.sensors = settings.sensors;
	if (sensors) fixed.sensors = sensors;
	for (const key of Object.keys(options.mqtt)) Object.assign(fixed, { [key]: settings[key as keyof Settings] });
	const faults = options.replay === undefined ? options.faults : undefined;
	return { host, config, fixed, sequence, faults, wifi, presses, behaviour: behaviourOf(slots?.text ?? "") };
}

/** Prints how the program started, unless the power has just come on. */
function tell({ bootInfo, log }: Host): void {
	if (!bootInfo || bootInfo.boots === 1) return;
	const { reason, boots, lastCrash } = bootInfo;
	const isOfLastRun = lastCrash?.startsWith(`start ${boots - 1}:`);
	log(`start ${boots}: ${reason}${isOfLastRun ? `; ${lastCrash}` : ""}`);
}

function run({ host: hardware, config, fixed, sequence, behaviour }: Ready): void {
	const host = actOut(behaviour, hardware);
	const device = bootDevice({ host, limits, config, fixed, sequence });
	process.once("exit", () => device.close());
}

/**
 * Runs until the process is ended; what a person did wrong is one line on stderr and exit status 2.
 * @param launch Starts the app; by default in this process.
 */
export async function main(args: string[], launch: (ready: Ready) => void | Promise<void> = run): Promise<void> {
	try {
		const options = readOptions(args);
		if (options.help) console.log(usage);
		else {
			const ready = await prepare(options);
			running(ready.fixed.port!);
			tell(ready.host);
			await launch(ready);
		}
	} catch (error) {
		console.error((error as Error).message);
		process.exit(2);
	}
}
