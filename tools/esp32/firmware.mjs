// The firmware for one chip, built as far as the tools that are at hand allow.

import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../compile.mjs";
import { mcconfig } from "../sdk.mjs";

/**
 * @typedef {object} Reached
 * @property {string[]} made What was built and had no error.
 * @property {string[]} missing What was not built.
 * @property {string} [reason] Why not.
 * @property {{ modules: number, page: number }} [flash] Bytes of the linked modules, and of the page's files.
 * @property {string} [failure] What the tool that failed has printed.
 */

/** Any of these can compile the C of a RISC-V chip to an object. */
const compilers = ["riscv32-esp-elf-gcc", "riscv32-unknown-elf-gcc", "riscv64-unknown-elf-gcc"];

/** Data take the same room on every 32-bit chip: the flash of those without a compiler is measured as if on this one. */
const measuredAs = "esp32c3";

/** Whether the PATH has this program. */
export function installed(/** @type {string} */ program, path = process.env.PATH ?? "") {
	return path.split(delimiter).some(folder => {
		try {
			accessSync(join(folder, program), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

/** @returns Bytes of all sections, from what binutils' `size` prints of one object. */
export function total(/** @type {string} */ table) {
	return Number(table.split("\n")[1]?.trim().split(/\s+/)[3]);
}

/** The makefile that mcconfig has written, run without ESP-IDF's own tools. */
class Makefile {
	#path;
	/** Given on make's command line they hold against the makefile's own. */
	#variables;

	constructor(/** @type {string} */ folder, /** @type {string} */ idf) {
		this.#path = join(folder, "makefile");
		// Neither ESP-IDF's version nor a configuration made by idf.py is asked for.
		this.#variables = [`IDF_PATH=${idf}`, "IDF_VERSION=none", "SDKCONFIG_H="];
	}

	/** @returns The value of a variable of the makefile. @throws {Error} There is no make. */
	value(/** @type {string} */ name) {
		return this.#run(["--eval", `value: ; @echo $(${name})`, "value"]).stdout.trim();
	}

	/** @throws {Error} With what was printed, or because there is no make. */
	make(/** @type {string[]} */ ...words) {
		const { status, stdout, stderr } = this.#run(words);
		if (status !== 0) throw new Error(`${stdout}${stderr}`);
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
 * @param native Whether the project's own C is compiled, too.
 * @returns Bytes of flash. @throws {Error} With what was printed.
 */
function compileC(
	/** @type {Makefile} */ makefile,
	/** @type {string} */ folder,
	/** @type {string} */ compiler,
	/** @type {boolean} */ native,
) {
	const specs = spawnSync(compiler, ["-print-file-name=picolibc.specs"], { encoding: "utf8" }).stdout.trim();
	const flags = [
		"-march=rv32imc_zicsr_zifencei",
		"-mabi=ilp32",
		...(specs.startsWith("/") ? [`--specs=${specs}`] : []),
	];
	const modules = join(folder, "mc.xs.c.o");
	const page = join(folder, "mc.resources.c.o");
	const own = readdirSync(join(root, "modules/platform/esp32")).filter(name => name.endsWith(".c"));
	const objects = [modules, page, ...(native ? own.map(name => join(folder, `${name}.o`)) : [])];
	const size = (/** @type {string} */ object) =>
		total(spawnSync(compiler.replace(/gcc$/, "size"), [object], { encoding: "utf8" }).stdout);
	try {
		makefile.make(
			`SDKCONFIG_H_DIR=${fileURLToPath(new URL(".", import.meta.url))}`,
			`CC=${compiler}`,
			`C_FLAGS_SUBPLATFORM=${flags.join(" ")}`,
			...(native ? [] : [`ESP32_SUBCLASS=${measuredAs}`]),
			...objects,
		);
		return { modules: size(modules), page: size(page) };
	} finally {
		for (const object of objects) rmSync(object, { force: true });
	}
}

/** Builds for mcconfig's platform `platform`. @param words For mcconfig: configuration. @returns {Reached} */
export function build(/** @type {string} */ platform, /** @type {string} */ sdk, /** @type {string[]} */ words) {
	/** @type {string[]} */
	const made = [];
	const missing = ["types", "mc.xs.c", "resources", "C", "firmware"];
	const reached = (/** @type {string[]} */ ...names) => made.push(...missing.splice(0, names.length));
	const idf = process.env.IDF_PATH ?? "";
	try {
		const configured = mcconfig(["-p", platform, ...words], "keep");
		if (configured.status !== 0) throw new Error(configured.output);
		const { NAME } = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")).build;
		const folder = join(sdk, "build/tmp", platform, "release", NAME);
		const makefile = new Makefile(folder, idf || "none");
		const own = makefile.value("CC");
		if (installed(own) && installed("idf.py")) {
			const firmware = join(makefile.value("BIN_DIR"), "xs_esp32.bin");
			rmSync(firmware, { force: true });
			const { output } = mcconfig(["-m", "-p", platform, "-t", "build", ...words], "keep");
			if (!existsSync(firmware)) throw new Error(output);
			reached(...missing);
			return { made, missing };
		}
		const noFirmware = `${installed(own) ? "idf.py" : own} is not on the PATH`;
		makefile.make(join(folder, "mc.xs.c"), join(folder, "mc.resources.c"));
		reached("types", "mc.xs.c", "resources");
		const compiler = compilers.find(name => installed(name));
		if (!existsSync(join(idf, "components")) || !compiler) return { made, missing, reason: noFirmware };
		const native = makefile.value("ESP_ARCH") === "riscv";
		const flash = compileC(makefile, folder, compiler, native);
		if (native) reached("C");
		return { made, missing, reason: noFirmware, flash };
	} catch (error) {
		return { made, missing, reason: "the build failed", failure: /** @type {Error} */ (error).message };
	}
}

/** @returns What is said of one chip, in a line. */
export function line(/** @type {string} */ platform, /** @type {Reached} */ { made, missing, reason, flash }) {
	const parts = [];
	if (made.length > 0) parts.push(`made: ${made.join(", ")}`);
	if (missing.length > 0) parts.push(`not made: ${missing.join(", ")} (${reason})`);
	if (flash) parts.push(`flash: ${flash.modules} bytes of modules, ${flash.page} of pages`);
	return `${platform.padEnd(20)}${parts.join("; ")}`;
}
