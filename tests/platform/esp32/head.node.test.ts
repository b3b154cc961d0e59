import { equal } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { curl, homeAssistant, prometheus, stream } from "../../fakes/clients.js";

const { program, script } = await import(pathToFileURL(join("tools/instructions", "build.mjs")).href);

const path: string | undefined = await program();
if (!path && process.env.CI) throw new Error("CI needs a C compiler for 32 bits, and lwIP's sources");

test("what is cut in C of a changed head is what JavaScript reads", {
	skip: path ? false : "the program cannot be built",
}, async () => {
	const folder = mkdtempSync(join(tmpdir(), "dht-heads-"));
	try {
		writeFileSync(join(folder, "script"), await script({}, "tests/platform/esp32/heads.ts"));
		const heads = [curl, homeAssistant, prometheus, stream("Last-Event-ID: 5f3a-17\r\n")];
		const query = curl.replace("GET /", "HEAD /api/history?sensor=Living%20room&span=15m");
		const calls = [...heads, query].map(head => `call ${encodeURIComponent(head)}\n`);
		const plan = ["start\n", ...calls].join("");
		writeFileSync(join(folder, "plan"), plan);
		const sizes = ["100000", "10000", "2000000", "100000"];
		const { status, stderr } = spawnSync(path!, ["script", "plan", ...sizes], { cwd: folder, encoding: "utf8" });
		equal(stderr, "");
		equal(status, 0);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
