// `npm run bench`: what each operation costs on the chip's engine, next to its budget: the engine's own count in tests/xs/budgets.json,
// and the processor's instructions in tests/xs/instructions.json. The figures are exact. `-- --write` puts today's into the tables; a
// raised one of the engine's needs its "reason" there. `-- --profile FOLDER` keeps Valgrind's profiles, for callgrind_annotate. `-- --memory`
// prints what each part of the app keeps at rest, `-- --growth` how cost and memory grow, and draws docs/growth.svg.

import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { compile, root } from "./compile.mjs";
import * as native from "./instructions/count.mjs";
import { bend, bent, draw, growth, share } from "./instructions/growth.mjs";
import { keptByPart } from "./instructions/memory.mjs";
import { refuse } from "./words.mjs";
import { budgets, judge, measure } from "./xs/costs.mjs";

const [option, folder, ...rest] = process.argv.slice(2);
const write = option === "--write" && folder === undefined;
const profile = option === "--profile" && folder !== undefined ? resolve(folder) : undefined;
const memory = option === "--memory" && folder === undefined;
const grows = option === "--growth" && folder === undefined;
if (rest.length > 0 || (option !== undefined && !write && !profile && !memory && !grows))
	refuse(`"${process.argv.slice(2).join(" ")}" is not allowed; --write, --memory, --growth and --profile FOLDER are`);

const row = (/** @type {(string | number)[]} */ ...[name = "", ...numbers]) =>
	console.log(`${String(name).padEnd(56)}${numbers.map(number => String(number).padStart(11)).join("")}`);
/** @type {string[]} */
const worse = [];
function tell(/** @type {{ over: string[], under: string[] }} */ { over, under }) {
	for (const line of under) console.log(`better than its budget: ${line}`);
	for (const line of over) console.error(`over: ${line}`);
	worse.push(...over);
}

async function engineCosts() {
	const costs = await measure();
	const table = budgets();
	if (write) {
		const fresh = Object.entries(costs).map(([name, cost]) => [name, { ...table[name], ...cost }]);
		writeFileSync(join(root, "tests/xs/budgets.json"), `${JSON.stringify(Object.fromEntries(fresh), null, "\t")}\n`);
	}
	console.log("compute: bytecodes and surcharges; bytes: slots and chunks of a 32-bit machine, allocated or kept");
	row("", "compute", "budget", "bytes", "budget");
	for (const [name, { compute, bytes }] of Object.entries(costs))
		row(name, compute, table[name]?.compute ?? "", bytes, table[name]?.bytes ?? "");
	tell(judge(costs, budgets()));
}

async function nativeCosts() {
	if (profile) mkdirSync(profile, { recursive: true });
	const measured = await native.measure(profile ? { profile } : {});
	const before = native.budgets();
	if (write) native.setBudgets(measured);
	console.log(`
instructions: of a 32-bit processor; heap: bytes of slots and chunks; malloc: calls outside of the heap; switches: between lwIP's
task and XS's; sent: bytes of frames`);
	row("", "instructions", "budget", "heap", "malloc", "switches", "sent");
	for (const [name, { instructions, heap, allocations, switches, sent }] of Object.entries(measured.operations))
		row(name, instructions, before.operations[name]?.instructions ?? "", heap, allocations, switches, sent);
	row("bytes kept", "slots", "chunks", "malloc", "at most");
	for (const [name, { slots, chunks, outside, outsideMost }] of Object.entries(measured.kept))
		row(name, slots, chunks, outside, outsideMost);
	tell(native.judge(measured));
}

async function memoryAtRest() {
	const parts = await keptByPart();
	row("bytes kept at rest", "slots", "chunks", "both");
	for (const { name, slots, chunks } of parts) row(name, slots, chunks, slots + chunks);
}

async function curves() {
	const bentBy = (/** @type {Parameters<typeof bend>} */ ...of) => bend(...of).toFixed(2);
	const found = await growth();
	for (const curve of found) {
		const { what, name, points } = curve;
		row(`${what}: ${name}`, ...points.map(({ count }) => count));
		row("  thousand instructions, without the collector's", ...points.map(({ own }) => own.toFixed(0)));
		row("  with them", ...points.map(({ all }) => all.toFixed(0)));
		row("  KB kept", ...points.map(({ kept }) => kept.toFixed(1)));
		row("  the last one more, in the minimum before: instructions, KB", bentBy(points, "own"), bentBy(points, "kept"));
		row("  one of many, in one alone", share(points).toFixed(2));
		worse.push(...bent(curve));
	}
	draw(found);
	for (const line of worse) console.error(`over: ${line}`);
}

await compile("modules", "tests");
if (!profile && !memory && !grows) await engineCosts();
const reason = native.noCount();
if (memory) await memoryAtRest();
else if (grows) await curves();
else if (reason) console.log(`instructions: not counted, for ${reason}`);
else await nativeCosts();
process.exit(worse.length > 0 ? 1 : 0);
