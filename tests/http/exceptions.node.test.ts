// What is routine is returned, not thrown: a debugger, which stops at what is thrown, would stop the device in front of its developer.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { FakeDevice } from "../fakes/device.js";
import { thrownBy } from "../fakes/exceptions.js";
import { GuardedDevice, password } from "../fakes/guarded.js";
import { type Asked, request, signed } from "../fakes/signing.js";
import { rows } from "./conformance.js";

const host = "localhost";

test("exceptions are counted, caught or not, whoever throws them", async () => {
	const thrown = await thrownBy(() => {
		const planted = () => {
			throw new Error("planted");
		};
		for (const throwing of [planted, () => decodeURIComponent("%"), () => JSON.parse("{")])
			try {
				throwing();
			} catch {
				// counted all the same
			}
	});
	deepEqual(
		thrown.map(({ what }) => what.replace(/:.*/, "")),
		["Error", "URIError", "SyntaxError"],
	);
	match(thrown[0]?.where ?? "", /^planted < /);
	deepEqual(await thrownBy(() => {}), []);
});

/** Whether `bytes`, a character each, are UTF-8: of others the engine's own decoder tells by an exception, which the server expects. */
function decodable(bytes: string): boolean {
	return !/[\x80-\xff]/.test(bytes) || bytes.includes("\xc3\xa9");
}

test("an hour of every kind of request, good and bad: nothing is thrown", async () => {
	const device = new FakeDevice();
	const asked = rows.filter(({ name, send }) => name !== "a handler that throws" && decodable(send));
	ok(asked.length > rows.length - 10);
	const thrown = await thrownBy(() => {
		for (let at = 0; at < asked.length; at++) {
			const peer = device.network.connect();
			peer.send(asked[at]!.send);
			device.clock.advance(9000);
			device.network.settle();
			peer.close();
		}
		const streams = Array.from({ length: 9 }, () => device.network.connect());
		for (const stream of streams) stream.send(request({ method: "GET", target: "/sensor-data-events", host }));
		equal(streams[8]?.received.slice(9, 12), "503");
		streams[0]!.reading = false;
		streams[1]!.reading = false;
		for (let event = 0; event < 100; event++) {
			device.broadcaster.publish("sensor-data", "Room", device.reading("Room"));
			device.clock.advance(2000);
			device.network.settle();
			if (event === 50) streams[1]!.read();
		}
		equal(device.broadcaster.counters.evicted, 2);
		for (const stream of streams) stream.close();
	});
	deepEqual(thrown, []);
	deepEqual(device.errors, []);
});

test("who may not, and who signs wrongly: nothing is thrown", async () => {
	const device = new GuardedDevice();
	const change: Asked = { body: '{"name":"attic"}' };
	const read: Asked = { method: "GET", target: "/api/readings" };
	const statuses: number[] = [];
	const thrown = await thrownBy(() => {
		const ask = (bytes: string) => statuses.push(device.status(bytes));
		ask(request(change));
		ask(signed(password, device.nonce(), change));
		for (let at = 0; at < 6; at++) ask(signed("wrong", device.nonce(), change));
		device.clock.advance(60_000);
		for (const body of ["{", "[]", '{"nope":1}', "[".repeat(100), '{"adminPassword":{"sealed":"00ff"}}'])
			ask(signed(password, device.nonce(), { body }));
		device.private = true;
		ask(request(read));
		ask(request({ ...read, target: "/", fields: "Accept: text/html\r\n" }));
		ask(request({ ...read, fields: `Cookie: reader=${"0".repeat(64)}\r\n` }));
		device.password = undefined;
		ask(request(change));
	});
	deepEqual(statuses, [401, 200, 401, 401, 401, 401, 401, 429, 400, 422, 422, 400, 422, 401, 302, 401, 403]);
	deepEqual(thrown, []);
});
