// Accessibility as axe-core sees it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @returns The violations that axe finds in the page, a line each. */
export async function violations(page: Page): Promise<string[]> {
	await page.evaluate(source);
	return page.evaluate(async () => {
		const { axe } = globalThis as typeof globalThis & { axe: { run(): Promise<AxeResults> } };
		const found = await axe.run();
		return found.violations.map(
			({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)}`,
		);
	});
}
