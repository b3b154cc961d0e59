// `npm run bench`: what each operation costs on the chip's engine, next to its budget in tests/xs/budgets.json. The figures are
// exact: the engine counts. `-- --write` puts today's figures into the table; a raised one needs its "reason" there.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile, root } from "./compile.mjs";
import { refuse } from "./words.mjs";
import { budgets, judge, measure } from "./xs/costs.mjs";

const words = process.argv.slice(2);
const write = words[0] === "--write";
if (words.length > (write ? 1 : 0)) refuse(`"${words.join(" ")}" is not allowed; --write is`);

await compile("modules", "tests");
const costs = await measure();
const table = budgets();
if (write) {
	const fresh = Object.entries(costs).map(([name, cost]) => [name, { ...table[name], ...cost }]);
	writeFileSync(join(root, "tests/xs/budgets.json"), `${JSON.stringify(Object.fromEntries(fresh), null, "\t")}\n`);
}
console.log("compute: bytecodes and surcharges; bytes: slots and chunks of a 32-bit machine, allocated or kept");
const row = (/** @type {(string | number)[]} */ ...[name = "", ...numbers]) =>
	console.log(`${String(name).padEnd(56)}${numbers.map(number => String(number).padStart(10)).join("")}`);
row("", "compute", "budget", "bytes", "budget");
for (const [name, { compute, bytes }] of Object.entries(costs))
	row(name, compute, table[name]?.compute ?? "", bytes, table[name]?.bytes ?? "");
const { over, under } = judge(costs, budgets());
for (const line of under) console.log(`better than its budget: ${line}`);
for (const line of over) console.error(`over: ${line}`);
process.exit(over.length > 0 ? 1 : 0);
