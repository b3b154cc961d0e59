// Every operation stays within its budget, the figures are exact, and what makes one dearer is caught.

import { deepEqual, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { planted, skip, tool } from "./tools.js";

const { read } = await tool("chip.mjs");
const { budgets, judge, measure } = await tool("costs.mjs");

const broadcaster = "modules/sse/broadcaster.js";
const connection = "modules/http/connection.js";

test("every operation is within its budget, and a second run counts the same", { skip }, async () => {
	const costs = await measure();
	const { over, under } = judge(costs, budgets());
	for (const line of under) console.log(`better than its budget: ${line}`);
	deepEqual(over, []);
	deepEqual(await measure(), costs);
});

test("MQTT without a broker and alerts without a receiver keep less than 1 KB", { skip }, async t => {
	const app = "modules/app/app.js";
	let without: string = read(app).replace("this.mqtt.change();", "");
	for (const [part, created, instead] of [
		["mqtt", "new MQTTService(this)", "undefined"],
		["alerts", "new Alerts(this)", "{ of: Array, close: Array }"],
	] as const)
		for (const [line, code] of [
			[`this.${part} = ${created};`, `this.${part} = ${instead};`],
			[`this.readings.add(this.${part});`, ""],
		] as const) {
			ok(without.includes(line), line);
			without = without.replace(line, code);
		}
	const name = "the app at rest, 1 sensor";
	const bytes = (await measure())[name].bytes - (await measure(new Map([[app, without]])))[name].bytes;
	t.diagnostic(`${bytes} bytes`);
	ok(bytes > 0 && bytes < 1024);
});

test("eleven neighbours, and what finds them, keep at most 2 KB", { skip }, async t => {
	const costs = await measure();
	const bytes = costs["mDNS at rest, eleven neighbours"].bytes - costs["mDNS at rest, looking for no neighbours"].bytes;
	t.diagnostic(`${bytes} bytes`);
	ok(bytes > 1000 && bytes <= 2048);
});

test("an extra copy of each event is caught", { skip }, async () => {
	const costs = await measure(planted(broadcaster, "writeAll(sockets, bytes)", "writeAll(sockets, bytes.slice())"));
	const { over } = judge(costs, budgets());
	ok(over.some((line: string) => line.startsWith("an event to 8 streams: bytes ")));
});

test("a closure a request is caught", { skip }, async () => {
	const costs = await measure(
		planted(connection, "const request = typeof", "this.later = () => text;\n    const request = typeof"),
	);
	const { over } = judge(costs, budgets());
	ok(over.some((line: string) => line.startsWith("GET /, in curl's words: bytes ")));
});

test("a module-level Map is caught before anything is measured", { skip }, async () => {
	const error = await measure(new Map([[connection, `${read(connection)}\nexport const seen = new Map();\n`]])).catch(
		String,
	);
	match(error, /modules\/http\/connection\.js: a Map at module level/);
});

test("what is better than its budget warns; what is worse, has none or is not measured fails", () => {
	const { over, under } = judge(
		{ one: { compute: 100, bytes: 90 }, two: { compute: 103, bytes: 100 }, three: { compute: 1, bytes: 1 } },
		{ one: { compute: 100, bytes: 100 }, two: { compute: 100, bytes: 100 }, four: { compute: 1, bytes: 1 } },
	);
	deepEqual(under, ["one: bytes 90, the budget is 100"]);
	deepEqual(over, ["two: compute 103, the budget is 100", "three: has no budget", "four: is not measured"]);
});
