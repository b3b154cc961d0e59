// What the tests of the engine's tools share.

import { ok } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** @returns The module `name` of tools/xs. */
export const tool = (name: string) => import(pathToFileURL(join("tools/xs", name)).href);

const { compiler } = await tool("engine.mjs");
const { read } = await tool("chip.mjs");

/** Why nothing can be run on the engine here. */
export const skip = compiler() ? false : "there is no C compiler for 32 bits";

/** The text of the module `name` with `code` in place of `of`, which must be there; as of `Chip`'s `planted`. */
export function planted(name: string, of: string, code: string): Map<string, string> {
	const text: string = read(name);
	const changed = text.replace(of, code);
	ok(changed !== text, `${name} has no ${of}`);
	return new Map([[name, changed]]);
}

/** The app's modules, with `code` run before each response is made; `request` is there. */
export const plantedBeforeResponse = (code: string): Map<string, string> =>
	planted("modules/http/server.js", "respond(request) {", `respond(request) { ${code}`);
