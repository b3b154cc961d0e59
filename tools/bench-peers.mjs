// `npm run bench:peers`: this server on the desktop host's sockets next to node:http with better-sse: the same
// requests, the same events, by turns in one run. Then the page next to one of canvas-gauges, as `npm run bench:page` has it. `-- RUNS` for
// another number of runs than nine.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { stop } from "esbuild";
import { buildPage } from "./build.mjs";
import { root } from "./compile.mjs";
import { bundle, names, quantile, round } from "./peers/round.mjs";
import { numberOf } from "./words.mjs";

const runs = numberOf("runs", 9);
const size = { rounds: 42, requests: 4000, clients: 8, firsts: 50, streams: [8, 100], events: 400, everyMs: 10 };

await Promise.all([bundle(), buildPage()]);
await stop();

/** @type {Record<string, Record<string, number>[]>} */
const seen = { own: [], "better-sse": [] };
for (let run = 0; run < runs; run++)
	for (const name of run % 2 === 0 ? names : names.slice().reverse()) seen[name]?.push(await round(name, size));

const { own = [], "better-sse": theirs = [] } = seen;
const short = (/** @type {number} */ value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const { version } = JSON.parse(readFileSync(join(root, "node_modules/better-sse/package.json"), "utf8"));
const machine = `${cpus().length} × ${cpus()[0]?.model}, ${(totalmem() / 1e9).toFixed(0)} GB of memory, ${type()} ${release()}`;
console.log(`Medians of ${runs} runs, and of the ratios of each two that followed each other.`);
console.log(
	`${new Date().toISOString().slice(0, 10)}; ${machine}; Node ${process.versions.node}, better-sse ${version}\n`,
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
