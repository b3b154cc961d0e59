// Bodies, to who asks for no password: a guest of the access point.

import { latin1 } from "../fakes/text.js";
import { accessPointAddress } from "./device.js";
import { fill, type Row, unheard } from "./rows.js";

/** What the JSON of a body of 2 KB makes, in the shape that makes most. */
const MOST = 36;

/** Keys of the settings, of sensors and of what they hold: of whatever a change may have. */
const keys = [
	...["name", "language", "units", "intervalMs", "sensors", "ssid", "password", "timeServer", "hosts", "origins"],
	...["mqttHost", "mqttPort", "mqttUser", "mqttPassword", "mqttPrefix", "mqttDiscovery", "mqttDiscoveryPrefix"],
	...["adminPassword", "private", "model", "pin", "powerPin", "sign", "calibration", "median", "warn"],
	...["temperature", "humidity", "offset", "points", "below", "above", "scale", "comfort", "sealed"],
	...["networks", "address", "gateway", "dns", "hysteresis", "delayMs", "webhooks", "url", "format"],
];

/** The longest body. */
const LONGEST = 2048;

function put(path: string, body: string, method = "PUT"): string {
	return `${method} ${path} HTTP/1.1\r\nHost: ${accessPointAddress}\r\nContent-Type: application/json\r\nContent-Length: ${latin1(body).byteLength}\r\n\r\n${body}`;
}

/** `start`, then `piece` over and over, then `end`. */
const body = (start: string, piece: string, end: string) =>
	start + fill(piece, Math.floor((LONGEST - start.length - end.length) / piece.length) * piece.length) + end;

const row = (name: string, of: string, request: () => string): Row => ({
	name,
	of,
	device: "setup",
	most: MOST,
	request,
});

const shapes: [name: string, start: string, piece: string, end: string][] = [
	["empty arrays", "[", "[],", "0]"],
	["empty objects", "[", "{},", "0]"],
	["empty strings", "[", '"",', "0]"],
	["digits", "[", "1,", "1]"],
	["one long number", "", "1", "1"],
	["short escapes", '"', "\\n", '"'],
	["long escapes", '"', "\\u6e7f", '"'],
	["halves of pairs", '"', "\\ud800", '"'],
	["brackets", "", "[", ""],
	["braces", "", '{"name":', ""],
	["the same key over and over", "{", '"name":1,', '"name":1}'],
	["an object of objects of one key", "[", '{"warn":1},', "0]"],
	["nine levels over and over", "[", "[[[[[[[[1]]]]]]]],", "0]"],
	["spaces", "", " ", "1"],
	["words", "[", "null,", "0]"],
	["quotes", "", '"', ""],
	["bytes that are no UTF-8", '"', "\xff", '"'],
];

export const bodies: readonly Row[] = [
	...keys.flatMap(key => [
		row(`${key} of letters`, `key ${key}`, () => put("/api/settings", body(`{"${key}":"`, "x", '"}'))),
		row(`${key} of empty arrays`, `key ${key}`, () => put("/api/settings", body(`{"${key}":[`, "[],", "0]}"))),
		row(`${key} in a sensor`, `key ${key}`, () => put("/api/settings", body('{"sensors":[', `{"${key}":0},`, "0]}"))),
	]),
	...shapes.map(([name, start, piece, end]) => row(name, "body", () => put("/api/settings", body(start, piece, end)))),
	...shapes
		.slice(0, 6)
		.map(([name, start, piece, end]) =>
			row(`a network: ${name}`, "body", () => put("/api/setup", body(start, piece, end), "POST")),
		),
	row("a network with a long name", "body", () => put("/api/setup", body('{"ssid":"', "x", '"}'), "POST")),
	row("keys never heard before", "body", () => put("/api/settings", `{${unheard(2000, at => `"k${at}":1,`)}"k":1}`)),
	row("a key without end", "body", () => put("/api/settings", body('{"', "k", '":1}'))),
	row("a key of escapes", "body", () => put("/api/settings", body('{"', "\\u006b", '":1}'))),
	row("chunks of one byte", "body", () => chunked("1\r\nx\r\n".repeat(340))),
	row("a size line without end", "body", () => chunked(fill("0", 3000))),
	row("extensions", "body", () => chunked(`1${fill(";a=b", 2000)}\r\nx\r\n0\r\n\r\n`)),
	row("trailers never heard before", "body", () => chunked(`0\r\n${unheard(2000, at => `t${at}: 1\r\n`)}\r\n`)),
	row("a body cut off", "body", () => put("/api/settings", body('{"name":"', "x", '"}')).slice(0, -1)),
	row("a body and what follows", "body", () => put("/api/settings", body("[", "1,", "1]")) + fill("x", 5000)),
];

function chunked(content: string): string {
	return `PUT /api/settings HTTP/1.1\r\nHost: ${accessPointAddress}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${content}`;
}
