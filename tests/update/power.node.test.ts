// Power is lost at every byte that an update erases or writes: what starts next is always one whole image, the old or the new.

import { equal, ok } from "node:assert/strict";
import { test } from "node:test";
import type { FakeStorage } from "../fakes/storage.js";
import { boot, flash, upload } from "./device.js";
import { makeImage } from "./image.js";

const old = makeImage({ version: "1.1.0" });
const next = makeImage({ version: "1.2.0", segments: [700, 100, 60] });

/** A device that runs `old` from its second slot, confirmed. */
function device(): FakeStorage {
	const storage = flash();
	upload(boot(storage), old);
	boot(storage).confirm();
	return storage;
}

function restored(bytes: Uint8Array): FakeStorage {
	const storage = flash();
	storage.bytes.set(bytes);
	return storage;
}

/**
 * Runs `life` with the power cut after each byte.
 * @param before The version that follows one that was not confirmed. @returns Versions that then started, and how often.
 */
function everywhere(bytes: Uint8Array, life: (storage: FakeStorage) => void, before = "1.1.0"): Map<string, number> {
	const versions = new Map<string, number>();
	for (let power = 0; ; power++) {
		const storage = restored(bytes);
		storage.power = power;
		let whole = true;
		try {
			life(storage);
		} catch {
			whole = false;
		}
		storage.power = Number.POSITIVE_INFINITY;
		const { version, state } = boot(storage).running;
		ok(version === "1.1.0" || version === "1.2.0", version);
		ok(state === "valid" || state === "pending", state);
		if (state === "pending") equal(boot(storage).running.version, before);
		versions.set(version, (versions.get(version) ?? 0) + 1);
		if (whole) return versions;
	}
}

test("power lost at any byte of an upload", () => {
	const versions = everywhere(device().bytes, storage => upload(boot(storage), next));
	ok(versions.get("1.1.0")! > 2000);
	equal(versions.get("1.2.0"), 1);
});

test("power lost while the boot loader notes that a new image starts", () => {
	const storage = device();
	upload(boot(storage), next);
	everywhere(storage.bytes, flashed => boot(flashed));
});

test("power lost while the new image is confirmed", () => {
	const storage = device();
	upload(boot(storage), next);
	everywhere(storage.bytes, flashed => boot(flashed).confirm());
});

test("power lost while the new image takes itself back", () => {
	const storage = device();
	upload(boot(storage), next);
	everywhere(storage.bytes, flashed => boot(flashed).rollBack());
});

test("power lost on the way back to a confirmed image", () => {
	const storage = device();
	upload(boot(storage), next);
	boot(storage).confirm();
	const versions = everywhere(storage.bytes, flashed => boot(flashed).activateOther(), "1.2.0");
	equal(versions.get("1.1.0"), 1);
});
