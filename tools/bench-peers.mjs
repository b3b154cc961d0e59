// `npm run bench:peers`: this server on the desktop host's sockets next to node:http with better-sse: the same page, the same
// events, by turns in one run. Then the page next to one of canvas-gauges, as `npm run bench:page` has it. `-- RUNS` for
// another number of runs than seven.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { stop } from "esbuild";
import { buildPage } from "./build.mjs";
import { compile, root } from "./compile.mjs";
import { quantile, round } from "./peers/round.mjs";

const runs = Number(process.argv[2] ?? 7);
const size = { pageMs: 2000, connections: 8, firsts: 50, streams: [8, 100], events: 200, everyMs: 10 };

await Promise.all([compile("modules"), buildPage()]);
await stop();

/** @type {Record<string, Record<string, number>[]>} */
const seen = { own: [], "better-sse": [] };
for (let run = 0; run < runs; run++)
	for (const name of run % 2 === 0 ? ["own", "better-sse"] : ["better-sse", "own"])
		seen[name]?.push(await round(name, size));

const { own = [], "better-sse": theirs = [] } = seen;
const median = (/** @type {Record<string, number>[]} */ rounds, /** @type {string} */ figure) =>
	quantile(rounds.map(figures => figures[figure] ?? Number.NaN));
const short = (/** @type {number} */ value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
console.log(`Medians of ${runs} runs; Node ${process.versions.node}\n`);
console.log("| | this server | node:http, better-sse | ratio |\n| --- | --- | --- | --- |");
for (const figure of Object.keys(own[0] ?? {})) {
	const [ours, peer] = [median(own, figure), median(theirs, figure)];
	console.log(`| ${figure} | ${short(ours)} | ${short(peer)} | ${peer === 0 ? "" : (ours / peer).toFixed(2)} |`);
}
console.log();
process.exit(spawnSync(process.execPath, [join(root, "tools/bench-page.mjs")], { stdio: "inherit" }).status ?? 1);
