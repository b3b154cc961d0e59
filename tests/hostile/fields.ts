// Header fields, each at its bound and as long as a header may be.

import { requestOptions } from "../../modules/app/http-service.js";
import { fill, LONG, type Row, unheard } from "./rows.js";

const MOST = 32;
/** …and one of cookies, which are cut as they come. */
const MOST_CUT = 34;

/** Fields with a row of their own; the bounds are the server's. */
const names = [
	"accept",
	"accept-encoding",
	"authorization",
	"connection",
	"content-length",
	"content-type",
	"cookie",
	"expect",
	"host",
	"if-none-match",
	"last-event-id",
	"origin",
	"transfer-encoding",
] as const;

const shapes = {
	letters: "x",
	commas: ",",
	spaces: " ",
	weights: "gzip;q=0.0,",
	"bytes beyond ASCII": "\xe9",
};

function lines(name: string, value: string): string {
	const line = `${name}: a${value.slice(2)}a\r\n`;
	return `GET /sensor-data-events HTTP/1.1\r\n${name === "host" ? "" : "Host: localhost\r\n"}${line}\r\n`;
}

function* rowsOf(name: string): Generator<Row> {
	const bound = requestOptions.fields.rules.find(rule => rule?.name === name)?.maxLength ?? LONG / 2;
	for (const [shape, piece] of Object.entries(shapes))
		for (const length of [bound, LONG])
			yield {
				name: `${name} of ${length} ${shape}`,
				of: `field ${name}`,
				device: "open",
				most: MOST,
				request: () => lines(name, fill(piece, Math.min(length, LONG))),
			};
}

const row = (
	name: string,
	most: number,
	request: NonNullable<Row["request"]>,
	device: Row["device"] = "open",
): Row => ({
	name,
	of: "header",
	device,
	most,
	request,
});

export const fields: readonly Row[] = [
	...names.flatMap(name => [...rowsOf(name)]),
	row("names never heard before", MOST, device =>
		device.get(
			"/",
			unheard(LONG, at => `n${at}:\r\n`),
		),
	),
	row("names of 64 letters never heard before", MOST, device =>
		device.get(
			"/",
			unheard(LONG, at => `${at}${fill("n", 61)}:\r\n`),
		),
	),
	row("a name without end", MOST, device => device.get("/", `${fill("n", LONG)}\r\n`)),
	row("fields without a name", MOST, device => device.get("/", fill(":\r\n", LONG))),
	row("a field that comes over and over", MOST, device => device.get("/", fill("Accept: a\r\n", LONG))),
	row("Cookie fields over and over", MOST_CUT, device => device.get("/", fill("Cookie: a=b\r\n", LONG))),
	row("a connection that is listed over and over", MOST, device => device.get("/", fill("Connection: a,\r\n", LONG))),
	row("blank lines before the request", MOST, device => fill("\r\n", 5000) + device.get("/")),
	row("a request line without end", MOST, () => fill("GET ", 5000)),
	row("a header without end", MOST, () => `GET / HTTP/1.1\r\n${fill("a: b\r\n", 5000)}`),
	row("a header cut off", MOST, device => device.get("/", `A: ${fill("x", LONG)}\r\n`).slice(0, -2)),
	row("eighty requests in one piece", MOST, device => device.get("/nope").repeat(80)),
	row("fifty times the readings in one piece", MOST + 4, device => device.get("/api/readings").repeat(50)),
	row("fifty times the device in one piece", MOST + 4, device => device.get("/api/device").repeat(50)),
	row("a method never heard before", MOST, device =>
		device.get(
			"/",
			"",
			unheard(900, at => `M${at}`),
		),
	),
	row("an address as the target", MOST, () => `GET http://${fill("a.", 900)}/ HTTP/1.1\r\nHost: a\r\n\r\n`),
	...["reader=", "reader=a; ", `reader=${fill("0", 64)}; `, "reader=,", "; ", "=;"].map(piece =>
		row(
			`cookies like ${piece.slice(0, 12)}`,
			MOST,
			device => device.get("/api/readings", `Cookie: ${fill(piece, LONG)}\r\n`),
			"private",
		),
	),
	...["x", "; ", "reader=", `reader=${fill("0", 64)}; `].flatMap(piece =>
		[20_000, 80_000].map(length =>
			row(
				`${length} bytes of cookies like ${piece.slice(0, 12)}`,
				MOST_CUT,
				device => device.get("/api/readings", `Cookie: ${fill(piece, length)}\r\n`),
				"private",
			),
		),
	),
	...['HMAC-SHA-256 nonce="', 'HMAC-SHA-256 nonce="a", answer="', "HMAC-SHA-256 ,", "Basic "].map(piece =>
		row(
			`credentials like ${piece}`,
			MOST,
			device => device.get("/api/readings", `Authorization: ${fill(piece, 256)}\r\n`),
			"private",
		),
	),
	row(
		"credentials as long as they should be",
		MOST,
		device =>
			device.get(
				"/api/readings",
				`Authorization: HMAC-SHA-256 nonce="1.${fill("0", 32)}", answer="${fill("0", 64)}"\r\n`,
			),
		"private",
	),
];
