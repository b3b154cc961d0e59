import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { behaviourOf, behaviours, behaviourText } from "../../../modules/platform/simulated/behaviour.js";
import { readText } from "../../../modules/platform/simulated/firmware-image.js";
import { boot, flash, upload } from "../../update/device.js";
import { makeImage } from "../../update/image.js";

test("a second upload before the restart replaces the first", () => {
	const storage = flash();
	const firmware = boot(storage);
	upload(firmware, makeImage({ version: "1.1.0" }));
	upload(firmware, makeImage({ version: "1.2.0" }));
	deepEqual([firmware.running.version, firmware.running.state], ["1.0.0", "valid"]);
	deepEqual([firmware.other!.version, firmware.other!.state], ["1.2.0", "new"]);
	deepEqual([boot(storage).running.version, boot(storage).running.version], ["1.2.0", "1.0.0"]);
});

test("the image that a cable brought has a record from its first start on", () => {
	const storage = flash();
	upload(boot(storage), makeImage({ version: "1.1.0" }));
	deepEqual(boot(storage).other!.state, "valid");
});

test("the image that runs keeps its state while another one waits for the restart", () => {
	const storage = flash();
	upload(boot(storage), makeImage({ version: "1.1.0" }));
	boot(storage).confirm();
	const firmware = boot(storage);
	firmware.activateOther();
	deepEqual([firmware.running.version, firmware.running.state], ["1.1.0", "valid"]);
	equal(boot(storage).running.version, "1.0.0");
});

test("what an upload has left half written is no image", () => {
	const storage = flash();
	const firmware = boot(storage);
	upload(firmware, makeImage());
	const writer = firmware.open();
	writer.write(makeImage({ version: "1.2.0" }).subarray(0, 500));
	equal(firmware.other, undefined);
	writer.close();
	equal(firmware.other, undefined);
	equal(boot(storage).running.version, "1.0.0");
});

test("an image tells how it behaves", () => {
	for (const behaviour of behaviours) {
		const image = makeImage({ text: behaviourText(behaviour) });
		equal(behaviourOf(readText((offset, length) => image.slice(offset, offset + length))), behaviour);
	}
	equal(behaviourOf(readText((offset, length) => makeImage().slice(offset, offset + length))), "good");
});
