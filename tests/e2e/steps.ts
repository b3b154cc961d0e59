// What several end-to-end tests do to a device.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { DeviceHead, History } from "../../modules/api/schema.js";
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

/** Waits until `condition` holds. @throws {Error} It does not within `limitMs`. */
export async function until(
	condition: () => boolean | Promise<boolean>,
	what: string,
	limitMs = 15_000,
): Promise<void> {
	const end = performance.now() + limitMs;
	while (!(await condition())) {
		if (performance.now() >= end) throw new Error(`not within ${limitMs} ms: ${what}`);
		await sleep(10);
	}
}

/** What a device reports of itself. */
export async function head({ url }: Device): Promise<DeviceHead> {
	return (await (await fetch(`${url}/api/device`, { signal: AbortSignal.timeout(5000) })).json()) as DeviceHead;
}

/** @returns What a device with `--state` reports once it has started so often. */
export async function started(on: Device, boots = 1): Promise<DeviceHead> {
	let found: DeviceHead | undefined;
	const hasStarted = async () => {
		found = await head(on).catch(() => undefined);
		return (found?.start?.boots ?? 0) >= boots;
	};
	await until(hasStarted, `start ${boots}`, 30_000).catch(error => {
		throw new Error(`${error.message}: ${on.output()}`);
	});
	return found!;
}

/** Waits until nothing listens at its address. */
export async function isGone({ url }: Device): Promise<void> {
	const { hostname, port } = new URL(url);
	const isClosed = async () => {
		const socket = connect(Number(port), hostname);
		const isOpen = await once(socket, "connect").catch(() => false);
		socket.destroy();
		return isOpen === false;
	};
	await until(isClosed, "closed");
}

/** The number of the process that runs the program, below a device's supervisor. */
export function program({ process }: Device): number {
	const { pid } = process!;
	return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")[0]);
}
