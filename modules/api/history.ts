/** `/api/history`: the past of one sensor as JSON or CSV, encoded while it is sent. */

import type { Handler } from "../http/handler.js";
import { parameter, type Request } from "../http/request.js";
import { HTTPError, type Response } from "../http/response.js";
import { IteratedText, textSourceResponse } from "../http/text-body.js";
import type { Clock } from "../platform/clock.js";
import type { Text } from "../platform/text.js";
import { csv } from "./csv.js";
import type { SensorData, Span } from "./schema.js";
import { quantities, type SensorHistory, type Series, statistics } from "./series.js";

export interface HistorySource {
	/** The sensor of a request that names none. */
	readonly defaultSensor: string;
	/** @returns `undefined` for a sensor that does not exist. */
	series(sensor: string, span: Span): Series | undefined;
	/** @returns The newest reading of `sensor`; `null` before the first. */
	newest(sensor: string): SensorData | null;
}

export interface HistoryHandlerOptions {
	text: Text;
	clock: Clock;
	source: HistorySource;
}

/** Values that are made at once. */
const ROW = 32;

const spans: readonly Span[] = Object.freeze(["15m", "24h", "7d"], true);

export class HistoryHandler implements Handler {
	readonly allow = "GET, HEAD";
	#text: Text;
	#clock: Clock;
	#source: HistorySource;

	constructor({ text, clock, source }: HistoryHandlerOptions) {
		this.#text = text;
		this.#clock = clock;
		this.#source = source;
	}

	get isShared(): true {
		return true;
	}

	handle(request: Request): Response | HTTPError {
		const source = this.#source;
		const name = parameter(request, "span") ?? "24h";
		const span = spans.find(one => one === name);
		if (!span) return new HTTPError(400, "The span must be 15m, 24h or 7d.");
		const sensor = parameter(request, "sensor") ?? source.defaultSensor;
		const found = source.series(sensor, span);
		if (!found) return new HTTPError(404, "There is no sensor of that name.");
		const format = parameter(request, "format") ?? formatOf(request);
		if (format !== "csv" && format !== "json") return new HTTPError(400, "The format must be json or csv.");
		const { ticks, time } = this.#clock;
		const history: SensorHistory = {
			sensor,
			span,
			series: found,
			firstTime: time === undefined ? null : Math.round((time - ticks + found.startTicks) / 1000) * 1000,
			newest: source.newest(sensor),
		};
		const isCSV = format === "csv";
		const type = isCSV
			? `text/csv;charset=utf-8;header=present\r\nContent-Disposition: attachment; filename="history-${span}.csv"`
			: "application/json";
		const strings = isCSV ? csv(history) : json(history);
		return textSourceResponse(
			this.#text,
			`Content-Type: ${type}\r\nCache-Control: no-store\r\nVary: Accept, Origin\r\n`,
			new IteratedText(strings),
		);
	}
}

/** @returns The format that `Accept` prefers. */
function formatOf({ fields: { accept } }: Request): string {
	return accept?.toLowerCase().includes("text/csv") ? "csv" : "json";
}

/** A `History` as JSON, piece by piece. */
function* json({ sensor, span, series, firstTime, newest }: SensorHistory): Generator<string> {
	const { stepMs, startTicks, length } = series;
	const head = JSON.stringify({ sensor, span, start: firstTime, startUptimeMs: startTicks, stepMs, newest });
	yield head.slice(0, -1);
	for (const quantity of quantities) {
		let before = `,"${quantity}":{`;
		for (const statistic of statistics) {
			yield `${before}"${statistic}":[`;
			for (let index = 0; index < length; index += ROW) {
				let row = "";
				for (let at = index; at < length && at < index + ROW; at++)
					row = row.concat(at === 0 ? "" : ",", String(series.value(at, quantity, statistic)));
				yield row;
			}
			before = "],";
		}
		yield "]}";
	}
	yield "}\n";
}

// The prototype of a generator's instances is frozen, too: otherwise the chip reserves RAM for a copy of it.
Object.freeze(json.prototype, true);
