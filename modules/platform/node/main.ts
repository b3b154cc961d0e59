/** The desktop host's command: reads options and configuration, opens the port, starts the app. */

import { fileURLToPath } from "node:url";
import { bootDevice } from "../../app/boot.js";
import { defaultWarn, readSettings, type SensorSettings, type Settings } from "../../config/settings.js";
import { findModel, modelNames } from "../../dht/models.js";
import type { PulseCaptureConstructor } from "../../dht/pulse-capture.js";
import type { Host } from "../host.js";
import { attach } from "../simulated/attached-sensors.js";
import { simulatedCapture } from "../simulated/capture.js";
import type { SimulatedSensor } from "../simulated/sensor.js";
import { readAssets } from "./assets.js";
import { clock } from "./clock.js";
import { readConfig } from "./config.js";
import { defaultPort, limits, nodeHost, random } from "./host.js";
import { type Options, readOptions, usage } from "./options.js";
import { readRecordings, replayCapture, replaySequence } from "./replay.js";
import { type Listening, listen } from "./sockets.js";
import { fileStorage } from "./storage.js";

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
function replay(path: string): Pins {
	const recordings = readRecordings(path);
	const sensors = recordings.map(({ file, model }, pin) => {
		if (!findModel(model))
			throw new Error(
				`${path}: ${file}: model ${JSON.stringify(model)} is not known; ${modelNames.join(", ")} and what else they are sold as are`,
			);
		return { name: file, model, pin, warn: defaultWarn };
	});
	return { sensors, PulseCapture: replayCapture(recordings), sequence: replaySequence(recordings) };
}

/** Simulated sensors on the pins that the settings name. */
function simulate(faults: Options["faults"]): Pins {
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

async function prepare(options: Options): Promise<Ready> {
	const config: Record<string, unknown> = {
		...readConfig(options.config ?? file("moddable.config.json"), file("moddable.local.json")),
	};
	if (options.sensors.length > 0)
		config.sensors = options.sensors.map(({ name, model }, at) => ({ name, model, pin: at + 1 }));
	if (options.intervalMs !== undefined) config.intervalMs = options.intervalMs;
	if (options.setup) {
		delete config.ssid;
		delete config.password;
	}
	const settings = readSettings(config, limits);
	const { sensors, sequence, ...pins } =
		options.replay === undefined ? simulate(options.faults) : replay(options.replay);
	const storage = options.state === undefined ? undefined : fileStorage(options.state, limits.storage);
	const listening = await open(options, options.port ?? settings.port ?? defaultPort);
	const host = nodeHost({ listening, assets: readAssets(file("build/www")), ...pins, storage, wifi: options.wifi });
	const fixed: Partial<Settings> = { port: listening.port };
	if (options.intervalMs !== undefined) fixed.intervalMs = settings.intervalMs;
	if (options.sensors.length > 0) fixed.sensors = settings.sensors;
	if (sensors) fixed.sensors = sensors;
	const faults = options.replay === undefined ? options.faults : undefined;
	return { host, config, fixed, sequence, faults, wifi: options.wifi };
}

function run({ host, config, fixed, sequence }: Ready): void {
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
		else await launch(await prepare(options));
	} catch (error) {
		console.error((error as Error).message);
		process.exit(2);
	}
}
