// One of the servers as a program of its own, run by tools/peers/round.mjs: `NAME.js STREAMS FOLDER`, with that of the built page.
// Tells its port, then does as it is told.

import type { SensorData } from "../../modules/api/schema.js";
import { Device, filesOf } from "./device.js";
import { nowUs, tell } from "./process.js";

export interface Options {
	readonly device: Device;
	readonly files: ReadonlyMap<string, Uint8Array>;
	/** Most at once. */
	readonly streams: number;
}

export interface Started {
	readonly port: number;
	/** To all streams. */
	publish(reading: SensorData): void;
}

/** What the program is told, and its further words. */
interface Command {
	readonly command: "fill" | "publish" | "cpu" | "memory";
	readonly count?: number;
	readonly everyMs?: number;
}

/** Publishes `count` events, one each `everyMs`, and tells when it is through. Their `uptimeMs` is when they were published, in µs. */
function publish(publishOne: () => void, { count = 0, everyMs = 0 }: Command): void {
	let left = count;
	const timer = setInterval(() => {
		publishOne();
		if (--left > 0) return;
		clearInterval(timer);
		tell({});
	}, everyMs);
}

/** Tells the processor time it has taken, µs. */
function cpu(): void {
	const { user, system } = process.cpuUsage();
	tell({ us: user + system });
}

/** Tells its memory without garbage, bytes. */
function memory(): void {
	globalThis.gc?.();
	const { rss, heapUsed } = process.memoryUsage();
	tell({ rss, heapUsed });
}

export async function serve(start: (options: Options) => Promise<Started>): Promise<void> {
	const [streams, folder = ""] = process.argv.slice(2);
	const device = new Device();
	const server = await start({ device, files: filesOf(folder), streams: Number(streams) });
	const publishOne = () => server.publish(device.read(nowUs()));
	process.on("message", (command: Command) => {
		if (command.command === "fill") {
			device.fillHistory();
			tell({});
		} else if (command.command === "publish") publish(publishOne, command);
		else if (command.command === "cpu") cpu();
		else memory();
	});
	process.on("disconnect", () => process.exit());
	publishOne();
	tell({ port: server.port });
}
