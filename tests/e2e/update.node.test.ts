// `npm run update` against the desktop host.

import { deepEqual, equal, match } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { sha256 } from "../../modules/platform/node/firmware.js";
import type { Behaviour } from "../../modules/platform/simulated/behaviour.js";
import { makeImage } from "../../modules/platform/simulated/firmware-image.js";
import { imageOptions } from "../../modules/platform/simulated/slots.js";
import { notDesktop, startDevice } from "./device.js";
import { testImage, testVersion } from "./firmware.js";
import { program, started, temporaryFolder } from "./steps.js";

const skip = notDesktop;
const password = "correct horse";
/** Time limits of the server that the faster clock of some tests leaves long enough. */
const limits = { headerMs: 60_000, bodyMs: 60_000, idleMs: 60_000, progressMs: 60_000 };
const config = {
	config: { name: "dht", sensors: [{ name: "Room", model: "DHT22", pin: 4 }], adminPassword: password, ...limits },
};

interface Ended {
	status: number | null;
	stdout: string;
	/** Without the question for the password. */
	stderr: string;
}

/** A device with a password, and a folder for what is beside it. */
async function withPassword(t: TestContext, ...args: string[]) {
	const folder = await temporaryFolder(t);
	const file = (name: string, content: Uint8Array | string) => {
		writeFileSync(join(folder, name), content);
		return join(folder, name);
	};
	const options = ["--config", file("config.json", JSON.stringify(config)), "--state", join(folder, "state"), ...args];
	const device = await startDevice(...options);
	t.after(() => device.stop());
	return { device, file, options };
}

/** Runs the command to its end. @param onOutput Called with all that it has printed so far. */
async function update(args: string[], typed = password, onOutput: (output: string) => void = () => {}): Promise<Ended> {
	const child = spawn(process.execPath, ["tools/update.mjs", ...args], { stdio: "pipe" });
	const printed = { stdout: "", stderr: "" };
	child.stdin.on("error", () => {});
	child.stdin.end(`${typed}\n`);
	for (const stream of ["stdout", "stderr"] as const)
		child[stream].setEncoding("utf8").on("data", text => {
			printed[stream] += text;
			onOutput(printed[stream]);
		});
	const [status] = await once(child, "close");
	return { status, stdout: printed.stdout, stderr: printed.stderr.replace(/^password of \S+: \n/, "") };
}

/** Failed with one line that matches, and status 1 unless another is given. */
function failed({ status, stderr }: Ended, line: RegExp, expected = 1): void {
	match(stderr, line);
	equal(stderr.trimEnd().split("\n").length, 1, stderr);
	equal(status, expected);
}

test("a good image runs, confirmed, also after a loss of power", { skip }, async t => {
	const { device, file, options } = await withPassword(t);
	const { version: before } = await started(device);
	const { host } = new URL(device.url);
	const { status, stdout, stderr } = await update([device.url, "--image", file("good", testImage("good"))]);
	deepEqual([status, stderr], [0, ""], stdout + stderr);
	match(stdout, new RegExp(`^${host}, ESP32-C3: ${before} → ${testVersion}\n`));
	match(stdout, /^#{30} 100 %, 1 of 1 KB, \d+ s\n/m);
	match(stdout, new RegExp(`^${host} runs ${testVersion}, confirmed\n$`, "m"));
	const { version, start: info } = await started(device);
	deepEqual([version, info!.boots, info!.reason], [testVersion, 2, "restart"]);
	await device.stop("SIGKILL");
	const again = await startDevice(...options);
	t.after(() => again.stop());
	equal((await started(again)).version, testVersion);
});

test("with a wrong password nothing is sent", { skip }, async t => {
	const { device, file } = await withPassword(t);
	const ended = await update([device.url, "--image", file("good", testImage("good"))], "wrong horse");
	failed(ended, /^the password is wrong: 127\.0\.0\.1:\d+ keeps what it runs\n$/);
	equal((await started(device)).start!.boots, 1);
});

test("an image that the device would refuse is not sent", { skip }, async t => {
	const { device, file } = await withPassword(t);
	const options = imageOptions("1.1.0");
	const rows: [string, Uint8Array | string, RegExp][] = [
		["chip", makeImage({ ...options, chip: 9 }, sha256), /it is for ESP32-S3, this is ESP32-C3\n$/],
		[
			"program",
			makeImage({ ...options, program: "blink" }, sha256),
			/it is another program \(blink\), this is dht-gauges\n$/,
		],
		["text", "Dear Sir or Madam", /it is no firmware image\n$/],
		["cut", testImage("good").subarray(0, 300), /its segments take more than the 300 bytes announced\n$/],
	];
	for (const [name, content, line] of rows) failed(await update([device.url, "--image", file(name, content)]), line, 2);
	failed(await update([device.url, "--image", "/nowhere"]), /^\/nowhere: cannot be read \(ENOENT\)\n$/, 2);
});

test("an image that the device itself refuses is told", { skip }, async t => {
	const { device, file } = await withPassword(t);
	const image = testImage("good");
	image[350] = image[350]! ^ 1;
	const ended = await update([device.url, "--image", file("flipped", image)]);
	failed(ended, /refuses \(422\): The image is refused: what the flash holds is not whole: its digest is wrong\.\n$/);
});

test("a device that dies in the middle keeps what it ran", { skip: skip || process.platform !== "linux" }, async t => {
	const { device, file } = await withPassword(t);
	const { version } = await started(device);
	const large = makeImage({ ...imageOptions(testVersion), segments: [256, 1_900_000] }, sha256);
	let killed = false;
	const ended = await update([device.url, "--image", file("large", large)], password, output => {
		if (killed || !output.includes("#-")) return;
		killed = true;
		process.kill(program(device), "SIGKILL");
	});
	failed(ended, /^127\.0\.0\.1:\d+ does not respond \(.* after \d+ of 1900336 bytes\): .*try again\n$/);
	equal((await started(device)).version, version);
});

for (const behaviour of ["crash", "hang", "no-join", "no-listen"] satisfies Behaviour[])
	test(`an image with ${behaviour} is taken back, and the command says why`, { skip }, async t => {
		const { device, file } = await withPassword(t, "--speed", "30");
		const { version } = await started(device);
		const ended = await update([device.url, "--image", file(behaviour, testImage(behaviour))]);
		failed(ended, new RegExp(`^127\\.0\\.0\\.1:\\d+ is back on ${version}: .*${testVersion}.*\n$`));
		equal((await started(device)).version, version);
	});

test("a device without a password is sent nothing, and the command says where to set one", { skip }, async t => {
	const folder = await temporaryFolder(t);
	const device = await startDevice("--state", join(folder, "state"));
	t.after(() => device.stop());
	const ended = await update([device.url, "--image", "/nowhere"]);
	failed(ended, /^127\.0\.0\.1:\d+ has no password yet: set one at http:\/\/127\.0\.0\.1:\d+\/settings, /);
});

test("a host without slots, and one that is not there, are told", { skip }, async () => {
	const device = await startDevice();
	failed(await update([device.url, "--image", "/nowhere"]), /: This host keeps no firmware in slots\.\n$/);
	await device.stop();
	failed(
		await update([device.url, "--image", "/nowhere"]),
		/^127\.0\.0\.1:\d+ does not respond \(.*ECONNREFUSED.*\): /,
	);
});

test("what is wrong with the command itself is one line", async () => {
	failed(await update([]), /^npm run update -- ADDRESS: /, 2);
	failed(await update(["dht.local", "more"]), /^npm run update -- ADDRESS: /, 2);
	failed(await update(["http://a b"]), /^"http:\/\/a b" is no address; /, 2);
	failed(await update(["dht.local", "--password", "x"]), /--password/, 2);
});
