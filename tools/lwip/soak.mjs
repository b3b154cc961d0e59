// `npm run soak:lwip`: hours of a household over the chip's sockets, lwIP and a TAP device. Arguments after `--` choose one and its
// amount: `connections 100000`, `resets 6000`, `update 1900`, `busy 600`. Without arguments all run.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { buildPage } from "../build.mjs";
import { compile, root } from "../compile.mjs";
import { refuse } from "../words.mjs";
import { namespace, noTap } from "./network.mjs";

/** Default amounts, and frames that the network loses or delays. */
const kinds = {
	connections: { amount: 100_000, damage: "" },
	resets: { amount: 6000, damage: "" },
	update: { amount: 1900, damage: "" },
	busy: { amount: 600, damage: "loss=0.05,duplicate=0.02,reorder=0.05,delay=2,jitter=3,seed=7" },
};

const [kind, amount] = process.argv.slice(2);
const known = Object.entries(kinds).filter(([name]) => kind === undefined || name === kind);
if (known.length === 0 || (amount !== undefined && !/^[1-9]\d{0,6}$/.test(amount)))
	refuse(`${Object.keys(kinds).join(", ")} are allowed, each with a number after it`);

if (process.env.LWIP_NAMESPACE === undefined) {
	const reason = noTap();
	if (reason !== undefined) refuse(reason);
	await Promise.all([compile("modules", "tests"), buildPage()]);
	const [command = "", ...args] = namespace;
	const env = { ...process.env, LWIP_NAMESPACE: "1" };
	const { status } = spawnSync(command, [...args, process.execPath, ...process.argv.slice(1)], {
		stdio: "inherit",
		env,
	});
	process.exit(status ?? 1);
}

const soak = await import(pathToFileURL(join(root, "build/node/tests/lwip/soak.js")).href);
let failed = false;
for (const [name, { amount: usual, damage }] of known) {
	const start = performance.now();
	const outcome = await soak[name](Number(amount ?? usual), damage);
	const found = soak.complaints(outcome);
	console.log(`${name}: ${Math.round((performance.now() - start) / 1000)} s`);
	console.log(JSON.stringify(outcome, undefined, "\t"));
	for (const complaint of found) console.error(`${name}: ${complaint}`);
	failed ||= found.length > 0;
}
await esbuild.stop();
process.exit(failed ? 1 : 0);
