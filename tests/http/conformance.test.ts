import { equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { FakeDevice } from "../fakes/device.js";
import type { Peer } from "../fakes/sockets.js";
import { latin1 } from "../fakes/text.js";
import { type Row, rows } from "./conformance.js";

const CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

/** A longer row, in bytes, is split only at every so manyth place. */
const LONG = 1000;
const STRIDE = 97;

/** What came back, and that the device did with the connection as it should. */
function verify({ answer, closes, interim }: Row, device: FakeDevice, peer: Peer, how: string): void {
	const received = interim ? peer.received.replace(CONTINUE, "") : peer.received;
	if (typeof answer === "string") equal(received, answer, how);
	else match(received, answer, how);
	if (closes) device.clock.advance(1500);
	equal(peer.closed === "no", !closes, how);
	peer.close();
	equal(device.network.open.size, 0, how);
	equal(device.broadcaster.streams, 0, how);
}

test(`there are ${rows.length} rows, each of its own name and bytes`, () => {
	ok(rows.length >= 150);
	equal(new Set(rows.map(row => row.name)).size, rows.length);
});

for (const row of rows)
	test(`${row.name}: whole, byte by byte, and split anywhere`, () => {
		const send = latin1(row.send);
		const device = new FakeDevice();
		const whole = device.network.connect();
		whole.send(send);
		verify(row, device, whole, "whole");

		const bytewise = device.network.connect();
		for (const byte of send) bytewise.send(Uint8Array.of(byte));
		verify(row, device, bytewise, "byte by byte");

		let splits = 0;
		for (let at = 1; at < send.length; at += send.length > LONG ? STRIDE : 1) {
			splits++;
			const split = device.network.connect();
			split.send(send.subarray(0, at));
			split.send(send.subarray(at));
			verify(row, device, split, `split at ${at}`);
		}
		equal(device.errors.length, row.name === "a handler that throws" ? splits + 2 : 0);
	});
