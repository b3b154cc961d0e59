// The hostile table over the chip's sockets: whatever a stranger sends, the next one is answered, and a stream goes on.

import { equal, ok } from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { EventStream } from "../e2e/stream.js";
import { accessPointAddress, address, HostileDevice, password } from "../hostile/device.js";
import { rows } from "../hostile/table.js";
import { skipTap as skip, startDevice } from "./tools.js";

/** How long a row's answer may take before its client leaves, ms. */
const patience = 300;

/** Sends `request` on a connection of its own. @returns Whether anything came back, or the connection was ended. */
async function send(host: string, request: string): Promise<boolean> {
	const socket = connect(80, host);
	const heard = Promise.race(["data", "end", "error"].map(event => once(socket, event).catch(() => [])));
	socket.on("error", () => {});
	socket.write(request, "latin1");
	const answered = await Promise.race([heard.then(() => true), sleep(patience, false)]);
	socket.destroy();
	return answered;
}

test("every row of the hostile table", { skip }, async t => {
	const device = await startDevice({ config: { adminPassword: password } });
	await new Promise<void>(resolve => {
		device.onLine = line => line.includes("http://") && resolve();
	});
	const url = `http://${device.address}`;
	const stream = await EventStream.open(`${url}/sensor-data-events`);
	await stream.nextOf("sensor-data");
	const udp = createSocket("udp4");
	let answered = 0;
	let datagrams = 0;
	for (const kind of ["open", "private", "setup", "own"] as const) {
		const model = new HostileDevice(kind);
		for (const { device: of, request, datagram } of rows) {
			if (of !== kind) continue;
			if (datagram) {
				udp.send(datagram.bytes(), datagram.port, device.address);
				datagrams++;
			}
			if (!request) continue;
			const own = request(model).replaceAll(kind === "setup" ? accessPointAddress : address, device.address);
			if (await send(device.address, own)) answered++;
		}
		equal((await fetch(`${url}/api/readings`)).status, 200, `after the rows of ${kind}`);
		model.app.close();
	}
	await stream.nextOf("sensor-data");
	stream.close();
	udp.close();
	const { counters } = (await (await fetch(`${url}/api/device`)).json()) as { counters: Record<string, number> };
	const statistics = await device.statistics();
	t.diagnostic(`${rows.length} rows, ${answered} answered, ${datagrams} datagrams; ${JSON.stringify(statistics)}`);
	equal(counters.failures, 0);
	ok(answered > 150 && datagrams > 20);
	ok(statistics.queue.most <= (statistics.queue.length * 2) / 3);
	equal(await device.close(), 0);
});
