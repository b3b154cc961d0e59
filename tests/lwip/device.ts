// The app over the chip's sockets: what tools/lwip/start.mjs has put into its file of settings is all that it is given.

import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import cutHead from "head";
import resolve from "resolve";
import { App } from "../../modules/app/app.js";
import { Configuration } from "../../modules/config/configuration.js";
import { LwipUDP } from "../../modules/platform/esp32/udp.js";
import type { Limits } from "../../modules/platform/host.js";
import { SimulatedRadio } from "../../modules/platform/simulated/radio.js";
import type { Storage } from "../../modules/platform/storage.js";
import { FakeFirmware } from "../fakes/firmware.js";
import { fakeHost, simulatedPins } from "../fakes/host.js";
import { text } from "../fakes/text.js";
import type { Start } from "../xs/messages.js";
import { AlarmClock } from "./clock.js";

declare const settings: Omit<Start, "storage"> & { state: string | undefined; limits: Limits };

const blockSize = 4096;

/** A file that is written anew at every change. */
function fileStorage(path: string, byteLength: number): Storage {
	const found = host.read(path);
	const bytes = found ? new Uint8Array(found) : new Uint8Array(byteLength).fill(0xff);
	return {
		byteLength,
		blockSize,
		read: (offset, length) => bytes.slice(offset, offset + length),
		erase(block) {
			bytes.fill(0xff, block * blockSize, (block + 1) * blockSize);
			host.write(path, bytes);
		},
		write(offset, data) {
			bytes.set(data, offset);
			host.write(path, bytes);
		},
	};
}

/** Erases a sector as flash does: nothing else goes on meanwhile. */
function eraseMs(written: number, length: number): number {
	const sectors = Math.ceil((written + length) / blockSize) - Math.ceil(written / blockSize);
	return sectors * 50;
}

const { config, fixed, sequence, limits, faults = {}, wifi, state, name, defaultPort, address } = settings;
const clock = new AlarmClock();
const files = new Map<string, Uint8Array | undefined>();
const storage = state === undefined ? undefined : fileStorage(state, limits.storage);
const log = (line: string) => host.print(line);
const random = () => host.random() >>> 0;
const device = fakeHost({
	name,
	defaultPort,
	clock,
	assets: {
		get(file) {
			if (!files.has(file)) {
				const bytes = host.read(`build/www/${file}`);
				files.set(file, bytes && new Uint8Array(bytes));
			}
			return files.get(file);
		},
	},
	address,
	...(wifi && { radio: new SimulatedRadio({ clock, networks: wifi, address, accessPointAddress: address }) }),
	UDP: LwipUDP,
	TCP,
	resolve,
	cutHead,
	Listener,
	...simulatedPins({ clock, random, faults }),
	storage,
	update: new FakeFirmware((written, length) => {
		for (const end = clock.ticks + eraseMs(written, length); clock.ticks < end; );
	}),
	random,
	log,
});
const configuration = new Configuration({ config, limits, fixed, storage, text, log });
const app = new App({ host: device, configuration, sequence });

host.onCommand = line => {
	const [command, argument = ""] = line.split(" ");
	if (command === "statistics") host.print(`statistics ${host.statistics()}`);
	else if (command === "refuse") host.refuse(Number(argument));
	else if (command === "exhaust") host.exhaust(Number(argument));
	else if (command === "close") {
		app.close();
		host.exit(0);
	}
};
