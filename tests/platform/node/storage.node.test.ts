import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as files from "node:fs";

import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { SettingsOverrides } from "../../../modules/config/overrides.js";
import { type Files, fileStorage } from "../../../modules/platform/node/storage.js";
import { text } from "../../fakes/text.js";

const byteLength = 21 * 4096;

function folder(t: TestContext): string {
	const path = files.mkdtempSync(join(tmpdir(), "dht-state-"));
	t.after(() => files.rmSync(path, { recursive: true, force: true }));
	return path;
}

/** `node:fs` on a disk with room for so many more bytes: it takes what fits, then nothing. */
function nearlyFull(room: number): Files {
	return {
		...files,
		writeSync: ((file: number, bytes: Uint8Array, at: number, length: number, offset: number) => {
			if (room === 0) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
			const count = Math.min(room, length);
			room -= count;
			return files.writeSync(file, bytes, at, count, offset);
		}) as typeof files.writeSync,
	};
}

test("a file is made erased and whole, in place of an empty one, too, and keeps what is written", t => {
	const path = join(folder(t), "state");
	files.writeFileSync(path, "");
	const storage = fileStorage(path, byteLength);
	assert.deepEqual(files.readFileSync(path), Buffer.alloc(byteLength, 0xff));
	storage.write(4096, Uint8Array.of(1, 2, 3));
	assert.deepEqual(fileStorage(path, byteLength).read(4095, 5), Uint8Array.of(255, 1, 2, 3, 255));
	storage.erase(1);
	assert.deepEqual(files.readFileSync(path), Buffer.alloc(byteLength, 0xff));
});

test("a disk without room for the file says so, leaves nothing, and a later start makes it", t => {
	const path = folder(t);
	const state = join(path, "state");
	for (const room of [0, 1, 4096, byteLength - 1]) {
		assert.throws(() => fileStorage(state, byteLength, { fs: nearlyFull(room) }), {
			message: `${state}: cannot be made (ENOSPC)`,
		});
		assert.deepEqual(files.readdirSync(path), []);
	}
	fileStorage(state, byteLength, { fs: nearlyFull(byteLength) });
	assert.deepEqual(files.readdirSync(path), ["state"]);
});

test("a disk that takes no more is told at the write, the file stays as long as it was, and what was kept is read", t => {
	const path = join(folder(t), "state");
	const open = (fs: Files = files) =>
		new SettingsOverrides({ storage: fileStorage(path, byteLength, { fs }), text, log: assert.fail });
	open().save({ name: "attic" });
	for (const room of [0, 100, 4096, 4100, 4130]) {
		assert.throws(() => open(nearlyFull(room)).save({ name: "cellar" }), {
			message: `${path}: cannot be written (ENOSPC)`,
		});
		assert.equal(files.readFileSync(path).byteLength, byteLength);
		assert.deepEqual(open().changes, { name: "attic" });
	}
	open().save({ name: "cellar" });
	assert.deepEqual(open().changes, { name: "cellar" });
});

test("a file of another length is left as it is, and one that is cut off while in use is told", t => {
	const path = join(folder(t), "state");
	files.writeFileSync(path, "a diary");
	assert.throws(() => fileStorage(path, byteLength), /not a state file \(7 bytes, not 86016\); it is left as it is$/);
	assert.equal(files.readFileSync(path, "utf8"), "a diary");
	files.rmSync(path);
	const storage = fileStorage(path, byteLength);
	files.truncateSync(path, 4096);
	assert.throws(() => storage.read(4000, 200), /cannot be read \(it ends early\)$/);
	assert.throws(() => fileStorage(join(path, "beneath"), byteLength), /beneath: cannot be made \(ENOTDIR\)$/);
});

const mounts = spawnSync("unshare", ["-m", "sh", "-c", "mount -t tmpfs none /mnt"]).status === 0;

test("npm start with --state on a disk that is full: one line, and nothing is left there", { skip: !mounts }, t => {
	const path = folder(t);
	const state = join(path, "state");
	const script = `mount -t tmpfs -o size=100k none ${path} && ${process.execPath} tools/start.mjs --port 0 --state ${state}; echo status $?; ls ${path}`;
	const { stdout, stderr } = spawnSync("unshare", ["-m", "sh", "-c", script], { encoding: "utf8", timeout: 60_000 });
	assert.equal(stderr, `${state}: cannot be made (ENOSPC)\n`);
	assert.equal(stdout, "status 2\n");
});
