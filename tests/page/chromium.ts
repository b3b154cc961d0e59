// Chromium: the program that CHROMIUM names, or one at a usual path.

import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";

const { findChromium } = await import(pathToFileURL(join("tools/toolchain.mjs")).href);

/** The browser's program, or `undefined` where there is none. */
export const program: string | undefined = findChromium().path;

/** Starts the browser without a window. */
export function launch(): Promise<Browser> {
	assert.ok(program, "no Chromium: install it or name it with CHROMIUM");
	return chromium.launch({
		executablePath: program,
		args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
	});
}
