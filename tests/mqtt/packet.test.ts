import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { connectPacket, pingPacket, publishPacket, subscribePacket } from "../../modules/mqtt/packet.js";
import { fromLatin1, text } from "../fakes/text.js";

const connect = { clientId: "dht1", keepAlive: 30, will: { topic: "dht/a/status", payload: "offline" } };
const publish = { topic: "a/b", qos: 0, retained: false, dup: false, id: 7 } as const;

test("CONNECT has a clean session, the will and the keep-alive", () => {
	equal(
		fromLatin1(connectPacket(text, connect)),
		"\x10\x27\0\x04MQTT\x04\x2e\0\x1e\0\x04dht1\0\x0cdht/a/status\0\x07offline",
	);
});

test("CONNECT has user and password, in UTF-8", () => {
	const packet = fromLatin1(connectPacket(text, { ...connect, credentials: { user: "é", password: "pw" } }));
	equal(packet.charCodeAt(9), 0xee);
	equal(packet.slice(-8), "\0\x02\xc3\xa9\0\x02pw");
});

test("PUBLISH of QoS 0 has no identifier", () => {
	equal(fromLatin1(publishPacket(text, publish, text.encode("hi"))), "\x30\x07\0\x03a/bhi");
});

test("PUBLISH of QoS 1 has its identifier, and says what it is by its flags", () => {
	const fields = { ...publish, qos: 1, retained: true, id: 0x1234 } as const;
	equal(fromLatin1(publishPacket(text, fields, new Uint8Array(0))), "\x33\x07\0\x03a/b\x12\x34");
	equal(fromLatin1(publishPacket(text, { ...fields, dup: true }, new Uint8Array(0))).charCodeAt(0), 0x3b);
});

test("the length takes one byte up to 127, two up to 16,383, three, then four", () => {
	const headOf = (length: number) => fromLatin1(publishPacket(text, publish, length)).slice(1, -5);
	deepEqual([122, 123, 16_378, 16_379, 2_097_146, 2_097_147].map(headOf), [
		"\x7f",
		"\x80\x01",
		"\xff\x7f",
		"\x80\x80\x01",
		"\xff\xff\x7f",
		"\x80\x80\x80\x01",
	]);
});

test("SUBSCRIBE asks for one topic at QoS 0", () => {
	equal(fromLatin1(subscribePacket(text, 1, "h/status")), "\x82\x0d\0\x01\0\x08h/status\0");
});

test("PINGREQ is two bytes", () => {
	equal(fromLatin1(pingPacket()), "\xc0\0");
});
