// `npm run doctor`: one line a tool, on machines that have it, have it not, and have the wrong one.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { program } from "../page/chromium.js";

const { examine, findNode, findSerialPorts, report } = await import(pathToFileURL(join("tools/doctor.mjs")).href);
const { findChromium, findIDF, findMcconfig, findSDK, isOlder } = await import(
	pathToFileURL(join("tools/toolchain.mjs")).href
);

/** A folder of `files`, by path; it goes with the test. */
function machine(t: TestContext, files: Record<string, string>): string {
	const folder = mkdtempSync(join(tmpdir(), "dht-gauges-doctor-"));
	t.after(() => rmSync(folder, { recursive: true }));
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text, { mode: 0o755 });
	}
	return folder;
}

const sdk = (version: string) => ({
	"sdk/tools/VERSION": `${version}\n`,
	"sdk/build/devices/esp32/manifest.json": '{"build": {"EXPECTED_ESP_IDF": "v6.0"}}',
	"sdk/bin/mcconfig": "",
});
const idf = (major: number, minor: number) => ({
	"idf/tools/cmake/version.cmake": `set(IDF_VERSION_MAJOR ${major})\nset(IDF_VERSION_MINOR ${minor})\nset(IDF_VERSION_PATCH 1)\n`,
});

interface Check {
	name: string;
	purpose: string;
	found: { path?: string; version?: string; problem?: string };
}

const byName = async (env: NodeJS.ProcessEnv) =>
	new Map<string, Check["found"]>(((await examine(env)) as Check[]).map(({ name, found }) => [name, found]));

test("a bare machine: what is missing says how to get it", async () => {
	const found = await byName({ PATH: "" });
	for (const name of ["make", "promtool", "Valgrind", "slowhttptest", "csvtool", "Avahi", "ip, TAP", "Xvfb"])
		match(found.get(name)!.problem!, /apt install /);
	match(found.get("Moddable SDK")!.problem!, /^MODDABLE is not set: README/);
	for (const name of ["mcconfig", "ESP-IDF"]) equal(found.get(name)!.problem, "first the Moddable SDK");
});

test("a machine that has all of it", async t => {
	const names = ["make", "promtool", "slowhttptest", "csvtool", "avahi-browse", "Xvfb", "idf.py"];
	const programs = Object.fromEntries(names.map(name => [`sdk/bin/${name}`, ""]));
	const folder = machine(t, { ...sdk("8.2.3"), ...idf(6, 0), ...programs, chromium: "" });
	const env = {
		PATH: join(folder, "sdk/bin"),
		MODDABLE: join(folder, "sdk"),
		IDF_PATH: join(folder, "idf"),
		CHROMIUM: join(folder, "chromium"),
	};
	const found = await byName(env);
	for (const name of ["make", "Chromium", "promtool", "slowhttptest", "csvtool", "Avahi", "Xvfb", "mcconfig"])
		deepEqual([name, found.get(name)!.problem], [name, undefined]);
	deepEqual(found.get("Moddable SDK"), { path: env.MODDABLE, version: "8.2.3" });
	deepEqual(found.get("ESP-IDF"), { path: env.IDF_PATH, version: "6.0.1" });
});

test("an SDK that is too old, or is none", t => {
	match(
		findSDK({ MODDABLE: join(machine(t, sdk("8.1.9")), "sdk") }).problem,
		/is 8\.1\.9, and 8\.2 or later is needed/,
	);
	match(findSDK({ MODDABLE: join(machine(t, sdk("7.11")), "sdk") }).problem, /is 7\.11, and 8\.2/);
	match(findSDK({ MODDABLE: machine(t, {}) }).problem, /where no Moddable SDK/);
	equal(findSDK({ MODDABLE: join(machine(t, sdk("10.0.0")), "sdk") }).problem, undefined);
});

test("another SDK's mcconfig", t => {
	const folder = machine(t, { ...sdk("8.2.3"), "other/mcconfig": "" });
	const find = (path: string) => findMcconfig(join(folder, "sdk"), { PATH: join(folder, path) }).problem;
	match(find("other"), /^the PATH's mcconfig is .*, which is not of the SDK in .*: put .* before it$/);
	match(find("nowhere"), /^mcconfig is not on the PATH: add /);
	equal(find("sdk/bin"), undefined);
});

test("the ESP-IDF of another version, or one that is not exported", t => {
	const find = (files: Record<string, string>, env: NodeJS.ProcessEnv = {}) => {
		const folder = machine(t, { ...sdk("8.2.3"), ...files });
		return findIDF(join(folder, "sdk"), { PATH: "", IDF_PATH: join(folder, "idf"), ...env }).problem;
	};
	match(find(idf(5, 1)), /is 5\.1\.1, and the SDK needs 6\.0/);
	match(find({}), /is \?\.\?\.\?, and the SDK needs 6\.0/);
	match(find(idf(6, 0)), /^idf\.py is not on the PATH: run `\. .*export\.sh` first$/);
	match(find({}, { IDF_PATH: "" }), /^IDF_PATH is not set: install ESP-IDF 6\.0/);
});

test("a Node that is too old is wrong, not missing", () => {
	match(findNode("18.20.1").problem, /^Node 18\.20\.1 is too old: install 20 or later/);
	equal(findNode("20.0.0").problem, undefined);
	equal(findNode("100.1.0").problem, undefined);
	const [line] = report([{ name: "Node", purpose: "everything", found: findNode("18.20.1") }]);
	match(line, /^wrong {4}Node {2}everything {2}Node 18/);
});

test("versions are compared as numbers, as far as the wanted one goes", () => {
	for (const [version, wanted, older] of [
		["8.2.3", [8, 2], false],
		["8.10", [8, 2], false],
		["8.1.9", [8, 2], true],
		["v7.11", [8, 2], true],
		["9", [8, 2], false],
		["8", [8, 2], true],
	] as const)
		deepEqual([version, isOlder(version, wanted)], [version, older]);
});

test("serial ports by their names on Linux and macOS", t => {
	const folder = machine(t, { ttyUSB0: "", ttyS0: "", "cu.usbmodem1": "", tty: "" });
	equal(findSerialPorts(folder).path, `${folder}/cu.usbmodem1, ${folder}/ttyUSB0`);
	match(findSerialPorts(machine(t, {})).problem, /cable/);
});

test("the page's tests take the Chromium that the doctor finds", () => {
	equal(findChromium().path, program);
	match(findChromium({ CHROMIUM: "/nowhere/chromium" }).problem, /^CHROMIUM is \/nowhere\/chromium/);
});

test("every check is one line, its columns below each other, and the status is 0", () => {
	const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/doctor.mjs"], {
		encoding: "utf8",
		env: { PATH: "/nowhere" },
	});
	equal(stderr, "");
	equal(status, 0);
	const lines = stdout.trimEnd().split("\n");
	equal(lines.length, 19);
	const purpose = lines[0]!.indexOf("everything");
	for (const line of lines) {
		ok(/^(found|missing|wrong) +\S/.test(line), line);
		equal(line.slice(purpose - 2, purpose), "  ", line);
		ok(line[purpose] !== " ", line);
	}
});
