// `npm run update -- ADDRESS`: builds the release for the device's chip, uploads it, and waits until the device runs it, confirmed.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { compile, root } from "./compile.mjs";
import { DeviceClient, Refused } from "./update/client.mjs";
import { buildImage, checkImage, readImage } from "./update/image.mjs";
import { askHidden, ProgressBar } from "./update/terminal.mjs";
import { refuse } from "./words.mjs";

const usage = `npm run update -- ADDRESS [options]

  ADDRESS       of the device: dht.local, 192.0.2.7, localhost:8081
  -p BOARD      as of npm run esp32, such as esp32/esp32c3 (default: the chip that the device says it is)
  --image FILE  sends this image; nothing is built
  --help        this text

The password is that of moddable.local.json ("adminPassword"), or else asked for.`;

/** A device that has not confirmed its firmware takes itself back after five minutes; then it restarts. */
const patienceMs = 400_000;
const pollMs = 1000;

/** The update has failed. @returns {never} */
function fail(/** @type {string} */ line) {
	console.error(line);
	process.exit(1);
}

function readArguments() {
	try {
		const { values, positionals } = parseArgs({
			options: { p: { type: "string", short: "p" }, image: { type: "string" }, help: { type: "boolean" } },
			allowPositionals: true,
		});
		const [address] = positionals;
		if (values.help) {
			console.log(usage);
			process.exit(0);
		}
		if (address === undefined || positionals.length > 1)
			return refuse("npm run update -- ADDRESS: the device's address, and only that");
		const url = address.startsWith("http://") ? address : `http://${address}`;
		if (!URL.canParse(url)) return refuse(`"${address}" is no address; one like dht.local or 192.0.2.7 is`);
		return { url: new URL(url), board: values.p, file: values.image };
	} catch (error) {
		return refuse(/** @type {Error} */ (error).message);
	}
}

const { url, board, file } = readArguments();
await compile("modules");
await esbuild.stop();
const built = "../build/node/modules";
const { sign } = await import(`${built}/auth/signature.js`);
const { hex } = await import(`${built}/auth/sha256.js`);
const { readConfigFile } = await import(`${built}/platform/node/config.js`);
const { imageOptions } = await import(`${built}/platform/simulated/slots.js`);
const reader = await import(`${built}/update/image-reader.js`);

const device = new DeviceClient(url, { sign, hex });

/** What is done to the device; a failure ends with one line that says what to do. @template T @param {() => Promise<T>} action */
async function ask(action) {
	try {
		return await action();
	} catch (error) {
		return fail(advice(/** @type {Error} */ (error)));
	}
}

/** @returns {string} */
function advice(/** @type {Error} */ error) {
	const { message } = error;
	if (!(error instanceof Refused))
		return `${url.host} does not respond (${message}): is it on, and in this network? What it ran before stays; try again`;
	if (error.status === 401) return `${passwordFrom} is wrong: ${url.host} keeps what it runs`;
	if (error.status === 404) return `${url.host}: ${message}`;
	return `${url.host} refuses (${error.status}): ${message}`;
}

let passwordFrom = "the password";

/** Gets the password. A device without one takes no firmware. */
async function signIn() {
	const { password } = await ask(() => device.get("/api/session"));
	if (!password) {
		await ask(() => device.get("/api/update"));
		fail(`${url.host} has no password yet: set one at ${url.origin}/settings, which says how, then try again`);
	}
	const local = join(root, "moddable.local.json");
	const { adminPassword } = existsSync(local) ? readConfigFile(local) : {};
	if (typeof adminPassword === "string") passwordFrom = "the adminPassword of moddable.local.json";
	device.password = adminPassword ?? (await askHidden(`password of ${url.host}: `));
}

/** @param {string} boot Names the run of the device before. @param {{ version: string, date: string }} wanted */
async function waitFor(boot, wanted) {
	const deadline = performance.now() + patienceMs;
	let hasStarted = false;
	while (performance.now() < deadline) {
		await sleep(pollMs);
		const [firmware, head] = await Promise.all([device.get("/api/update"), device.get("/api/device")]).catch(() => []);
		if (!firmware || head.boot === boot) continue;
		const { version, date, state } = firmware.running;
		if (version !== wanted.version || date !== wanted.date)
			fail(`${url.host} is back on ${version}: ${head.rolledBack ?? "the new firmware ended before it was confirmed"}`);
		if (state === "valid") return;
		if (!hasStarted) console.log(`${url.host} runs ${version} on probation`);
		hasStarted = true;
	}
	const minutes = Math.round(patienceMs / 60_000);
	fail(
		hasStarted
			? `${url.host} has not confirmed ${wanted.version} within ${minutes} minutes: look at its log; a restart brings the old one back`
			: `${url.host} has not come back within ${minutes} minutes: turn it off and on, which brings the old firmware back`,
	);
}

await signIn();
/** @type {import("./update/client.mjs").Firmware} */
const before = await ask(() => device.get("/api/update"));
const image = file === undefined ? buildImage(before.chip, board) : readImage(file);
const wanted = checkImage(image, before, reader, imageOptions("").program);
const { boot } = await ask(() => device.get("/api/device"));
console.log(`${url.host}, ${before.chip}: ${before.running.version} → ${wanted.version}`);
const bar = new ProgressBar(image.byteLength);
await ask(() => device.upload(image, sent => bar.show(sent)).finally(() => bar.close()));
await ask(() => device.post("/api/update", { action: "restart" }));
await waitFor(boot, wanted);
console.log(`${url.host} runs ${wanted.version}, confirmed`);
