// `npm run bench:peers`: this server on the desktop host's sockets next to node:http with better-sse: the same
// resources, the same events, by turns in one run. Then the page next to one of canvas-gauges, as `npm run bench:page` has it. `-- RUNS` for
// another number of runs than nine.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { stop } from "esbuild";
import { buildPage } from "./build.mjs";
import { compile, root } from "./compile.mjs";
import { quantile, round } from "./peers/round.mjs";
import { numberOf } from "./words.mjs";

const runs = numberOf("runs", 9);
const size = { requests: 4000, connections: 8, firsts: 50, streams: [8, 100], events: 400, everyMs: 10 };

await Promise.all([compile("modules", "tests"), buildPage()]);
await stop();

/** @type {Record<string, Record<string, number>[]>} */
const seen = { own: [], "better-sse": [] };
for (let run = 0; run < runs; run++)
	for (const name of run % 2 === 0 ? ["own", "better-sse"] : ["better-sse", "own"])
		seen[name]?.push(await round(name, size));

const { own = [], "better-sse": theirs = [] } = seen;
const short = (/** @type {number} */ value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
console.log(
	`Medians of ${runs} runs, and of the ratios of each two that followed each other; Node ${process.versions.node}\n`,
);
console.log("| | this server | node:http, better-sse | ratio |\n| --- | --- | --- | --- |");
for (const figure of Object.keys(own[0] ?? {})) {
	const of = (/** @type {Record<string, number>} */ figures) => figures[figure] ?? Number.NaN;
	const ratio = quantile(own.map((figures, run) => of(figures) / of(theirs[run] ?? {})));
	const cells = [
		short(quantile(own.map(of))),
		short(quantile(theirs.map(of))),
		Number.isFinite(ratio) ? short(ratio) : "",
	];
	console.log(`| ${figure} | ${cells.join(" | ")} |`);
}
console.log();
process.exit(spawnSync(process.execPath, [join(root, "tools/bench-page.mjs")], { stdio: "inherit" }).status ?? 1);
