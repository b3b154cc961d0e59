// Firmware over HTTP: who may send it, what is refused and how, and that a refused or broken upload changes nothing.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../../modules/auth/sha256.js";
import { request } from "../fakes/signing.js";
import { latin1 } from "../fakes/text.js";
import { boot, slotSize } from "../update/device.js";
import { digestOf, makeImage } from "../update/image.js";
import { type Changed, responseOf, UpdatedDevice } from "../update/updated-device.js";

const good = makeImage();
const date = "Nov 27 2026 12:34:56";
const running = { version: "1.0.0", date, state: "valid" };
const report = { chip: "ESP32-C3", slotSize, running, other: null, upload: null, restart: false };

/** Uploads. @returns Status and line of the response; flash is as before where the slot was not `touched`. */
function refusal(image: Uint8Array, changed?: Changed, touched = false): [status: number, line: string] {
	const device = new UpdatedDevice();
	const before = device.storage.bytes.slice();
	const [status, body] = device.put(image, changed);
	equal(device.next, "1.0.0");
	equal(device.report().upload, null);
	if (!touched) ok(device.storage.bytes.every((byte, at) => byte === before[at]));
	return [status, body.trimEnd()];
}

test("an image is taken, and starts with the restart that the client asks for", () => {
	const device = new UpdatedDevice();
	deepEqual(device.report(), report);
	const [status, body] = device.put(good);
	equal(status, 200);
	deepEqual(JSON.parse(body), { ...report, other: { version: "1.1.0", date, state: "new" }, restart: true });
	equal(device.restarts, 0);
	equal(device.act("restart")[0], 200);
	equal(device.restarts, 0);
	device.pass(600);
	deepEqual([device.restarts, device.next], [1, "1.1.0"]);
});

test("an upload under way is reported", () => {
	const device = new UpdatedDevice();
	const peer = device.begin(good);
	deepEqual(device.report().upload, { received: 0, size: good.byteLength, version: null });
	device.send(peer, good.subarray(0, 500));
	device.pass(100);
	deepEqual(device.report().upload, { received: 500, size: good.byteLength, version: "1.1.0" });
});

test("what is no image of this chip and program is refused with its line, and nothing is written", () => {
	const rows: [image: Uint8Array, status: number, line: string][] = [
		[new Uint8Array(0), 422, "The image is refused: it is no firmware image."],
		[latin1(`\xff\xd8\xff\xe0\x00\x10JFIF${"\0".repeat(500)}`), 422, "The image is refused: it is no firmware image."],
		[makeImage({ chip: 9 }), 422, "The image is refused: it is for ESP32-S3, this is ESP32-C3."],
		[makeImage({ program: "blink" }), 422, "The image is refused: it is another program (blink), this is dht-gauges."],
		[makeImage({ hashAppended: 0 }), 422, "The image is refused: it has no appended digest."],
	];
	for (const [image, ...expected] of rows) deepEqual(refusal(image, { digest: "0".repeat(64) }), expected);
});

test("an image larger than the slot is refused before its first byte", () => {
	deepEqual(refusal(makeImage({ segments: [3000, 1100] })), [413, "The image has 4176 bytes, the slot takes 4096."]);
});

test("an image that was cut off before it was announced is refused, wherever it ends", () => {
	for (let part = 1; part <= 10; part++) {
		const cut = good.slice(0, Math.floor((good.byteLength * part) / 11));
		equal(refusal(cut, { digest: hex(digestOf(good)) }, true)[0], 422, `${cut.byteLength}`);
	}
});

test("a client that leaves in the middle of its image, wherever that is, leaves the old one", () => {
	for (let part = 0; part <= 10; part++) {
		const device = new UpdatedDevice();
		const peer = device.begin(good);
		device.send(peer, good.subarray(0, Math.floor((good.byteLength * part) / 11)));
		peer.close();
		device.pass(200);
		deepEqual([device.next, device.report().upload], ["1.0.0", null]);
		equal(device.put(good)[0], 200);
	}
});

test("an upload that stalls is given up after the limit of progress, and the next is taken", () => {
	const device = new UpdatedDevice();
	const peer = device.begin(good);
	device.send(peer, good.subarray(0, 700));
	device.pass(9000);
	equal(device.report().upload.received, 700);
	device.pass(1500);
	equal(responseOf(peer)[0], 408);
	deepEqual([device.report().upload, device.next], [null, "1.0.0"]);
	equal(device.put(good)[0], 200);
});

test("one bit that has changed on the way is found, wherever it is", () => {
	for (let turn = 0; turn < 100; turn++) {
		const image = good.slice();
		const at = (turn * 7919) % image.byteLength;
		image[at]! ^= 1 << (turn & 7);
		equal(refusal(image, { digest: hex(digestOf(good)) }, true)[0], 422, `byte ${at}`);
	}
});

test("an image one byte longer than it says is refused", () => {
	const longer = new Uint8Array(good.byteLength + 1);
	longer.set(good);
	const digest = hex(digestOf(good));
	const [status, line] = refusal(longer, { digest }, true);
	equal(status, 422);
	match(line, /it has \d+ bytes, \d+ were announced/);
	const device = new UpdatedDevice();
	const peer = device.begin(good);
	device.send(peer, longer);
	device.pass(6000);
	match(peer.received, /^HTTP\/1\.1 200 [\s\S]*HTTP\/1\.1 408 /);
});

test("a forged digest at the end of an image, and a digest that was not announced, are refused", () => {
	const forged = makeImage({ version: "6.6.6" });
	forged.set(digestOf(good), forged.byteLength - 32);
	match(refusal(forged, undefined, true)[1], /what the flash holds is not whole/);
	match(refusal(makeImage({ version: "1.2.0" }), { digest: hex(digestOf(good)) }, true)[1], /not the one announced/);
});

test("an upload without a signature, with a wrong one, or one for another image gets 401", () => {
	for (const changed of [
		{ password: "" },
		{ password: "wrong" },
		{ signedQuery: `size=${good.byteLength}&sha256=${"0".repeat(64)}` },
		{ signedQuery: `size=1&sha256=${hex(digestOf(good))}` },
	])
		equal(refusal(good, changed)[0], 401, JSON.stringify(changed));
});

test("a replayed upload gets 401, while the first is under way and afterwards", () => {
	const device = new UpdatedDevice();
	const nonce = device.nonce();
	const peer = device.begin(good, {}, nonce);
	equal(responseOf(device.begin(good, {}, nonce))[0], 401);
	device.send(peer, good);
	device.pass(100);
	equal(responseOf(peer)[0], 200);
	equal(device.put(good, {}, nonce)[0], 401);
});

test("an upload may outlast its nonce", () => {
	const device = new UpdatedDevice();
	const peer = device.begin(good);
	for (let at = 0; at < good.byteLength; at += 50) {
		device.send(peer, good.subarray(at, at + 50));
		device.pass(800 + 4000 * (at % 100));
		if (peer.received !== "") break;
	}
	equal(responseOf(peer)[0], 408);
	const slow = device.begin(good);
	for (let at = 0; at < good.byteLength; at += 540) {
		device.pass(9000);
		device.send(slow, good.subarray(at, at + 540));
	}
	device.pass(100);
	equal(responseOf(slow)[0], 200);
});

test("errors come in their order: access, length, size, type, slot", () => {
	const all = { password: "", length: undefined, size: "x", type: "text/plain" };
	const large = makeImage({ segments: [3000, 1100] });
	deepEqual(
		[
			refusal(large, all)[0],
			refusal(large, { ...all, password: "correct horse" })[0],
			refusal(large, { type: "text/plain", size: "x" })[0],
			refusal(large, { type: "text/plain", size: large.byteLength + 1 })[0],
			refusal(large, { type: "text/plain", digest: "ab" })[0],
			refusal(large, { type: "text/plain" })[0],
			refusal(large, { type: "" })[0],
			refusal(large)[0],
		],
		[401, 411, 400, 400, 400, 415, 415, 413],
	);
});

test("chunks get 411, and everybody 403 where no password is set", () => {
	equal(refusal(good, { length: undefined, fields: "Transfer-Encoding: chunked\r\n" })[0], 411);
	const open = new UpdatedDevice({ adminPassword: "" });
	const [status, line] = responseOf(open.begin(good, { password: "" }));
	deepEqual([status, line], [403, "This needs a password: set one at /settings first.\n"]);
});

test("before a password is set nobody updates the device, not even while its set-up is open", () => {
	const open = new UpdatedDevice({ adminPassword: "" });
	open.app.access.beginSetup();
	equal(responseOf(open.begin(good, { password: "" }))[0], 403);
	equal(open.firmware.other, undefined);
});

test("a second upload gets 409, the first goes on", () => {
	const device = new UpdatedDevice();
	const first = device.begin(good);
	device.send(first, good.subarray(0, 700));
	deepEqual(device.put(makeImage({ version: "1.2.0" })), [409, "Another update is under way.\n"]);
	equal(device.act("back")[0], 409);
	device.send(first, good.subarray(700));
	device.pass(100);
	equal(responseOf(first)[0], 200);
});

test("the rest of a refused upload is read and dropped, so that its client sees why", () => {
	const large = makeImage({ segments: [256, 200_000] });
	const device = new UpdatedDevice();
	const peer = device.begin(large);
	device.send(peer, large.subarray(0, large.byteLength - 1));
	deepEqual([peer.closed, responseOf(peer)[0]], ["no", 413]);
	device.send(peer, large.subarray(large.byteLength - 1));
	equal(peer.closed, "fin");
	for (const changed of [{ type: "text/plain" }, { size: 1 }]) {
		const other = device.begin(large, changed);
		device.send(other, large);
		deepEqual([other.closed, other.received.slice(0, 10)], ["fin", "HTTP/1.1 4"]);
	}
});

test("no image is taken while the one that runs is on probation", () => {
	const device = new UpdatedDevice();
	device.put(good);
	const next = new UpdatedDevice({ storage: device.storage });
	equal(next.report().running.state, "pending");
	const [status, line] = next.put(makeImage({ version: "1.2.0" }));
	equal(status, 409);
	match(line, /on probation/);
});

test("back starts the other image, on probation; one on probation takes itself back", () => {
	const device = new UpdatedDevice();
	device.put(good);
	boot(device.storage).confirm();
	const next = new UpdatedDevice({ storage: device.storage });
	const [status, body] = next.act("back");
	deepEqual([status, JSON.parse(body).restart], [200, true]);
	next.pass(600);
	equal(next.restarts, 1);
	const again = new UpdatedDevice({ storage: next.storage });
	deepEqual(again.report().running, { ...running, state: "pending" });
	equal(again.act("back")[0], 200);
	again.pass(600);
	deepEqual(boot(again.storage).running, { version: "1.1.0", date, state: "valid" });
});

test("while a restart is due no slot is touched: the other one may be all that starts", () => {
	const device = new UpdatedDevice();
	device.put(good);
	const next = new UpdatedDevice({ storage: device.storage });
	equal(next.act("back")[0], 200);
	const before = next.storage.bytes.slice();
	deepEqual(next.put(makeImage({ version: "1.2.0" })), [409, "The device is about to restart.\n"]);
	deepEqual(next.storage.bytes, before);
});

test("who goes back twice starts the confirmed image, which is on no probation", () => {
	const device = new UpdatedDevice();
	device.put(good);
	const next = new UpdatedDevice({ storage: device.storage });
	equal(next.act("back")[0], 200);
	equal(next.act("back")[0], 409);
	next.pass(600);
	deepEqual([next.restarts, boot(next.storage).running.state, next.next], [1, "valid", "1.0.0"]);
});

test("back without another image gets 409, and an unknown action 422", () => {
	const device = new UpdatedDevice();
	deepEqual(device.act("back"), [409, "The other slot holds no whole image.\n"]);
	equal(device.act("reset")[0], 422);
	equal(device.signed({ method: "POST", target: "/api/update", body: '{"act":1}' })[0], 422);
	equal(device.signed({ method: "POST", target: "/api/update", body: "[" })[0], 400);
	equal(device.ask(request({ method: "POST", target: "/api/update", host: "192.168.1.50", body: "{}" }))[0], 401);
	device.pass(1000);
	equal(device.restarts, 0);
});

test("flash that cannot be written gets 507", () => {
	const device = new UpdatedDevice();
	const peer = device.begin(good);
	device.storage.power = 700;
	device.send(peer, good);
	device.pass(1000);
	deepEqual(responseOf(peer), [507, "The flash cannot be written: the power is gone.\n"]);
});

test("an image may be replaced by another before it has started", () => {
	const device = new UpdatedDevice();
	equal(device.put(good)[0], 200);
	const peer = device.begin(makeImage({ version: "1.2.0" }));
	equal(device.report().restart, true);
	device.send(peer, makeImage({ version: "1.2.0" }));
	device.pass(100);
	equal(responseOf(peer)[0], 200);
	equal(device.next, "1.2.0");
});

test("an upload that breaks off in a slot whose image was to start leaves the one that runs", () => {
	const device = new UpdatedDevice();
	const { record } = device.app.boot;
	device.put(good);
	equal(record.values.onProbation, "1.1.0");
	const peer = device.begin(makeImage({ version: "1.2.0" }));
	device.send(peer, makeImage({ version: "1.2.0" }).subarray(0, 700));
	peer.close();
	deepEqual([device.report().restart, device.next], [false, "1.0.0"]);
	equal(record.values.onProbation, null, "it has not started, so nothing takes it back");
});

test("a host without slots has none, and still drops what it is sent", () => {
	const device = new UpdatedDevice({ slots: false });
	deepEqual(device.ask(request({ method: "GET", target: "/api/update", host: "192.168.1.50" })), [
		404,
		"This host keeps no firmware in slots.\n",
	]);
	equal(device.put(good)[0], 404);
	equal(device.act("restart")[0], 404);
});

test("closing the device gives up an upload and a restart", () => {
	const device = new UpdatedDevice();
	const peer = device.begin(good);
	device.send(peer, good.subarray(0, 700));
	device.act("restart");
	device.app.close();
	device.app.close();
	device.pass(1000);
	deepEqual([device.restarts, device.next, device.clock.pending], [0, "1.0.0", 0]);
	ok(peer.closed !== "no");
});
