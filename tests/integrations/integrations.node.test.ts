// The dashboard and the rules in docs/integrations/ name what /metrics has.

import { deepEqual, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../e2e/steps.js";

const folder = "docs/integrations";
const read = (name: string) => readFileSync(`${folder}/${name}`, "utf8");

/** The metrics that the device exports. */
const metrics = new Set(
	[...readFileSync("modules/api/metrics.ts", "utf8").matchAll(/"(dht_\w+)"/g)].map(([, name]) => name!),
);

/** @returns The metrics that `text` names. */
const named = (text: string) => [...new Set([...text.matchAll(/\bdht_\w+/g)].map(([name]) => name))];

interface Panel {
	id: number;
	title: string;
	gridPos: { h: number; w: number; x: number; y: number };
	datasource: unknown;
	targets: { expr: string; datasource: unknown }[];
}

const dashboard = JSON.parse(read("grafana.json")) as { panels: Panel[]; templating: { list: { name: string }[] } };

for (const name of ["grafana.json", "alerts.yml", "alerts.test.yml"])
	test(`${name} names metrics that there are`, () => {
		ok(metrics.size > 15);
		ok(named(read(name)).length > 3);
		deepEqual(
			named(read(name)).filter(metric => !metrics.has(metric)),
			[],
		);
	});

test("the dashboard has every metric", () => {
	const shown = named(read("grafana.json"));
	deepEqual(
		[...metrics].filter(metric => !shown.includes(metric)),
		[],
	);
});

test("the dashboard's panels have ids of their own, queries of the chosen source, and lie apart", () => {
	const { panels, templating } = dashboard;
	const variables = templating.list.map(({ name }) => name);
	const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
		Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`),
	);
	deepEqual(new Set(panels.map(({ id }) => id)).size, panels.length);
	deepEqual(new Set(cells).size, cells.length);
	ok(panels.every(({ gridPos: { x, w } }) => x + w <= 24));
	for (const { targets, datasource } of panels)
		for (const target of targets) {
			deepEqual(
				[target.datasource, datasource],
				Array(2).fill({ type: "prometheus", uid: "$".concat("{datasource}") }),
			);
			for (const [, name] of target.expr.matchAll(/\$(\w+)/g)) ok(variables.includes(name!), name);
		}
});

const promtool = (...args: string[]) => spawnSync("promtool", args, { encoding: "utf8" });
const skip = promtool("--version").error && !process.env.CI ? "promtool is not installed" : false;

test("promtool accepts the rules, and their tests pass", { skip }, () => {
	for (const args of [
		["check", "rules", `${folder}/alerts.yml`],
		["test", "rules", `${folder}/alerts.test.yml`],
	]) {
		const { status, stdout, stderr } = promtool(...args);
		deepEqual({ args, status, problem: status === 0 ? "" : stdout + stderr }, { args, status: 0, problem: "" });
	}
});

test("Prometheus parses the dashboard's queries", { skip }, async t => {
	const file = join(await temporaryFolder(t), "queries.yml");
	const queries = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
	const rules = queries.map((expr, at) => `  - record: panel:query${at}\n    expr: ${JSON.stringify(expr)}\n`);
	await writeFile(file, `groups:\n- name: panels\n  rules:\n${rules.join("")}`);
	const { status, stdout, stderr } = promtool("check", "rules", file);
	deepEqual({ status, problem: status === 0 ? "" : stdout + stderr }, { status: 0, problem: "" });
});
