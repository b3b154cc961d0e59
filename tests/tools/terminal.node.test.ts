// The password's prompt of `npm run update`, on a terminal that `script` makes.

import { equal, ok } from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";

const isThere = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux");
const skip = isThere || process.env.CI ? false : "script of util-linux is not installed";

test("what is typed is not shown", { skip }, async () => {
	const code = `import("./tools/update/terminal.mjs").then(async ({ askHidden }) => {
		const typed = await askHidden("password: ");
		console.log(typed.length);
		process.exit();
	})`;
	const child = spawn("script", ["-qec", `${process.execPath} -e '${code}'`, "/dev/null"], { stdio: "pipe" });
	let output = "";
	let isTyped = false;
	child.stdout.setEncoding("utf8").on("data", text => {
		output += text;
		if (!isTyped && output.includes("password: ")) child.stdin.write("correct horse\r");
		isTyped ||= output.includes("password: ");
	});
	const [status] = await once(child, "close");
	equal(status, 0);
	ok(!output.includes("horse"), output);
	ok(output.includes("13"), output);
});
