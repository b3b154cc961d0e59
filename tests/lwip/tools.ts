// What the tests of the chip's sockets share.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { limits } from "../../modules/platform/node/host.js";

const tool = (name: string) => import(pathToFileURL(join("tools/lwip", name)).href);

const build = await tool("build.mjs");
const { launch } = await tool("launch.mjs");

/** What lwIP, the queue of messages, the interface and the heap have come to: see tools/lwip/host.c. */
export interface Statistics {
	heap: number;
	queue: { length: number; most: number; refused: number };
	lwip: {
		active: number;
		timeWait: number;
		pcbsMost: number;
		segments: number;
		buffers: number;
		buffersMost: number;
		heap: number;
		heapMost: number;
		failed: number;
	};
	frames: { in: number; out: number; lost: number; withoutBuffer: number };
}

export interface Device {
	readonly address: string;
	readonly output: string;
	readonly wire: import("node:net").Socket;
	readonly closed: Promise<number | string>;
	onLine(line: string): void;
	statistics(): Promise<Statistics>;
	type(line: string): void;
	close(): Promise<number | string>;
}

/** Whether ThreadSanitizer is to watch. */
export const checked = process.env.DEVICE_CHECKED !== undefined;
const program = checked ? await build.device(64, true) : await build.device();

/** Why nothing can be run here; else `false`. */
export const skip = program === undefined ? "the device's program cannot be built" : false;

/** Why there is no TAP device here; else `false`. */
export const skipTap =
	skip ||
	(spawnSync("ip", ["tuntap", "show"]).status === 0 && process.env.LWIP_NAMESPACE ? false : "not in a namespace");

/** Starts the app on port 80. @param options Of `launch`, and settings of the app. */
export async function startDevice({
	config = {},
	...options
}: {
	damage?: string;
	wire?: boolean;
	entry?: string;
	config?: object;
} = {}): Promise<Device> {
	return launch({
		program,
		env: { TSAN_OPTIONS: "suppressions=tools/lwip/tsan.supp:halt_on_error=1:exitcode=66" },
		settings: (name: string, address: string) => ({
			name,
			address,
			limits,
			defaultPort: 80,
			config: { sensors: [{ name: "Room", model: "DHT22", pin: 4 }], ...config },
			fixed: {},
			faults: {},
		}),
		...options,
	});
}
