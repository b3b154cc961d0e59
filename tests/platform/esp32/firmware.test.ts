import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { ChipFirmware, type SlotsModule } from "../../../modules/platform/esp32/firmware.js";
import { makeImage } from "../../update/image.js";

function chip(states: [running: number, other: number], otherIsWhole = true) {
	const called: string[] = [];
	let digests = 0;
	const images = [makeImage(), makeImage({ version: "1.2.0" })];
	const call = (name: string) => () => void called.push(name);
	const slots: SlotsModule = {
		chip: 5,
		size: 0x1e0000,
		front: other => images[other ? 1 : 0]!.slice(0, 144).buffer,
		state: other => states[other ? 1 : 0]!,
		digest: other => {
			digests++;
			return otherIsWhole ? images[other ? 1 : 0]!.slice(-32).buffer : undefined;
		},
		confirm: call("confirm"),
		activateOther: call("activateOther"),
		rollBack: call("rollBack"),
		restart: call("restart"),
	};
	const update = { write: (bytes: Uint8Array) => void called.push(`write ${bytes.byteLength}`), close: call("close") };
	const firmware = new ChipFirmware({ slots, open: () => update });
	return { firmware, called, digests: () => digests };
}

test("what both slots hold is told in the words of ESP-IDF's states", () => {
	const { firmware } = chip([1, 4]);
	deepEqual(firmware.running, { version: "1.1.0", date: "Nov 27 2026 12:34:56", state: "pending" });
	deepEqual(firmware.other, { version: "1.2.0", date: "Nov 27 2026 12:34:56", state: "aborted" });
	deepEqual([firmware.chip, firmware.slotSize], [5, 0x1e0000]);
});

test("an image without a record counts as valid where it runs, as new elsewhere", () => {
	const { firmware } = chip([-1, -1]);
	deepEqual([firmware.running.state, firmware.other?.state], ["valid", "new"]);
});

test("the other slot is read whole once, not at each question", () => {
	const { firmware, digests } = chip([2, 2]);
	for (let turn = 0; turn < 3; turn++) equal(firmware.other?.version, "1.2.0");
	equal(digests(), 1);
});

test("a slot that is written to holds no image until it is whole", () => {
	const { firmware, called } = chip([2, 2]);
	const writer = firmware.open();
	equal(firmware.other === undefined, true);
	writer.write(new Uint8Array(10));
	equal(firmware.verifyOther()?.byteLength, 32);
	writer.close();
	equal(firmware.other?.version, "1.2.0");
	deepEqual(called, ["write 10", "close"]);
});

test("a slot without a whole image holds none", () => {
	const { firmware } = chip([2, 2], false);
	equal(firmware.other, undefined);
	equal(firmware.verifyOther(), undefined);
});

test("what the boot loader is told goes to ESP-IDF", () => {
	const { firmware, called } = chip([1, 2]);
	firmware.confirm();
	firmware.activateOther();
	firmware.rollBack();
	firmware.restart();
	deepEqual(called, ["confirm", "activateOther", "rollBack", "restart"]);
});
