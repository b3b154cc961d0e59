// JSON as strangers send it, compared with JSON.parse.

import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "../../modules/web/answer.js";
import { MAX_DEPTH, readJSON, UnknownKey } from "../../modules/web/json.js";
import { latin1, text } from "../fakes/text.js";

const keys = ["a", "b", "é"];
const read = (source: string) => readJSON(text, text.encode(source), keys);

for (const source of [
	"{}",
	" \t\r\n{ } ",
	"[]",
	"null",
	"true",
	"[false]",
	"0",
	"-0",
	"-1.5e+3",
	"0.1E-2",
	"1e400",
	'""',
	'"a"',
	'"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83C\\uDF21\\ud800"',
	'"é🌡"',
	'{"a":{"b":[1,"[[[[[[[[[[[[",{"é":null}]}, "b" : [ ] }',
	'{"a":1,"a":2}',
	'{"\\u0061":1,"\\u00E9":2}',
	"[[[[[[[[[[]]]]]]]]]]",
])
	test(`read: ${source}`, () => deepEqual(read(source), JSON.parse(source)));

for (const source of [
	"",
	" ",
	"{",
	"}",
	"[",
	"[1",
	"[1,]",
	"[,1]",
	"[1 2]",
	"{1:2}",
	'{"a"}',
	'{"a":}',
	'{"a":1,}',
	'{"a" 1}',
	"{a:1}",
	"{'a':1}",
	"01",
	"+1",
	"1.",
	".5",
	"1e",
	"--1",
	"NaN",
	"Infinity",
	"True",
	"nul",
	"truefalse",
	'"',
	'"\\"',
	'"\\x"',
	'"\\u12g4"',
	'"\\u123',
	'"a\nb"',
	'"a\tb"',
	"{} {}",
	"[]]",
	"\ufeff{}",
	`${"1".repeat(40)}`,
])
	test(`no JSON: ${JSON.stringify(source)}`, () => {
		const value = read(source);
		ok(value instanceof Refusal);
		equal(value.status, 400);
		equal(value.message, "The body is not JSON.");
	});

test("bytes that are no UTF-8 are no JSON", () => {
	for (const source of ['"\xff"', '"\xc3"', '"\xed\xa0\x80"', '{"\xe9":1}'])
		ok(readJSON(text, latin1(source), keys) instanceof Refusal);
});

test("ten levels are read, more are refused, brackets in a string are none", () => {
	const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
	equal(MAX_DEPTH, 10);
	ok(!(read(nested(10, "[", "]")) instanceof Refusal));
	equal(read(`"${"[".repeat(2000)}"`), "[".repeat(2000));
	for (const source of [nested(11, "[", "]"), "[".repeat(2048), '{"a":'.repeat(400), `[${'{"a":['.repeat(5)}`]) {
		const value = read(source);
		ok(value instanceof Refusal);
		deepEqual([value.status, value.message], [400, "The body nests deeper than 10 levels."]);
	}
});

test("a key that is in no table is named, with its place, however it is written", () => {
	for (const [source, path] of [
		['{"c":1}', "c"],
		['{"a":1,"\\u0063":1}', "c"],
		['{"a":{"b":[0,{"a":1,"colour":[]}]}}', "a.b[1].colour"],
		['[[{"x":1}]]', "[0][0].x"],
		['{"__proto__":{}}', "__proto__"],
		['{"constructor":1}', "constructor"],
		['{"":1}', ""],
		[`{"${"k".repeat(1000)}":1}`, "k".repeat(70)],
	] as const) {
		const value = read(source);
		ok(value instanceof UnknownKey, source);
		equal(value.path, path);
	}
});
