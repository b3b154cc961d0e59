// JSON as strangers send it, compared with JSON.parse.

import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { MAX_DEPTH, MAX_ITEMS, MAX_VALUES, readJSON, UnknownKey } from "../../modules/api/json.js";
import { changeable, changeKeys } from "../../modules/config/settings.js";
import { HTTPError } from "../../modules/http/response.js";
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
		ok(value instanceof HTTPError);
		equal(value.status, 400);
		equal(value.message, "The body is not JSON.");
	});

test("bytes that are no UTF-8 are no JSON", () => {
	for (const source of ['"\xff"', '"\xc3"', '"\xed\xa0\x80"', '{"\xe9":1}'])
		ok(readJSON(text, latin1(source), keys) instanceof HTTPError);
});

test("ten levels are read, more are refused, brackets in a string are none", () => {
	const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
	equal(MAX_DEPTH, 10);
	ok(!(read(nested(10, "[", "]")) instanceof HTTPError));
	equal(read(`"${"[".repeat(2000)}"`), "[".repeat(2000));
	for (const source of [nested(11, "[", "]"), "[".repeat(2048), '{"a":'.repeat(400), `[${'{"a":['.repeat(5)}`]) {
		const value = read(source);
		ok(value instanceof HTTPError);
		deepEqual([value.status, value.message], [400, "The body nests deeper than 10 levels."]);
	}
});

test("sixteen items of an array are read, one more is refused", () => {
	const items = (count: number) => `[${Array(count).fill("0").join()}]`;
	equal(MAX_ITEMS, 16);
	deepEqual(read(items(16)), Array(16).fill(0));
	for (const source of [items(17), `{"a":[1,${items(17)}]}`, `[${"0,".repeat(1000)}`]) {
		const value = read(source);
		ok(value instanceof HTTPError, source);
		deepEqual([value.status, value.message], [400, "An array has more than 16 items."]);
	}
});

test("436 values are read, one more is refused, arrays and objects counted", () => {
	equal(MAX_VALUES, 436);
	// Members of an object are not bounded by the array's bound.
	const members = (count: number) => `{${Array(count).fill('"a":0').join()}}`;
	deepEqual(read(members(435)), { a: 0 });
	for (const source of [members(436), members(2000), `{"a":${members(435)}}`]) {
		const value = read(source);
		ok(value instanceof HTTPError, source);
		deepEqual([value.status, value.message], [400, "The body has more than 436 values."]);
	}
});

test("the largest settings are within the bounds: eight sensors with all that they may have, and all other keys", () => {
	const points = {
		points: [
			[0, 1],
			[30, 29],
		],
	};
	const bounds = { below: 1, above: 2 };
	const sensors = Array.from({ length: 8 }, (_, index) => ({
		name: `${index}`,
		model: "DHT22",
		pin: index,
		powerPin: index + 10,
		sign: "magnitude",
		median: true,
		calibration: { temperature: points, humidity: points },
		warn: { temperature: bounds, humidity: bounds },
		scale: { temperature: [0, 1] },
		comfort: { temperature: [0, 1], humidity: [0, 1] },
	}));
	const lists = { hosts: Array(8).fill("a"), origins: Array(8).fill("https://a") };
	const rest = Object.fromEntries(changeable.filter(key => !(key in { sensors, ...lists })).map(key => [key, 1]));
	const all = { sensors, ...lists, ...rest };
	deepEqual(readJSON(text, text.encode(JSON.stringify(all)), changeKeys), all);
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
