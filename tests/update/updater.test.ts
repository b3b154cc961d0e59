import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { sha256 } from "../../modules/auth/sha256.js";
import { UpdateError } from "../../modules/update/update-error.js";
import { Updater } from "../../modules/update/updater.js";
import { latin1 } from "../fakes/text.js";
import { announced, boot, flash, slotSize, upload } from "./device.js";
import { digestOf, makeImage, program } from "./image.js";

const good = makeImage();

/** @returns Why `image` is refused, and how many bytes of the slot were erased for it. */
function reason(image: Uint8Array, as = announced(image)): { kind: string; message: string; untouched: boolean } {
	const storage = flash();
	const firmware = boot(storage);
	const before = storage.erasures.slice();
	let error: unknown;
	try {
		upload(firmware, image, as);
	} catch (thrown) {
		error = thrown;
	}
	ok(error instanceof UpdateError, String(error));
	equal(boot(storage).running.version, "1.0.0");
	deepEqual(firmware.running, { version: "1.0.0", date: "Nov 27 2026 12:34:56", state: "valid" });
	return { kind: error.kind, message: error.message, untouched: String(storage.erasures) === String(before) };
}

test("a good image starts next, on probation", () => {
	const storage = flash();
	upload(boot(storage), good);
	deepEqual(boot(storage).running, { version: "1.1.0", date: "Nov 27 2026 12:34:56", state: "pending" });
});

test("pieces of any size make the same image", () => {
	for (const piece of [1, 7, 143, 144, 145, 1000, 5000]) {
		const storage = flash();
		upload(boot(storage), good, announced(good), piece);
		equal(boot(storage).running.version, "1.1.0", `${piece}`);
	}
});

test("what is no image of this chip and program is refused before anything is erased", () => {
	const rows: [Uint8Array, RegExp][] = [
		[new Uint8Array(0), /no firmware image/],
		[latin1(`\xff\xd8\xff\xe0\x00\x10JFIF${"\0".repeat(500)}`), /no firmware image/],
		[makeImage({ chip: 9 }), /is for ESP32-S3, this is ESP32-C3/],
		[makeImage({ chip: 77 }), /is for chip 77, this is ESP32-C3/],
		[makeImage({ program: "blink" }), /is another program \(blink\), this is dht-gauges/],
		[makeImage({ hashAppended: 0 }), /no appended digest/],
	];
	for (const [image, message] of rows) {
		const found = reason(image);
		equal(found.kind, "image");
		ok(message.test(found.message), found.message);
		ok(found.untouched, found.message);
	}
});

test("an image larger than the slot is refused as it is announced", () => {
	const found = reason(good, { size: slotSize + 1, digest: digestOf(good) });
	deepEqual([found.kind, found.untouched], ["too-large", true]);
});

test("an image that ends early is never started", () => {
	for (let part = 1; part <= 10; part++) {
		const cut = good.slice(0, Math.floor((good.byteLength * part) / 11));
		equal(reason(cut, announced(good)).kind, "image");
		equal(reason(cut).kind, "image");
	}
});

test("an image longer or shorter than announced is refused", () => {
	const longer = new Uint8Array(good.byteLength + 1);
	longer.set(good);
	ok(/longer than the \d+ bytes announced/.test(reason(longer, announced(good)).message));
	ok(/it has \d+ bytes, \d+ were announced/.test(reason(longer).message));
});

test("one bit that has changed, wherever it is, is found", () => {
	for (let turn = 0; turn < 100; turn++) {
		const image = good.slice();
		const at = (turn * 7919) % image.byteLength;
		image[at]! ^= 1 << (turn & 7);
		equal(reason(image, announced(good)).kind, "image", `byte ${at}`);
	}
});

test("a digest other than announced is refused, though the image is whole", () => {
	const other = makeImage({ version: "1.2.0" });
	ok(/not the one announced/.test(reason(other, announced(good)).message));
});

test("a digest forged at the end of a changed image is found", () => {
	const image = makeImage({ version: "6.6.6" });
	image.set(digestOf(good), image.byteLength - 32);
	ok(/not whole/.test(reason(image, announced(good)).message));
});

test("a check byte that is wrong is found, though the digest is right: the boot loader would refuse the image", () => {
	const image = good.slice();
	image[image.byteLength - 33]! ^= 1;
	image.set(sha256(image.subarray(0, -32)), image.byteLength - 32);
	ok(/not whole/.test(reason(image).message));
});

test("a second upload is refused while one is under way, and taken afterwards", () => {
	const updater = new Updater({ firmware: boot(flash()), program, onActivated() {} });
	const first = updater.begin(announced(good));
	throws(() => updater.begin(announced(good)), { kind: "busy" });
	first.close();
	first.close();
	updater.begin(announced(good)).close();
	equal(updater.progress, undefined);
});

test("no image is taken while the one that runs is on probation", () => {
	const storage = flash();
	upload(boot(storage), good);
	throws(() => upload(boot(storage), makeImage({ version: "1.2.0" })), { kind: "busy", message: /on probation/ });
});

test("progress tells bytes, size and version", () => {
	const updater = new Updater({ firmware: boot(flash()), program, onActivated() {} });
	const sent = updater.begin(announced(good));
	deepEqual(updater.progress, { received: 0, size: good.byteLength, version: undefined });
	sent.write(good.subarray(0, 500));
	deepEqual(updater.progress, { received: 500, size: good.byteLength, version: "1.1.0" });
});

test("flash that cannot be written ends the upload with one line", () => {
	const storage = flash();
	const updater = new Updater({ firmware: boot(storage), program, onActivated() {} });
	const sent = updater.begin(announced(good));
	storage.power = 300;
	throws(() => sent.write(good), { kind: "flash", message: "The flash cannot be written: the power is gone." });
	equal(updater.progress, undefined);
});

test("an image that is confirmed stays, one that is not is gone with the next start", () => {
	const storage = flash();
	upload(boot(storage), good);
	boot(storage);
	equal(boot(storage).running.version, "1.0.0");
	equal(boot(storage).other?.state, "aborted");
	upload(boot(storage), good);
	boot(storage).confirm();
	deepEqual([boot(storage).running.version, boot(storage).running.state], ["1.1.0", "valid"]);
});

test("an image that takes itself back is followed by the one before", () => {
	const storage = flash();
	upload(boot(storage), good);
	const firmware = boot(storage);
	firmware.confirm();
	upload(firmware, makeImage({ version: "1.2.0" }));
	const next = boot(storage);
	equal(next.running.version, "1.2.0");
	next.rollBack();
	deepEqual([boot(storage).running.version, boot(storage).other?.state], ["1.1.0", "invalid"]);
});

test("an image that was written and not activated does not start", () => {
	const storage = flash();
	const writer = boot(storage).open();
	writer.write(good);
	writer.close();
	equal(boot(storage).running.version, "1.0.0");
});
