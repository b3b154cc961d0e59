import { deepEqual, equal, throws } from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "../../modules/web/answer.js";
import { parseRequest } from "../../modules/web/parser.js";

const get = (path: string, fields: string) => `GET ${path} HTTP/1.1\r\n${fields}\r\n`;

test("each field counts, wherever it stands", () => {
	const told = [
		get("/", "Host: a\r\nAccept: text/csv\r\n"),
		get("/", "Host: b\r\nAccept: text/csv\r\n"),
		get("/x?y=1", "Host: b\r\nAccept: text/csv\r\n"),
		get("/x?y=1", "Accept: text/csv\r\nHost: c\r\n"),
		get("/x?y=1", "Host: b\r\n"),
		get("http://d/", "Host: b\r\n"),
	].map(head => {
		const { path, query, authority, fields } = parseRequest(head);
		return [path, query, authority, fields.accept];
	});
	deepEqual(told, [
		["/", "", "a", "text/csv"],
		["/", "", "b", "text/csv"],
		["/x", "y=1", "b", "text/csv"],
		["/x", "y=1", "c", "text/csv"],
		["/x", "y=1", "b", undefined],
		["/", "", "d", undefined],
	]);
});

test("the same fields mean another thing by HTTP/1.0", () => {
	const keeps = (version: string, fields: string) =>
		parseRequest(`GET / HTTP/${version}\r\nHost: a\r\n${fields}\r\n`).keep;
	equal(keeps("1.1", ""), true);
	equal(keeps("1.0", ""), false);
	equal(keeps("1.0", "Connection: keep-alive\r\n"), true);
	equal(keeps("1.1", "Connection: x, Close\r\n"), false);
	const chunked = "Transfer-Encoding: chunked\r\n";
	equal(parseRequest(get("/", `Host: a\r\n${chunked}`)).length, -1);
	throws(() => parseRequest(`GET / HTTP/1.0\r\nHost: a\r\n${chunked}\r\n`), Refusal);
});

for (const [what, head] of [
	["a Host twice", get("/", "Host: a\r\nHost: a\r\n")],
	["a Host first and last", get("/", "Host: a\r\nAccept: b\r\nhost: a\r\n")],
	["a line feed alone in Host", get("/", "Host: a\nAccept: b\r\n")],
	["a carriage return alone in Host", get("/", "Host: a\rb\r\n")],
	["NUL in Host", get("/", "Host: a\0b\r\n")],
	["a space before the colon of Host", get("/", "Host : a\r\n")],
	["no Host", get("/", "Accept: b\r\n")],
] as const)
	test(`${what} is refused`, () => {
		throws(
			() => parseRequest(head),
			error => error instanceof Refusal && error.status === 400,
		);
	});
