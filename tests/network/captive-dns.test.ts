import assert from "node:assert/strict";
import { test } from "node:test";
import { CaptiveDNS, captiveResponse } from "../../modules/network/captive-dns.js";
import { FakeDatagrams } from "../fakes/datagrams.js";

/** Bytes as hexadecimal digits, spaces allowed. */
function hex(digits: string): Uint8Array {
	return Uint8Array.from(digits.replaceAll(/\s/g, "").match(/../g) ?? [], pair => Number.parseInt(pair, 16));
}

const digits = (bytes: Uint8Array | undefined) =>
	bytes && Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");

/** captive.apple.com */
const name = "07 63617074697665 05 6170706c65 03 636f6d 00".replaceAll(" ", "");
const query = (type: string, flags = "0100") => hex(`1234 ${flags} 0001 0000 0000 0000 ${name} ${type} 0001`);
const answer = (bytes: Uint8Array) => digits(captiveResponse(bytes, "192.168.4.1"));

test("every name has the device's address", () => {
	const record = "c00c 0001 0001 0000000a 0004 c0a80401".replaceAll(" ", "");
	assert.equal(answer(query("0001")), `123485000001000100000000${name}00010001${record}`);
});

test("a question for anything else has no records, so that the phone goes on to the address", () => {
	for (const type of ["001c", "0041", "000f"])
		assert.equal(answer(query(type)), `123485000001000000000000${name}${type}0001`);
});

test("what is no query gets no answer", () => {
	assert.equal(answer(query("0001", "8180")), undefined);
	const whole = query("0001");
	for (let length = 0; length < whole.length; length++) assert.equal(answer(whole.subarray(0, length)), undefined);
	assert.equal(answer(hex("1234 0100 0001 0000 0000 0000 c00c 0001 0001")), undefined);
	assert.equal(answer(hex("1234 0100 0001 0000 0000 0000 c0ff 0001 0001")), undefined);
	assert.equal(answer(hex(`1234 0100 0001 0000 0000 0000 40 ${"61".repeat(64)} 00 0001 0001`)), undefined);
	const label = `3f${"61".repeat(63)}`;
	assert.equal(answer(hex(`1234 0100 0001 0000 0000 0000 ${label.repeat(5)} 00 0001 0001`)), undefined);
});

test("what is not understood is told so", () => {
	assert.equal(answer(query("0001", "2000")), "1234a4040000000000000000");
	assert.equal(answer(hex("1234 0100 0000 0000 0000 0000")), "123485010000000000000000");
	assert.equal(
		answer(hex(`1234 0000 0002 0000 0000 0000 ${name} 0001 0001 c00c 001c 0001`)),
		"123484010000000000000000",
	);
});

test("guests are answered, others are not, and a datagram that cannot be sent is lost", () => {
	const datagrams = new FakeDatagrams();
	const portal = new CaptiveDNS({
		UDP: datagrams.UDP,
		address: "192.168.4.1",
		isGuest: address => address === "192.168.4.2",
	});
	assert.deepEqual(datagrams.open, [53]);
	datagrams.arrive(53, query("0001"), "192.0.2.9");
	assert.deepEqual(datagrams.sent, []);
	datagrams.arrive(53, query("0001"), "192.168.4.2", 40_000);
	const [sent] = datagrams.take();
	assert.deepEqual([sent?.address, sent?.port, digits(sent?.bytes)?.slice(-8)], ["192.168.4.2", 40_000, "c0a80401"]);
	datagrams.failing = "write";
	datagrams.arrive(53, query("0001"), "192.168.4.2");
	portal.close();
	portal.close();
	assert.deepEqual(datagrams.open, []);
});
