/** An alert as it is sent to a receiver: an object, or a line for a person. */

import type { Webhook, WebhookURL } from "../config/webhooks.js";
import type { Clock } from "../platform/clock.js";
import type { Text } from "../platform/text.js";
import type { Alert } from "./alert.js";

const units = Object.freeze({ temperature: "°C", humidity: "%", success: "%", reading: "" }, true);

/** What an alert is sent with. */
export interface Sender {
	readonly clock: Clock;
	/** The device's name. */
	readonly name: string;
}

/** @returns The alert as JSON; `since` and `time` are `null` while wall time is unknown. */
export function alertJSON(alert: Alert, { clock, name }: Sender): string {
	const { ticks, time } = clock;
	const at = (uptimeMs: number) => (time === undefined ? null : new Date(time - ticks + uptimeMs).toISOString());
	const { sinceUptimeMs } = alert;
	return JSON.stringify({ device: name, ...alert, since: at(sinceUptimeMs), uptimeMs: ticks, time: at(ticks) });
}

function duration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	if (seconds < 120) return `${seconds} s`;
	return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** @returns The alert as a line of text, in English. */
export function alertLine(alert: Alert, { clock, name }: Sender): string {
	const { sensor, quantity, state, value, limit, error, sinceUptimeMs } = alert;
	const lasts = duration(clock.ticks - sinceUptimeMs);
	const begin = `${name}: ${sensor}: `;
	if (quantity === "reading")
		return `${begin}${state === "fault" ? `no readings for ${lasts} (${error ?? "unknown"})` : "readings again"}`;
	const unit = units[quantity];
	const measured = quantity === "success" ? `${value} % of reads succeed` : `${quantity} ${value} ${unit}`;
	if (state === "normal") return `${begin}${measured}, normal again`;
	return `${begin}${measured}, ${state} ${limit} ${unit} for ${lasts}`;
}

/** @returns The whole request. */
export function alertRequest(
	text: Text,
	{ host, port, path }: WebhookURL,
	format: Webhook["format"],
	content: string,
): Uint8Array {
	const body = text.encode(content);
	const type = format === "json" ? "application/json" : "text/plain; charset=utf-8";
	const head = text.encode(
		[
			`POST ${path} HTTP/1.1`,
			`Host: ${host}${port === 80 ? "" : `:${port}`}`,
			"User-Agent: dht-gauges",
			`Content-Type: ${type}`,
			`Content-Length: ${body.byteLength}`,
			"Connection: close\r\n\r\n",
		].join("\r\n"),
	);
	const request = new Uint8Array(head.byteLength + body.byteLength);
	request.set(head);
	request.set(body, head.byteLength);
	return request;
}
