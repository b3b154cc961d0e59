// Chromium: the program that CHROMIUM names, or one at a usual path.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const paths = [
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/snap/bin/chromium",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The browser's program, or `undefined` where there is none. */
export const program = process.env.CHROMIUM ?? paths.find(path => existsSync(path));

/** Starts the browser without a window. */
export function launch(): Promise<Browser> {
	assert.ok(program, "no Chromium: install it or name it with CHROMIUM");
	return chromium.launch({
		executablePath: program,
		args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
	});
}
