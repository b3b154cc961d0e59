// What a household asks of the device, in the words of its programs, as a plan for the program of tools/instructions. None of its requests
// is the one before it once more.

const host = "Host: 192.168.1.50\r\n";
export const get = (path: string, fields: string): string => `GET ${path} HTTP/1.1\r\n${host}${fields}\r\n`;

/** A browser: how it asks for a page, for what the page's script fetches, and for the stream. */
interface Browser {
	page(path: string, more?: string): string;
	fetched(path: string): string;
	stream(): string;
}

const blink = (agent: string, language: string): Browser => {
	const common = `User-Agent: ${agent}\r\n`;
	const ending = `Accept-Encoding: gzip, deflate\r\nAccept-Language: ${language}\r\n`;
	return {
		page: (path, more = "") =>
			get(
				path,
				`Connection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\n${common}Accept: text/html,application/xhtml+xml,` +
					"application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8," +
					`application/signed-exchange;v=b3;q=0.7\r\n${ending}${more}`,
			),
		fetched: path =>
			get(path, `Connection: keep-alive\r\n${common}Accept: */*\r\nReferer: http://192.168.1.50/\r\n${ending}`),
		stream: () =>
			get(
				"/sensor-data-events",
				`Connection: keep-alive\r\n${common}Accept: text/event-stream\r\nCache-Control: no-cache\r\n` +
					`Referer: http://192.168.1.50/\r\n${ending}`,
			),
	};
};

export const chromium = blink(
	"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
	"en-US,en;q=0.9",
);
const android = blink(
	"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
	"de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7",
);

const safariAgent =
	"User-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
	"Version/26.1 Mobile/15E148 Safari/604.1\r\n";
const safariEnding = "Accept-Language: de-DE,de;q=0.9\r\nPriority: u=3, i\r\nAccept-Encoding: gzip, deflate\r\n";
const safari: Browser = {
	page: (path, more = "") =>
		get(
			path,
			"Upgrade-Insecure-Requests: 1\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n" +
				`${safariAgent}${safariEnding}Connection: keep-alive\r\n${more}`,
		),
	fetched: path =>
		get(
			path,
			`Accept: */*\r\n${safariEnding}${safariAgent}Referer: http://192.168.1.50/\r\nConnection: keep-alive\r\n`,
		),
	stream: () =>
		get(
			"/sensor-data-events",
			`Accept: text/event-stream\r\nCache-Control: no-cache\r\n${safariEnding}${safariAgent}` +
				"Referer: http://192.168.1.50/\r\nPragma: no-cache\r\nConnection: keep-alive\r\n",
		),
};

const firefoxAgent = "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0\r\n";
const firefoxMiddle = "Accept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate\r\n";
const firefox: Browser = {
	page: (path, more = "") =>
		get(
			path,
			`${firefoxAgent}Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n${firefoxMiddle}` +
				`Connection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\n${more}Priority: u=0, i\r\n`,
		),
	fetched: path =>
		get(
			path,
			`${firefoxAgent}Accept: */*\r\n${firefoxMiddle}Referer: http://192.168.1.50/\r\nConnection: keep-alive\r\n` +
				"Priority: u=4\r\n",
		),
	stream: () =>
		get(
			"/sensor-data-events",
			`${firefoxAgent}Accept: text/event-stream\r\n${firefoxMiddle}Referer: http://192.168.1.50/\r\n` +
				"Connection: keep-alive\r\nPriority: u=4\r\nPragma: no-cache\r\nCache-Control: no-cache\r\n",
		),
};

export const curl = (path: string) => get(path, "User-Agent: curl/8.14.1\r\nAccept: */*\r\n");
const python = (path: string) =>
	get(
		path,
		"User-Agent: python-requests/2.32.5\r\nAccept-Encoding: gzip, deflate\r\nAccept: */*\r\nConnection: keep-alive\r\n",
	);
const homeAssistant = (path: string) =>
	get(
		path,
		"Accept: */*\r\nAccept-Encoding: gzip, deflate, br\r\nConnection: keep-alive\r\n" +
			"User-Agent: HomeAssistant/2025.11.3 httpx/0.28.1 Python/3.13\r\n",
	);
const prometheus = get(
	"/metrics",
	"User-Agent: Prometheus/3.7.3\r\nAccept: application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6," +
		"application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4," +
		"text/plain;version=0.0.4;q=0.3,*/*;q=0.2\r\nAccept-Encoding: gzip\r\nX-Prometheus-Scrape-Timeout-Seconds: 10\r\n",
);

const browsers: readonly Browser[] = [chromium, safari, firefox, android];

/** Of `files` in device.ts: the checksum and length at the page's end. */
export type Tag = string;

/** Names of operations, in the order of the table. Those of the start follow each other. */
export const operations = {
	settings: "start: the settings",
	listener: "start: from the settings to the listener",
	started: "start: after the listener",
	firstReading: "start: the first reading",
	page: "the page, first visit, new connection",
	pageAgain: "the page, on an open connection",
	reload: "the page, reloaded, 304",
	readings: "/api/readings, curl, new connection",
	readingsPolled: "/api/readings, polled on an open connection",
	device: "/api/device, on an open connection",
	metrics: "/metrics, scraped on an open connection",
	minutes: "history of 15 minutes, on an open connection",
	day: "history of a day, on an open connection",
	stream: "a stream opened",
	event: "an event to 8 streams",
	rest: "two seconds with 8 streams: a reading, its event",
	close: "a connection closed by its client",
} as const;

/** Connections of the plan. */
const OPEN = { browser: 0, stream: 1, script: 2, homeAssistant: 3, prometheus: 4, others: 8 } as const;

class Plan {
	readonly lines: string[] = [];

	count(name: keyof typeof operations, ...steps: string[]): void {
		this.lines.push("begin", ...steps, `end ${operations[name]}`);
	}

	free(...steps: string[]): void {
		this.lines.push(...steps);
	}
}

export const hex = (request: string) => Buffer.from(request, "latin1").toString("hex");
const ask = (connection: number, request: string, status = 200): string[] => [
	`send ${connection} ${hex(request)}`,
	`expect ${connection} ${status}`,
];

/** One round of the household: everybody comes once, by turns. */
function round(plan: Plan, turn: number, tag: Tag, sensor: string): void {
	const browser = browsers[turn % browsers.length]!;
	const { browser: tab, stream, script } = OPEN;
	plan.count("page", `open ${tab}`, ...ask(tab, browser.page("/")));
	plan.count("readingsPolled", ...ask(tab, browser.fetched("/api/readings")));
	plan.count("minutes", ...ask(tab, browser.fetched(`/api/history?sensor=${sensor}&span=15m`)));
	plan.count("stream", `open ${stream}`, ...ask(stream, browser.stream()));
	plan.free("wait 2000");
	plan.count("metrics", ...ask(OPEN.prometheus, prometheus));
	plan.count("readingsPolled", ...ask(OPEN.homeAssistant, homeAssistant("/api/readings")));
	plan.count("readings", `open ${script}`, ...ask(script, curl("/api/readings")), `close ${script}`);
	plan.free("wait 1000");
	plan.count("day", ...ask(tab, browser.fetched(`/api/history?sensor=${sensor}&span=24h`)));
	plan.count("device", ...ask(OPEN.homeAssistant, (turn % 2 ? homeAssistant : python)("/api/device")));
	plan.count("pageAgain", ...ask(tab, browser.page("/", "Cache-Control: no-cache\r\n")));
	plan.count("readingsPolled", ...ask(OPEN.homeAssistant, python("/api/readings")));
	plan.count("reload", ...ask(tab, browser.page("/", `If-None-Match: ${tag}\r\n`), 304));
	plan.count("close", `close ${stream}`);
	plan.count("close", `close ${tab}`);
	plan.free("wait 500");
}

/** @param tag The page's `ETag`. @returns The steps of so many rounds, each operation between `begin` and `end`. */
export function visits(rounds: number, tag: Tag, sensor = "Living%20room"): string[] {
	const plan = new Plan();
	for (let turn = 0; turn < rounds; turn++) round(plan, turn, tag, sensor);
	return plan.lines;
}

/** @param tag The page's `ETag`. @returns The plan's text. */
export function household(rounds: number, tag: Tag, sensor = "Living%20room"): string {
	const plan = new Plan();
	plan.free("begin", "start");
	// The app ends the operations before.
	plan.free("wait 1000", `end ${operations.firstReading}`);
	plan.free("wait 120000", "kept at rest");
	for (const connection of [OPEN.homeAssistant, OPEN.prometheus]) plan.free(`open ${connection}`);
	// Whatever is made at first use is made.
	const warm = visits(browsers.length, tag, sensor);
	plan.free(...warm.filter(line => line !== "begin" && !line.startsWith("end ")), ...visits(rounds, tag, sensor));
	for (let stream = 0; stream < 8; stream++)
		plan.free(`open ${OPEN.others + stream}`, ...ask(OPEN.others + stream, browsers[stream % 4]!.stream()));
	for (let turn = 0; turn < rounds; turn++) {
		plan.count("event", "call publish");
		plan.count("rest", "wait 2000");
	}
	plan.free("kept with 8 streams");
	return `${plan.lines.join("\n")}\n`;
}
