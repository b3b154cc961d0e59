// The engine with the project's modules at hand, as the SDK gives them to a chip: preloaded modules are evaluated first and frozen.

import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { root } from "../compile.mjs";
import { engine } from "./engine.mjs";
import { Worker } from "./worker.mjs";

const prelude = readFileSync(join(root, "tools/xs/prelude.js"), "utf8");

/** Modules of Node that have a stand-in for the engine. */
const shims = new Map([
	["node:test", "tools/xs/shims/test.js"],
	["node:assert/strict", "tools/xs/shims/assert.js"],
]);

/** What a module imports, by specifier: the names, `default` among them. */
const imports = /^(?:import|export)\s+(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\}\s*)?(?:from\s*)?"([^"]+)";/gm;

/** A module of the project as esbuild left it in build/node. @throws {Error} There is none. */
export function read(/** @type {string} */ name) {
	const text = readFileSync(join(root, name.startsWith("tools/") ? name : `build/node/${name}`), "utf8");
	return text.replace(/^\/\/# sourceMappingURL=.*\s*$/m, "");
}

/** @returns The specifiers and names that `text` imports. */
function importsOf(/** @type {string} */ text) {
	return [...text.matchAll(imports)].map(([, whole, names = "", specifier = ""]) => ({
		specifier,
		names: [
			...(whole ? ["default"] : []),
			...names
				.split(",")
				.map(name => name.trim().split(/\s+as\s+/)[0] ?? "")
				.filter(Boolean),
		],
	}));
}

/** The name of the module that `specifier` means in the module `from`. */
export const resolve = (/** @type {string} */ specifier, /** @type {string} */ from) =>
	specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier) : specifier;

/** `names` and all that they import, each after what it imports itself. */
export function needed(/** @type {string[]} */ names) {
	/** @type {Set<string>} */
	const done = new Set();
	const visit = (/** @type {string} */ name) => {
		if (done.has(name) || !name.endsWith(".js")) return;
		for (const { specifier } of importsOf(read(name))) visit(resolve(specifier, name));
		done.add(name);
	};
	for (const name of names) visit(name);
	return [...done];
}

/** In place of the SDK's modules: to use what they export while modules are preloaded does not link. */
function standIn(/** @type {string} */ specifier, /** @type {string[]} */ importers) {
	const names = new Set(
		importers.flatMap(text =>
			importsOf(text)
				.filter(one => one.specifier === specifier)
				.flatMap(one => one.names),
		),
	);
	const lines = [...names].map(name => {
		const value = `native(${JSON.stringify(`${name} of ${specifier}`)})`;
		return name === "default" ? `export default ${value};` : `export const ${name} = ${value};`;
	});
	return `const native = name => {
	const refuse = () => { throw new Error("a native call at module level: " + name); };
	const handler = { apply: refuse, construct: refuse, get: (target, key) => key === "prototype" ? target[key] : refuse() };
	return new Proxy(class { }, Object.freeze(handler));
};
${lines.join("\n")}
`;
}

/** What of a module's text is state that does not survive in flash. */
const variables = (/** @type {string} */ text) =>
	[...text.matchAll(/^(?:export )?let ([\w$]+)/gm)].map(([, name]) => `let ${name}`);

/**
 * @typedef {object} Options
 * @property {Map<string, string>} [planted] Modules' texts in place of those in build/node, for tests of the checks.
 * @property {(message: Buffer) => Uint8Array} [ask] Replies to what modules send by the global function `ask`.
 */

export class Chip {
	#worker;
	/** @type {unknown} */
	#told;
	/** @type {string[]} */
	#preloaded = [];
	/** What the engine compiled, in order: its stack traces give numbers. @type {string[]} */
	#compiled = [];
	/** @type {Map<string, string>} */
	#planted;
	#ask;

	/**
	 * @param {string} program Of `engine`.
	 * @param {Options} [options]
	 */
	constructor(program, { planted = new Map(), ask = () => new Uint8Array() } = {}) {
		this.#planted = planted;
		this.#ask = ask;
		this.#worker = new Worker(program, question => this.#reply(question));
	}

	/** @returns One with the prelude in place. */
	static async start(/** @type {Options} */ options = {}) {
		const chip = new Chip(await engine(), options);
		await chip.evaluate(prelude);
		return chip;
	}

	/**
	 * Evaluates and freezes modules, each after those that it imports.
	 * @param {string[]} names As files of build/node. @returns {Promise<string[]>} What is wrong with which of them.
	 */
	async preload(names) {
		this.#preloaded = needed(names);
		const state = this.#preloaded.flatMap(name =>
			variables(this.#text(name)).map(what => `${name}: ${what} at module level`),
		);
		return [...state, .../** @type {string[]} */ (await this.evaluate(`preload(${JSON.stringify(this.#preloaded)})`))];
	}

	/**
	 * From now on the engine has the heap and stack of the chip's machine, empty but for what there is already.
	 * @param {number} memory How many bytes the heap may grow by, with what is taken outside of it: more ends the engine.
	 * @param {{ slots: number, bytes: number }} [free] What of the heap is free, in place of the manifest's.
	 */
	async seal(memory, free) {
		const { chunk, heap, stack } = creation();
		const { slots, bytes } = free ?? { slots: heap.initial, bytes: chunk.initial };
		await this.evaluate(`seal(${[slots, bytes, stack, heap.incremental, chunk.incremental, memory].join()})`);
	}

	/** Imports a module. @throws {Error} Its exception. */
	async run(/** @type {string} */ name) {
		await this.evaluate(`load(${JSON.stringify(name)})`);
	}

	/** Evaluates a script. @returns What it last gave to the global function `tell`. @throws {Error} Its exception. */
	async evaluate(/** @type {string} */ script) {
		this.#told = undefined;
		this.#compiled.push("a script");
		await this.#worker.evaluate(script);
		return this.#told;
	}

	/** Gives `message` to the function that a module gave to the global function `listen`. @throws {Error} Its exception. */
	async send(/** @type {Uint8Array} */ message) {
		await this.#worker.command(message);
	}

	/** @returns `text` with modules' names in place of the engine's numbers. */
	named(/** @type {string} */ text) {
		return text.replace(/\(#(\d+):/g, (_, number) => `(${this.#compiled[number]}:`);
	}

	close() {
		this.#worker.close();
	}

	#text(/** @type {string} */ name) {
		const shim = shims.get(name);
		if (shim) return read(shim);
		if (!name.endsWith(".js"))
			return standIn(
				name,
				this.#preloaded.map(one => this.#planted.get(one) ?? read(one)),
			);
		return this.#planted.get(name) ?? read(name);
	}

	#reply(/** @type {Buffer} */ question) {
		const kind = String.fromCharCode(question[0] ?? 0);
		const content = question.subarray(1);
		if (kind === "a") return this.#ask(content);
		if (kind === "t") {
			this.#told = JSON.parse(content.toString());
			return new Uint8Array();
		}
		this.#compiled.push(content.toString());
		return Buffer.from(this.#text(content.toString()));
	}
}

const manifest = () => JSON.parse(readFileSync(join(root, "manifest.json"), "utf8"));

/** The chip's machine: chunks in bytes, heap and stack in slots. */
export const creation = () => manifest().platforms.esp32.creation;

/** The modules that manifest.json preloads, of all platforms, as files of build/node; not the SDK's, nor glue of C. */
export function preloads() {
	const { platforms, ...common } = manifest();
	return [common, ...Object.values(platforms)].flatMap(({ preload = [], modules = {} }) =>
		preload
			.map((/** @type {string} */ name) =>
				name.startsWith("modules/") ? name : String([modules[name]].flat()[0]).slice(2),
			)
			.filter((/** @type {string} */ path) => existsSync(join(root, `${path}.ts`)))
			.map((/** @type {string} */ path) => `${path}.js`),
	);
}
