/** The past of one sensor as a table that spreadsheets open as it is: RFC 4180, decimal points, UTC. */

import { quantities, type SensorHistory, statistics } from "./series.js";

/**
 * A field of text. One that a spreadsheet would take for a formula gets an apostrophe before it, which shows that it is
 * text (OWASP, "CSV Injection"; the wide forms count, too).
 */
export function field(text: string): string {
	const safe = /^\s*[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text;
	return /[",\r\n']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A header and a row a place; the fields of a gap are empty. Lines end in CR LF. */
export function* csv({ sensor, series, start }: SensorHistory): Generator<string> {
	const name = field(sensor);
	const columns = quantities.flatMap(quantity => statistics.map(statistic => ({ quantity, statistic })));
	yield `${start === null ? "uptime_s" : "time"},sensor`;
	for (const { quantity, statistic } of columns) yield `,${quantity}_${statistic}`;
	yield "\r\n";
	for (let index = 0; index < series.length; index++) {
		const sinceStart = index * series.stepMs;
		yield start === null ? `${(series.startTicks + sinceStart) / 1000}` : new Date(start + sinceStart).toISOString();
		yield `,${name}`;
		for (const { quantity, statistic } of columns) yield `,${series.value(index, quantity, statistic) ?? ""}`;
		yield "\r\n";
	}
}

// What generators inherit from is constant, too: else the chip keeps a place for its copy in RAM.
Object.freeze(csv.prototype, true);
