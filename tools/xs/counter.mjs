// A reporter of Node's test runner: how many tests of each file passed, and how many failed, as JSON.

import { relative } from "node:path";

/** @typedef {{ type: string, data: { file?: string, skip?: string | boolean, details?: { type?: string } } }} Event */

export default async function* counter(/** @type {AsyncIterable<Event>} */ events) {
	/** @type {Record<string, number>} */
	const passed = {};
	let failed = 0;
	for await (const { type, data } of events) {
		if (data.details?.type === "suite" || data.skip !== undefined) continue;
		if (type === "test:fail") failed++;
		if (type !== "test:pass" || !data.file) continue;
		const source = relative("", data.file)
			.replace(/^build.node./, "")
			.replace(/\.js$/, ".ts");
		passed[source] = (passed[source] ?? 0) + 1;
	}
	yield JSON.stringify({ passed, failed });
}
