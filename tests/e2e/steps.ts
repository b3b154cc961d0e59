// What several end-to-end tests do to a device.

import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { History } from "../../modules/api/schema.js";
import { anyDevice, type Device } from "./device.js";
import { EventStream } from "./stream.js";

/** @returns A folder that is there as long as the test. */
export async function temporaryFolder(t: TestContext): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "dht-gauges-"));
	t.after(() => rm(folder, { recursive: true }));
	return folder;
}

/** Starts a device that ends with the test. */
export async function start(t: TestContext, ...args: string[]): Promise<Device> {
	const device = await anyDevice(...args);
	t.after(() => device.stop());
	return device;
}

export async function history(url: string, query: string): Promise<History> {
	return (await (await fetch(`${url}/api/history?${query}`)).json()) as History;
}

/** Waits until the device has taken `count` readings. */
export async function readings(url: string, count: number): Promise<void> {
	const stream = await EventStream.open(`${url}/sensor-data-events`);
	for (let seen = 0; seen < count; seen++) await stream.nextOf("sensor-data");
	stream.close();
}

/** The number of the process that runs the program, below a device's supervisor. */
export function program({ process }: Device): number {
	const { pid } = process!;
	return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")[0]);
}
