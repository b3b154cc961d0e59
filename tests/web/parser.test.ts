import { deepEqual, equal, notEqual, throws } from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "../../modules/web/answer.js";
import { Parser } from "../../modules/web/parser.js";

const get = (path: string, fields: string) => `GET ${path} HTTP/1.1\r\n${fields}\r\n`;

test("what is known of one request is not taken for another's", () => {
	const parser = new Parser();
	const told = [
		get("/", "Host: a\r\nAccept: text/csv\r\n"),
		get("/", "Host: b\r\nAccept: text/csv\r\n"),
		get("/x?y=1", "Host: b\r\nAccept: text/csv\r\n"),
		get("/x?y=1", "Accept: text/csv\r\nHost: c\r\n"),
		get("/x?y=1", "Host: b\r\n"),
		get("http://d/", "Host: b\r\n"),
	].map(head => {
		const { path, query, authority, fields } = parser.parse(head);
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
	const parser = new Parser();
	const keeps = (version: string, fields: string) => {
		const { keep, usual } = parser.parse(`GET / HTTP/${version}\r\nHost: a\r\n${fields}\r\n`);
		return [keep, usual];
	};
	for (let turn = 0; turn < 2; turn++) {
		deepEqual(keeps("1.1", ""), [true, true]);
		deepEqual(keeps("1.0", ""), [false, false]);
		deepEqual(keeps("1.1", "Connection: keep-alive\r\n"), [true, true]);
		deepEqual(keeps("1.0", "Connection: keep-alive\r\n"), [true, false]);
		deepEqual(keeps("1.1", "Connection: x, Close\r\n"), [false, false]);
	}
	const chunked = "Transfer-Encoding: chunked\r\n";
	equal(parser.parse(get("/", `Host: a\r\n${chunked}`)).length, -1);
	throws(() => parser.parse(`GET / HTTP/1.0\r\nHost: a\r\n${chunked}\r\n`), Refusal);
});

/** The object that tells what `fields` say: the same one as before where they were remembered. */
const learnt = (parser: Parser, fields: string) => parser.parse(get("/", `Host: a\r\n${fields}`)).fields;

test("four blocks of fields are remembered; a fifth takes the place of all", () => {
	const parser = new Parser();
	const block = (at: number) => learnt(parser, `Accept: ${at}\r\n`);
	const first = [0, 1, 2, 3].map(block);
	for (const [at, fields] of first.entries()) equal(block(at), fields);
	const fifth = block(4);
	for (const [at, fields] of first.slice(0, 3).entries()) notEqual(block(at), fields);
	equal(block(4), fifth);
});

test("a block of 512 characters is remembered, a longer one is not", () => {
	const frame = "Accept: \r\n\r\n".length;
	for (const [length, kept] of [
		[512, true],
		[513, false],
	] as const) {
		const parser = new Parser();
		const fields = `Accept: ${"x".repeat(length - frame)}\r\n`;
		const [first, second] = [0, 1].map(() => learnt(parser, fields));
		equal(second === first, kept, `${length}`);
	}
});

test("what shows the password is not remembered", () => {
	const parser = new Parser();
	for (const fields of ["Authorization: x\r\n", "Accept: a\r\nauthorization: x\r\n"])
		notEqual(learnt(parser, fields), learnt(parser, fields));
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
	test(`${what} is refused, and the next time, too`, () => {
		const parser = new Parser();
		parser.parse(get("/", "Host: a\r\n"));
		parser.parse(get("/", "Host: a\r\nAccept: b\r\n"));
		for (let turn = 0; turn < 2; turn++)
			throws(
				() => parser.parse(head),
				error => error instanceof Refusal && error.status === 400,
			);
	});
