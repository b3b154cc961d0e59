// `npm run doctor`: what the project can use on this machine, what each is for, and how to get what is missing.
// Ends with status 1 where Node is too old, and with 0 whatever else is missing: nothing else is needed by everybody.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findChromium, findIDF, findMcconfig, findSDK, isOlder, whereIs } from "./toolchain.mjs";

/** @typedef {import("./toolchain.mjs").Found} Found */
/** @typedef {{ name: string, purpose: string, found: Found }} Check */

const at = (/** @type {string} */ path) => new URL(`../${path}`, import.meta.url);

/** @returns {Found} The program on the PATH; `get` says how else. */
export function findProgram(/** @type {string} */ program, /** @type {string} */ get, env = process.env) {
	const path = whereIs(program, env.PATH);
	return path === undefined ? { problem: get } : { path };
}

/** @returns {Found} */
export function findNode(version = process.versions.node) {
	const { engines } = JSON.parse(readFileSync(at("package.json"), "utf8"));
	const min = engines.node.replace(">=", "");
	if (!isOlder(version, min.split(".").map(Number))) return { version };
	return { version, problem: `Node ${version} is too old: install ${min} or later from https://nodejs.org` };
}

/** @returns {Found} What `npm ci` installs. */
function findPackages() {
	return existsSync(at("node_modules/esbuild")) ? { path: "node_modules" } : { problem: "run `npm ci`" };
}

/** @returns {Promise<Found>} A compiler that makes programs of 32 bits. */
async function findCompiler(/** @type {Found} */ packages) {
	const get = "apt install gcc-multilib (Debian); without it the tests of XS are left out";
	if (packages.problem !== undefined) return { problem: "not tried: run `npm ci` first" };
	const { compiler } = await import("./xs/engine.mjs");
	const name = compiler();
	return name === undefined ? { problem: get } : { version: name.match(/\d+(?:\.\d+)+/)?.[0] ?? name };
}

/** @returns {Found} Network namespaces and a TAP device. */
function findTAP(env = process.env) {
	if (!whereIs("ip", env.PATH)) return { problem: "apt install iproute2 (Debian)" };
	return existsSync("/dev/net/tun")
		? { path: "/dev/net/tun" }
		: { problem: "no /dev/net/tun: modprobe tun, as root on Linux" };
}

/** @returns {Found} */
export function findSerialPorts(folder = "/dev") {
	const names = existsSync(folder) ? readdirSync(folder) : [];
	const ports = names
		.filter(name => /^(ttyUSB|ttyACM|cu\.(usb|SLAB|wchusb))/.test(name))
		.map(name => `${folder}/${name}`);
	if (ports.length > 0) return { path: ports.join(", ") };
	return { problem: "plug the board in with a cable that carries data; on Linux be in the group dialout" };
}

/** @returns {Promise<Check[]>} Everything, in the order in which a newcomer meets it. */
export async function examine(env = process.env) {
	const packages = findPackages();
	const sdk = findSDK(env);
	const noSDK = { problem: "first the Moddable SDK" };
	const usable = sdk.path !== undefined && sdk.problem === undefined;
	const program = (/** @type {string} */ name, /** @type {string} */ get) => findProgram(name, get, env);
	return [
		{ name: "Node", purpose: "everything", found: findNode() },
		{ name: "npm's packages", purpose: "everything", found: packages },
		{ name: "cc -m32", purpose: "tests on XS, npm run bench", found: await findCompiler(packages) },
		{ name: "make", purpose: "npm run esp32:check", found: program("make", "apt install make (Debian)") },
		{ name: "Chromium", purpose: "tests of the page", found: findChromium(env) },
		{ name: "promtool", purpose: "test of /metrics", found: program("promtool", "apt install prometheus (Debian)") },
		{
			name: "Valgrind",
			purpose: "count of instructions",
			found: program("valgrind", "apt install valgrind (Debian)"),
		},
		{
			name: "slowhttptest",
			purpose: "test of slow clients",
			found: program("slowhttptest", "apt install slowhttptest (Debian)"),
		},
		{
			name: "Mosquitto",
			purpose: "tests of MQTT",
			found: findProgram("mosquitto", "apt install mosquitto (Debian)", { PATH: `${env.PATH}:/usr/sbin` }),
		},
		{ name: "csvtool", purpose: "test of the CSV", found: program("csvtool", "apt install csvtool (Debian)") },
		{
			name: "Avahi",
			purpose: "test of mDNS",
			found: program("avahi-browse", "apt install avahi-daemon avahi-utils dbus (Debian)"),
		},
		{ name: "socat", purpose: "test of set-up by cable", found: program("socat", "apt install socat (Debian)") },
		{
			name: "shellcheck",
			purpose: "test of the workflows",
			found: program("shellcheck", "apt install shellcheck (Debian)"),
		},
		{ name: "ip, TAP", purpose: "tests in namespaces", found: findTAP(env) },
		{ name: "Xvfb", purpose: "npm run test:sdk", found: program("Xvfb", "apt install xvfb (Debian)") },
		{ name: "Moddable SDK", purpose: "simulator and chip", found: sdk },
		{ name: "mcconfig", purpose: "simulator and chip", found: usable ? findMcconfig(sdk.path ?? "", env) : noSDK },
		{ name: "ESP-IDF", purpose: "chip", found: usable ? findIDF(sdk.path ?? "", env) : noSDK },
		{ name: "serial port", purpose: "chip", found: findSerialPorts() },
	];
}

/** @returns One line a check, in columns. */
export function report(/** @type {readonly Check[]} */ checks) {
	const width = (/** @type {"name" | "purpose"} */ key) => Math.max(...checks.map(check => check[key].length));
	return checks.map(({ name, purpose, found }) => {
		const state = found.problem === undefined ? "found" : found.version === undefined ? "missing" : "wrong";
		const detail = found.problem ?? [found.version, found.path].filter(Boolean).join(", ");
		return `${state.padEnd(7)}  ${name.padEnd(width("name"))}  ${purpose.padEnd(width("purpose"))}  ${detail}`;
	});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	for (const line of report(await examine())) console.log(line);
	process.exit(findNode().problem === undefined ? 0 : 1);
}
