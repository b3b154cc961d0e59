// Paths and queries.

import { fill, type Row, unheard } from "./rows.js";

const MOST = 20;

/** All that the device serves. */
const paths = [
	"/",
	"/settings",
	"/setup",
	"/favicon.ico",
	"/gauge.js",
	"/sensor-data-events",
	"/api/readings",
	"/api/device",
	"/api/history",
	"/api/neighbours",
	"/api/session",
	"/api/settings",
	"/api/setup",
	"/api/update",
	"/metrics",
];

const queries = {
	escapes: () => `sensor=${fill("%E6%B9%BF", 900)}`,
	ampersands: () => fill("&", 900),
	"names never heard before": () => unheard(900, at => `&q${at}=1`),
	"a long span": () => `span=${fill("7d", 900)}&format=${fill("+", 40)}`,
};

const row = (name: string, target: () => string, device: Row["device"] = "open"): Row => ({
	name,
	of: "path",
	device,
	most: MOST,
	request: one => one.get(target()),
});

export const requests: readonly Row[] = [
	...paths.flatMap(path =>
		Object.entries(queries).map(([shape, query]) => ({
			...row(`${path} with ${shape}`, () => `${path}?${query()}`),
			of: `path ${path}`,
		})),
	),
	...paths.map(path => ({
		...row(`${path} of a private device`, () => path, "private"),
		of: `path ${path}`,
	})),
	row("/nope with names never heard before", () => `/nope?${unheard(900, at => `&q${at}=1`)}`),
	row("a path of escapes", () => `/${fill("%2F", 900)}`),
	row("a path of broken escapes", () => `/${fill("%", 900)}`),
	row("a path of slashes", () => fill("/", 900)),
	row("a path of dots", () => `/${fill("../", 900)}`),
	row("a file with an ending never heard before", () => `/a.${unheard(59, at => at)}`),
	row("a file of 64 letters", () => `/${fill("f", 60)}.js`),
	row("a file with many dots", () => `/${fill("a.", 62)}js`),
	row("a week as a table", () => "/api/history?span=7d&format=csv"),
	row("all of a day", () => "/api/history?span=24h"),
	row("readings as text", () => "/api/readings?format=text"),
	row("the device as text", () => "/api/device?format=text"),
	row("a name of a prototype", () => "/__proto__"),
];
