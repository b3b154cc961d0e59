// `node tools/make-image.mjs`: makes a firmware image that holds no program, for the desktop host.

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { compile } from "./compile.mjs";
import { chips } from "./release/chips.mjs";
import { refuse } from "./words.mjs";

const names = chips.map(({ name }) => name);

const usage = `node tools/make-image.mjs --version VERSION [options] FILE

  --chip NAME       ${names.join(", ")} (default esp32c3, which the desktop host stands for)
  --size BYTES      of the image; a multiple of 16 (default 400)
  --behaviour NAME  what the desktop host does when the image runs (default good): crash, hang, no-join, no-listen`;

/** Bytes of an image beside its second segment. */
const around = 24 + 8 + 256 + 8 + 1 + 32;
const leastSize = 368;

function readArguments() {
	const text = /** @type {const} */ ({ type: "string" });
	try {
		return parseArgs({
			options: { version: text, chip: text, size: text, behaviour: text },
			allowPositionals: true,
		});
	} catch (error) {
		return refuse(/** @type {Error} */ (error).message);
	}
}

await compile("modules");
const built = "../build/node/modules/platform";
const { behaviours, behaviourText } = await import(`${built}/simulated/behaviour.js`);
const { makeImage } = await import(`${built}/simulated/firmware-image.js`);
const { imageOptions } = await import(`${built}/simulated/slots.js`);
const { sha256 } = await import(`${built}/node/firmware.js`);

const { values, positionals } = readArguments();
const { version = "", chip: chipName = "esp32c3", size = "400", behaviour = "good" } = values;
const [path] = positionals;
const chip = chips.find(({ name }) => name === chipName);
if (path === undefined || positionals.length > 1) refuse(usage);
if (!/^[\w.+-]{1,20}$/.test(version)) refuse(`--version "${version}" is not allowed; up to 20 letters and digits are`);
if (chip === undefined) refuse(`--chip "${chipName}" is not allowed; ${names.join(", ")} are`);
if (!(Number(size) >= leastSize && Number(size) % 16 === 0))
	refuse(`--size "${size}" is not allowed; a multiple of 16 from ${leastSize} on is`);
if (!behaviours.includes(behaviour)) refuse(`--behaviour "${behaviour}" is not allowed; ${behaviours.join(", ")} are`);

const options = {
	...imageOptions(version),
	chip: chip.id,
	segments: [256, Number(size) - around],
	text: behaviourText(behaviour),
};
writeFileSync(path, makeImage(options, sha256));
