/** The past of one sensor as CSV that spreadsheets open as it is: RFC 4180, decimal points, UTC. */

import { quantities, type SensorHistory, statistics } from "./series.js";

/**
 * @returns A field. One that a spreadsheet would take for a formula gets an apostrophe before it, which marks it as text
 * (OWASP, "CSV Injection"; the wide forms of the signs count, too).
 */
export function field(text: string): string {
	const safe = /^\s*[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text;
	return /[",\r\n']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A header, and a row a bucket; the fields of a gap are empty. Lines end in CR LF. */
export function* csv({ sensor, series, firstTime }: SensorHistory): Generator<string> {
	const name = field(sensor);
	const columns = quantities.flatMap(quantity => statistics.map(statistic => ({ quantity, statistic })));
	yield `${firstTime === null ? "uptime_s" : "time"},sensor`;
	for (const { quantity, statistic } of columns) yield `,${quantity}_${statistic}`;
	yield "\r\n";
	for (let index = 0; index < series.length; index++) {
		const sinceFirst = index * series.stepMs;
		yield firstTime === null
			? `${(series.startTicks + sinceFirst) / 1000}`
			: new Date(firstTime + sinceFirst).toISOString();
		yield `,${name}`;
		for (const { quantity, statistic } of columns) yield `,${series.value(index, quantity, statistic) ?? ""}`;
		yield "\r\n";
	}
}

// The prototype of a generator's instances is frozen, too: otherwise the chip reserves RAM for a copy of it.
Object.freeze(csv.prototype, true);
