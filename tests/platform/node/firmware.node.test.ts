import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileFirmware } from "../../../modules/platform/node/firmware.js";
import { behaviourOf } from "../../../modules/platform/simulated/behaviour.js";
import { imageOptions } from "../../../modules/platform/simulated/slots.js";
import { install, testVersion } from "../../e2e/firmware.js";

/** @returns What stands beside a file for state. */
function path(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), "dht-firmware-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	return join(folder, "state");
}

const boot = (state: string, version = "1.0.0") => fileFirmware(`${state}.ota`, version, () => {});

test("the first start makes the program's own version in the first slot", t => {
	const state = path(t);
	const { firmware, text } = boot(state);
	const { version, date, state: trust } = firmware.running;
	deepEqual([version, trust, firmware.other], ["1.0.0", "valid", undefined]);
	match(date, /^[A-Z][a-z]{2} [ \d]\d \d{4} \d\d:\d\d:\d\d$/);
	equal(behaviourOf(text), "good");
	deepEqual([firmware.chip, firmware.slotSize], [5, 0x1e0000]);
	equal(readFileSync(`${state}.ota`).byteLength, 2 * 0x1e0000 + 2 * 4096);
});

test("an image is there once, and stays when it is confirmed", t => {
	const state = path(t);
	boot(state);
	install(state, "no-listen");
	const tried = boot(state);
	deepEqual([tried.firmware.running.version, tried.firmware.running.state], [testVersion, "pending"]);
	equal(behaviourOf(tried.text), "no-listen");
	equal(boot(state).firmware.running.version, "1.0.0");
	install(state, "hang");
	boot(state).firmware.confirm();
	const stays = boot(state);
	deepEqual([stays.firmware.running.version, behaviourOf(stays.text)], [testVersion, "hang"]);
	equal(stays.firmware.other!.version, "1.0.0");
});

test("a newer program stands in for its own older version, and for no other", t => {
	const state = path(t);
	boot(state);
	equal(boot(state, "1.0.1").firmware.running.version, "1.0.1");
	install(state, "good");
	boot(state, "1.0.1").firmware.confirm();
	equal(boot(state, "1.0.2").firmware.running.version, testVersion);
});

test("the date of an image is that of the compiler, its day of two characters", () => {
	const { date, time } = imageOptions("1.0.0", new Date(2026, 10, 7, 1, 43, 54));
	equal(`${date} ${time}`, "Nov  7 2026 01:43:54");
});

test("a file that is something else is left as it is, and one without a whole image is told", t => {
	const state = path(t);
	writeFileSync(`${state}.ota`, "a diary");
	throws(() => boot(state), /state\.ota: not a firmware file \(7 bytes, not 3940352\); it is left as it is$/);
	equal(readFileSync(`${state}.ota`, "utf8"), "a diary");
	rmSync(`${state}.ota`);
	boot(state);
	const bytes = readFileSync(`${state}.ota`);
	bytes[100] = bytes[100]! ^ 1;
	writeFileSync(`${state}.ota`, bytes);
	throws(() => boot(state), /^Error: .*state\.ota: no slot holds a whole image; delete the file to begin anew$/);
	ok(readFileSync(`${state}.ota`).equals(bytes));
});
