// Devices that are each other's neighbours.

import { FakeDevice } from "./device.js";

/** Devices of which the first one lists the others. */
export async function home(count: number): Promise<FakeDevice[]> {
	const devices: FakeDevice[] = [];
	for (let at = 0; at < count; at++) {
		const device = new FakeDevice({ sensors: [`Air ${at}`], intervalMs: 1000, heartbeatMs: 5000 });
		device.name = `device-${at}`;
		await device.start();
		device.publish(15 + at, 40 + at, `Air ${at}`);
		devices.push(device);
	}
	list(devices);
	return devices;
}

/** @param gone Indices of those that are not listed. */
export function list(devices: readonly FakeDevice[], gone: readonly number[] = []): void {
	const neighbours = devices.map(({ name, address, isOlder }) => {
		const { hostname, port } = new URL(address);
		return { name, address: hostname, port: Number(port), version: isOlder ? "0.9.0" : "1.0.0" };
	});
	devices[0]!.neighbours = {
		...{ name: "device-0", version: "1.0.0", ignored: 0 },
		neighbours: neighbours.filter((_, at) => at > 0 && !gone.includes(at)),
	};
}
