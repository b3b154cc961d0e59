/** `/api/history`: the past of one sensor as JSON or CSV, made while it is sent. */

import type { Handler } from "../http/handler.js";
import { parameter, type Request } from "../http/request.js";
import { HTTPError, Response } from "../http/response.js";
import { TextBody } from "../http/text-body.js";
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

	handle(request: Request): Response | HTTPError {
		const source = this.#source;
		const span = parameter(request, "span") ?? "24h";
		const known = spans.find(one => one === span);
		if (!known) return new HTTPError(400, "The span must be 15m, 24h or 7d.");
		const sensor = parameter(request, "sensor") ?? source.defaultSensor;
		const found = source.series(sensor, known);
		if (!found) return new HTTPError(404, "There is no sensor of that name.");
		const format = parameter(request, "format") ?? formatOf(request);
		if (format !== "csv" && format !== "json") return new HTTPError(400, "The format must be json or csv.");
		const { ticks, time } = this.#clock;
		const past: SensorHistory = {
			sensor,
			span: known,
			series: found,
			start: time === undefined ? null : Math.round((time - ticks + found.startTicks) / 1000) * 1000,
			newest: source.newest(sensor),
		};
		const isTable = format === "csv";
		const type = isTable
			? `text/csv;charset=utf-8;header=present\r\nContent-Disposition: attachment; filename="history-${known}.csv"`
			: "application/json";
		return new Response(200, `Content-Type: ${type}\r\nCache-Control: no-store\r\nVary: Accept\r\n`, {
			source: new TextBody(this.#text, isTable ? csv(past) : json(past)),
		});
	}
}

/** @returns What `Accept` prefers. */
function formatOf({ fields: { accept } }: Request): string {
	return accept?.toLowerCase().includes("text/csv") ? "csv" : "json";
}

/** The parts of a `History` as JSON. */
function* json({ sensor, span, series, start, newest }: SensorHistory): Generator<string> {
	const { stepMs, startTicks, length } = series;
	const head = JSON.stringify({ sensor, span, start, startUptimeMs: startTicks, stepMs, newest });
	yield head.slice(0, -1);
	for (const quantity of quantities) {
		let before = `,"${quantity}":{`;
		for (const statistic of statistics) {
			yield `${before}"${statistic}":[`;
			for (let index = 0; index < length; index++)
				yield `${index === 0 ? "" : ","}${series.value(index, quantity, statistic)}`;
			before = "],";
		}
		yield "]}";
	}
	yield "}\n";
}

// What generators inherit from is constant, too: else the chip keeps a place for its copy in RAM.
Object.freeze(json.prototype, true);
