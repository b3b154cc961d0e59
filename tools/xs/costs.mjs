// What the project's operations cost on XS, and whether that is within their budgets.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../compile.mjs";
import { Chip, preloads } from "./chip.mjs";

/** @typedef {{ compute: number, bytes: number }} Cost */
/** @typedef {Cost & { reason?: string }} Budget */

/** A figure over its budget by more than this share fails, one under it by more warns. */
const tolerance = 0.02;

/** The table of budgets, by operation. @returns {Record<string, Budget>} */
export const budgets = () => JSON.parse(readFileSync(join(root, "tests/xs/budgets.json"), "utf8"));

/** @param planted As of `Chip`. @returns {Promise<Record<string, Cost>>} What each operation of tests/xs/operations.ts costs. */
export async function measure(planted = new Map()) {
	const chip = await Chip.start({ planted });
	try {
		const problems = await chip.preload(preloads());
		if (problems.length > 0) throw new Error(problems.join("\n"));
		return /** @type {Record<string, Cost>} */ (await chip.evaluate('load("tests/xs/operations.js")'));
	} finally {
		chip.close();
	}
}

/** @returns What is worse than its budget, and what is better. */
export function judge(/** @type {Record<string, Cost>} */ costs, /** @type {Record<string, Budget>} */ table) {
	/** @type {string[]} */
	const over = [];
	/** @type {string[]} */
	const under = [];
	for (const name of new Set([...Object.keys(costs), ...Object.keys(table)])) {
		const cost = costs[name];
		const budget = table[name];
		if (!cost || !budget) {
			over.push(`${name}: ${cost ? "has no budget" : "is not measured"}`);
			continue;
		}
		for (const what of /** @type {const} */ (["compute", "bytes"])) {
			const line = `${name}: ${what} ${cost[what]}, the budget is ${budget[what]}`;
			if (cost[what] > budget[what] * (1 + tolerance)) over.push(line);
			else if (cost[what] < budget[what] * (1 - tolerance)) under.push(line);
		}
	}
	return { over, under };
}
