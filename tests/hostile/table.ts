// All rows.

import type { Row } from "./rows.js";

const get = (name: string, target: string, fields = ""): Row => ({
	name,
	of: "x",
	device: "open",
	request: device => device.get(target, fields),
});

export const rows: readonly Row[] = [
	{ name: "nothing", of: "x", device: "open", request: () => "" },
	get("page", "/"),
	get("readings", "/api/readings"),
	get("device", "/api/device"),
	get("metrics", "/metrics"),
	get("settings", "/api/settings"),
	get("history", "/api/history?span=7d"),
	get("csv", "/api/history?span=7d&format=csv"),
	{ name: "host", of: "x", device: "open", request: () => `GET / HTTP/1.1\r\nHost: ${"a".repeat(3900)}\r\n\r\n` },
	get("commas", "/", `Accept-Encoding: ${",".repeat(3900)}\r\n`),
	get("spaces", "/", `Cookie: ${" ".repeat(3900)}a\r\n`),
	get("names", "/", Array.from({ length: 500 }, (_, at) => `x${at}:\r\n`).join("")),
	get("stream", "/sensor-data-events"),
];
