import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { maxPacket, PacketReader } from "../../modules/mqtt/packet-reader.js";
import { choices } from "../fakes/random.js";
import { fromLatin1, latin1 } from "../fakes/text.js";

/** Feeds `bytes` in pieces. @returns The packets, and whether all was allowed. */
function read(bytes: string, pieceOf: () => number = () => bytes.length) {
	const packets: [type: number, flags: number, body: string][] = [];
	const reader = new PacketReader();
	const handler = {
		onPacket(type: number, flags: number, body: Uint8Array) {
			packets.push([type, flags, fromLatin1(body)]);
			return true;
		},
	};
	let allowed = true;
	for (let at = 0; at < bytes.length && allowed; ) {
		const length = pieceOf();
		allowed = reader.push(latin1(bytes.slice(at, at + length)), handler);
		at += length;
	}
	return { packets, allowed };
}

const some = "\x20\x02\0\0\x90\x03\0\x01\0\x31\x04\0\x01ab\xd0\0\x40\x02\0\x02";
const parsed = [
	[2, 0, "\0\0"],
	[9, 0, "\0\x01\0"],
	[3, 1, "\0\x01ab"],
	[13, 0, ""],
	[4, 0, "\0\x02"],
];

test("packets in one piece are found", () => {
	deepEqual(read(some), { packets: parsed, allowed: true });
});

test("packets are the same however they are cut", () => {
	const choose = choices(3);
	deepEqual(read(some, () => 1).packets, parsed);
	for (let count = 0; count < 50; count++) deepEqual(read(some, () => 1 + choose(5)).packets, parsed);
});

test("a message of the largest size is read, and a larger one is skipped with what follows intact", () => {
	const message = (length: number) =>
		`\x30${String.fromCharCode((length & 0x7f) | 0x80, length >> 7)}${"x".repeat(length)}`;
	equal(read(message(maxPacket)).packets[0]?.[2].length, maxPacket);
	deepEqual(
		read(`${message(maxPacket + 1)}\xd0\0`, () => 100),
		{ packets: [[13, 0, ""]], allowed: true },
	);
});

test("a message of 10 MB is skipped without memory for it", () => {
	const reader = new PacketReader();
	let packets = 0;
	const handler = { onPacket: () => ++packets > 0 };
	ok(reader.push(new Uint8Array([0x30, 0x80, 0xad, 0xe2, 0x04]), handler));
	const piece = new Uint8Array(50_000);
	for (let sent = 0; sent < 10_000_000; sent += 50_000) ok(reader.push(piece, handler));
	equal(packets, 0);
	ok(reader.push(new Uint8Array([0xd0, 0]), handler));
	equal(packets, 1);
});

for (const [what, bytes] of [
	["a request to a server", "\x10\x00"],
	["text", "HTTP/1.1 400 Bad Request"],
	["flags that the type has not", "\x21\x02\0\0"],
	["a message above QoS 0", "\x32\x05\0\x01a\0\x01"],
	["a length of five bytes", "\x30\xff\xff\xff\xff\x01"],
	["a response of more than the limit", "\x90\x81\x04"],
	["zeros", "\0\0\0\0"],
] as const)
	test(`${what} is not allowed`, () => {
		equal(read(bytes, () => 1).allowed, false);
	});

test("a handler that has had enough gets no more", () => {
	let packets = 0;
	ok(new PacketReader().push(latin1("\xd0\0\xd0\0\xd0\0"), { onPacket: () => ++packets < 2 }));
	equal(packets, 2);
});
