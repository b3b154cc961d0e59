// Requests to the device 192.168.1.50 as its clients send them.

const browser =
	"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36\r\n";
const navigation =
	"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8," +
	"application/signed-exchange;v=b3;q=0.7\r\n";
const accepted = "Accept-Encoding: gzip, deflate\r\nAccept-Language: en-US,en;q=0.9\r\n";

/** @param fields Header lines, each ended by CRLF. */
export const get = (path: string, fields = ""): string => `GET ${path} HTTP/1.1\r\nHost: 192.168.1.50\r\n${fields}\r\n`;

/** Chromium's navigation to the page. */
export const chromium = get(
	"/",
	`Connection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\n${browser}${navigation}${accepted}`,
);

/** The page, reloaded in Chromium. */
export const reload = (etag: string): string =>
	get(
		"/",
		`Connection: keep-alive\r\nCache-Control: max-age=0\r\nUpgrade-Insecure-Requests: 1\r\n${browser}${navigation}` +
			`${accepted}If-None-Match: ${etag}\r\n`,
	);

/** What the page fetches in Chromium. */
export const fetched = (path: string): string =>
	get(path, `Connection: keep-alive\r\n${browser}Accept: */*\r\n${accepted}`);

/** The page's EventSource in Chromium. @param fields As of `get`. */
export const stream = (fields = ""): string =>
	get(
		"/sensor-data-events",
		`Connection: keep-alive\r\nCache-Control: no-cache\r\n${browser}Accept: text/event-stream\r\n${accepted}${fields}`,
	);

export const curl = get("/", "User-Agent: curl/8.5.0\r\nAccept: */*\r\n");

export const prometheus = get(
	"/metrics",
	"User-Agent: Prometheus/3.5.0\r\n" +
		"Accept: application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6," +
		"application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4," +
		"text/plain;version=0.0.4;q=0.3,*/*;q=0.2\r\n" +
		"Accept-Encoding: gzip\r\nX-Prometheus-Scrape-Timeout-Seconds: 10\r\n",
);

export const homeAssistant = get(
	"/api/readings",
	"Accept: */*\r\nAccept-Encoding: gzip, deflate, br\r\nConnection: keep-alive\r\n" +
		"User-Agent: HomeAssistant/2025.11.0 httpx/0.28.1 Python/3.13\r\n",
);
