// Builds the firmware for one chip, as far as the installed tools allow.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../compile.mjs";
import { mcconfig } from "../sdk.mjs";
import { whereIs } from "../toolchain.mjs";
import { findBoard } from "./board.mjs";
import { compare } from "./configuration.mjs";

/**
 * @typedef {object} Reached
 * @property {string[]} made Steps without an error.
 * @property {string[]} missing Steps not made.
 * @property {string} [reason] Why not.
 * @property {{ modules: number, page: number }} [flash] Bytes of the linked modules, and of the page's files.
 * @property {{ wrong: string[], by: string }} [configuration] Settings that are not as wanted, and their source.
 * @property {string} [failure] Output of the tool that failed.
 * @property {string} [binaries] The folder of the images, where the firmware was made.
 */

/** Compilers for the C of the RISC-V chips. */
const compilers = ["riscv32-esp-elf-gcc", "riscv32-unknown-elf-gcc", "riscv64-unknown-elf-gcc"];

/** Data have the same size on every 32-bit chip: the flash of chips without a compiler is measured with that of this one. */
const measuredAs = "esp32c3";

const installed = (/** @type {string} */ program) => whereIs(program) !== undefined;

/** @returns Bytes of all sections in the output of binutils' `size` for one object. */
export function total(/** @type {string} */ table) {
	return Number(table.split("\n")[1]?.trim().split(/\s+/)[3]);
}

/** The makefile that mcconfig has written, run without ESP-IDF's own tools. */
class Makefile {
	#path;
	/** Variables on make's command line, which win over the makefile's own. */
	#variables;

	constructor(/** @type {string} */ folder, /** @type {string} */ idf) {
		this.#path = join(folder, "makefile");
		// Skips the checks of ESP-IDF's version and of idf.py's configuration.
		this.#variables = [`IDF_PATH=${idf}`, "IDF_VERSION=none", "SDKCONFIG_H="];
	}

	/** @returns The value of a variable of the makefile. @throws {Error} There is no make. */
	value(/** @type {string} */ name) {
		return this.#run(["--eval", `value: ; @echo $(${name})`, "value"]).stdout.trim();
	}

	/** @returns The output. @throws {Error} With the output, or because there is no make. */
	make(/** @type {string[]} */ ...words) {
		const { status, stdout, stderr } = this.#run(words);
		if (status !== 0) throw new Error(`${stdout}${stderr}`);
		return `${stdout}${stderr}`;
	}

	#run(/** @type {string[]} */ words) {
		const args = ["--no-print-directory", "-f", this.#path, ...this.#variables, ...words];
		const ended = spawnSync("make", args, { encoding: "utf8" });
		if (ended.error) throw ended.error;
		return ended;
	}
}

/**
 * Compiles in mcconfig's folder, and removes the objects: a build with the chip's own tools must not find them.
 * @param native Whether the project's own C is compiled, too. A warning there is an error.
 * @param headers Of lwIP, for an ESP-IDF without its submodules.
 * @returns Bytes of flash. @throws {Error} With the output.
 */
function compileC(
	/** @type {Makefile} */ makefile,
	/** @type {string} */ folder,
	/** @type {string} */ compiler,
	/** @type {boolean} */ native,
	/** @type {string | undefined} */ headers,
) {
	const specs = spawnSync(compiler, ["-print-file-name=picolibc.specs"], { encoding: "utf8" }).stdout.trim();
	const flags = [
		"-march=rv32imc_zicsr_zifencei",
		"-mabi=ilp32",
		...(specs.startsWith("/") ? [`--specs=${specs}`] : []),
		...(headers ? [`-I${headers}`] : []),
		"-Wall",
		"-Wextra",
	];
	const modules = join(folder, "mc.xs.c.o");
	const page = join(folder, "mc.resources.c.o");
	const own = ["modules/platform/esp32", "modules/dht/esp32"]
		.flatMap(path => readdirSync(join(root, path)))
		.filter(name => name.endsWith(".c"));
	const objects = [modules, page, ...(native ? own.map(name => join(folder, `${name}.o`)) : [])];
	const size = (/** @type {string} */ object) =>
		total(spawnSync(compiler.replace(/gcc$/, "size"), [object], { encoding: "utf8" }).stdout);
	try {
		const printed = makefile.make(
			`SDKCONFIG_H_DIR=${fileURLToPath(new URL(".", import.meta.url))}`,
			`CC=${compiler}`,
			`C_FLAGS_SUBPLATFORM=${flags.join(" ")}`,
			...(native ? [] : [`ESP32_SUBCLASS=${measuredAs}`]),
			...objects,
		);
		if (/modules\/(?:platform|dht)\/esp32\/[^:\n]+:\d+:\d+: warning/.test(printed)) throw new Error(printed);
		return { modules: size(modules), page: size(page) };
	} finally {
		for (const object of objects) rmSync(object, { force: true });
	}
}

/** @returns The folder of mcconfig's build, with the generated files. @throws {Error} With the output. */
function configure(
	/** @type {string} */ platform,
	/** @type {string} */ sdk,
	/** @type {string[]} */ words,
	/** @type {"debug" | "release"} */ build,
) {
	const { status, output } = mcconfig([...(build === "debug" ? ["-d"] : []), "-p", platform, ...words], "keep");
	if (status !== 0) throw new Error(output);
	const { NAME } = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")).build;
	return join(sdk, "build/tmp", platform, build, NAME);
}

/** Compares the configuration of debug and release builds with the wanted one. */
function compareBoth(/** @type {string} */ chip, /** @type {Record<"debug" | "release", string>} */ folders) {
	const builds = /** @type {const} */ (["debug", "release"]);
	const compared = builds.map(build => ({ build, ...compare(folders[build], chip, build) }));
	return {
		wrong: compared.flatMap(({ build, wrong }) => wrong.map(line => `${build}: ${line}`)),
		by: compared[0]?.by ?? "",
	};
}

/** @returns Whether ESP-IDF is installed without its submodule lwIP. */
export function lacksLwip(idf = process.env.IDF_PATH ?? "") {
	return existsSync(join(idf, "components/lwip")) && !existsSync(join(idf, "components/lwip/lwip/src"));
}

/**
 * Builds for mcconfig's platform `platform`.
 * @param words For mcconfig: configuration. @param headers As of `compileC`. @returns {Reached}
 */
export function build(
	/** @type {string} */ platform,
	/** @type {string} */ sdk,
	/** @type {string[]} */ words,
	/** @type {string | undefined} */ headers = undefined,
) {
	/** @type {string[]} */
	const made = [];
	const missing = ["types", "mc.xs.c", "resources", "C", "firmware"];
	const reached = (/** @type {string[]} */ ...names) => made.push(...missing.splice(0, names.length));
	const idf = process.env.IDF_PATH ?? "";
	/** @type {Pick<Reached, "configuration">} */
	let configured = {};
	try {
		const debug = configure(platform, sdk, words, "debug");
		const folder = configure(platform, sdk, words, "release");
		const board = findBoard(platform, sdk);
		if (board) configured = { configuration: compareBoth(board.chip, { debug, release: folder }) };
		const all = { made, missing, ...configured };
		const makefile = new Makefile(folder, idf || "none");
		const own = makefile.value("CC");
		if (installed(own) && installed("idf.py")) {
			const binaries = makefile.value("BIN_DIR");
			const firmware = join(binaries, "xs_esp32.bin");
			rmSync(firmware, { force: true });
			const { output } = mcconfig(["-m", "-p", platform, "-t", "build", ...words], "keep");
			if (!existsSync(firmware)) throw new Error(output);
			reached(...missing);
			return { ...all, binaries };
		}
		const reason = `${installed(own) ? "idf.py" : own} is not on the PATH`;
		makefile.make(join(folder, "mc.xs.c"), join(folder, "mc.resources.c"));
		reached("types", "mc.xs.c", "resources");
		const compiler = compilers.find(name => installed(name));
		if (!existsSync(join(idf, "components")) || !compiler) return { ...all, reason };
		const native = makefile.value("ESP_ARCH") === "riscv";
		const flash = compileC(makefile, folder, compiler, native, headers);
		if (native) reached("C");
		return { ...all, reason, flash };
	} catch (error) {
		return { made, missing, ...configured, reason: "the build failed", failure: /** @type {Error} */ (error).message };
	}
}

/** @returns One line about a chip. */
export function line(
	/** @type {string} */ platform,
	/** @type {Reached} */ { made, missing, reason, flash, configuration },
) {
	const parts = [];
	if (configuration?.wrong.length === 0) parts.push(`configured as wanted (${configuration.by})`);
	if (made.length > 0) parts.push(`made: ${made.join(", ")}`);
	if (missing.length > 0) parts.push(`not made: ${missing.join(", ")} (${reason})`);
	if (flash) parts.push(`flash: ${flash.modules} bytes of modules, ${flash.page} of pages`);
	return `${platform.padEnd(20)}${parts.join("; ")}`;
}
