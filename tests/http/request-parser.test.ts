import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { requestOptions } from "../../modules/app/http-service.js";
import { type FieldRule, fieldRule, fieldTable } from "../../modules/http/field-rules.js";
import { parameter, type Request } from "../../modules/http/request.js";
import { RequestParser } from "../../modules/http/request-parser.js";
import { HTTPError } from "../../modules/http/response.js";

const { fields } = requestOptions;
const rules = fields.rules.filter(rule => rule !== undefined);
const parseRequest = (head: string) => new RequestParser(fields).parse(head, undefined);
const get = (path: string, fields: string) => `GET ${path} HTTP/1.1\r\n${fields}\r\n`;

function parsed(head: string): Request {
	const request = parseRequest(head);
	if (request instanceof HTTPError) throw new Error(request.message);
	return request;
}

/** The status with which `head` is refused, 0 when it is taken. */
function refused(head: string): number {
	const request = parseRequest(head);
	return request instanceof HTTPError ? request.status : 0;
}

test("each field counts, wherever it stands", () => {
	const told = [
		get("/", "Host: a\r\nAccept: text/csv\r\n"),
		get("/", "Host: b\r\nAccept: text/csv\r\n"),
		get("/x?y=1", "Host: b\r\nAccept: text/csv\r\n"),
		get("/x?y=1", "Accept: text/csv\r\nHost: c\r\n"),
		get("/x?y=1", "Host: b\r\n"),
		get("http://d/", "Host: b\r\n"),
		get("http://d?y=/", "Host: b\r\n"),
	].map(head => {
		const { path, query, authority, fields } = parsed(head);
		return [path, query, authority, fields.accept];
	});
	deepEqual(told, [
		["/", "", "a", "text/csv"],
		["/", "", "b", "text/csv"],
		["/x", "y=1", "b", "text/csv"],
		["/x", "y=1", "c", "text/csv"],
		["/x", "y=1", "b", undefined],
		["/", "", "d", undefined],
		["/", "y=/", "d", undefined],
	]);
});

test("the same fields mean another thing by HTTP/1.0", () => {
	const keeps = (version: string, fields: string) =>
		parsed(`GET / HTTP/${version}\r\nHost: a\r\n${fields}\r\n`).keepAlive;
	equal(keeps("1.1", ""), true);
	equal(keeps("1.0", ""), false);
	equal(keeps("1.0", "Connection: keep-alive\r\n"), true);
	equal(keeps("1.1", "Connection: x, Close\r\n"), false);
	const chunked = "Transfer-Encoding: chunked\r\n";
	equal(parsed(get("/", `Host: a\r\n${chunked}`)).contentLength, -1);
	equal(refused(`GET / HTTP/1.0\r\nHost: a\r\n${chunked}\r\n`), 400);
});

for (const [what, head] of [
	["a Host twice", get("/", "Host: a\r\nHost: a\r\n")],
	["a Host first and last", get("/", "Host: a\r\nAccept: b\r\nhost: a\r\n")],
	["a line feed alone in Host", get("/", "Host: a\nAccept: b\r\n")],
	["a carriage return alone in Host", get("/", "Host: a\rb\r\n")],
	["NUL in Host", get("/", "Host: a\0b\r\n")],
	["a space before the colon of Host", get("/", "Host : a\r\n")],
	["no Host", get("/", "Accept: b\r\n")],
	["no host in a whole address", get("http:///", "Host: a\r\n")],
	["no host in a whole address by HTTP/1.0", "GET http:///x HTTP/1.0\r\n\r\n"],
	["no host but a query in a whole address", get("http://?x", "Host: a\r\n")],
	["a tab in the request line", get("/\t", "Host: a\r\n")],
] as const)
	test(`${what} is refused`, () => equal(refused(head), 400));

test("of all bytes in a value only control characters are refused, and of those not the tab", () => {
	for (let byte = 0; byte < 256; byte++) {
		const isControl = (byte < 32 && byte !== 9) || byte === 127;
		for (const name of ["X-Other", "Accept", "Host"]) {
			const value = `a${String.fromCharCode(byte)}b`;
			const fields = name === "Host" ? `Host: ${value}\r\n` : `Host: a\r\n${name}: ${value}\r\n`;
			equal(refused(get("/", fields)), isControl ? 400 : 0, `${name} with byte ${byte}`);
		}
		if (byte !== 32 && byte !== 37)
			equal(refused(get(`/${String.fromCharCode(byte)}`, "Host: a\r\n")), byte < 32 || byte === 127 ? 400 : 0);
	}
});

/** A value of `length` characters that is right for its field. */
function sample({ name }: FieldRule, length: number): string {
	return name === "content-length" ? "1".padStart(length, "0") : "x".repeat(length);
}

/** What is said of a request with `value` in the field of `rule`. */
function told({ name }: FieldRule, value: string): number | string | undefined {
	const request = parseRequest(`POST / HTTP/1.0\r\n${name}: ${value}\r\n\r\n`);
	return request instanceof HTTPError ? request.status : request.fields[name];
}

for (const rule of rules)
	test(`${rule.name} is bounded at ${rule.maxLength} characters`, () => {
		const longest = sample(rule, rule.maxLength);
		const expected = ["content-length", "transfer-encoding"].includes(rule.name) ? 400 : longest;
		equal(told(rule, longest), expected, "as long as it may be");
		equal(told(rule, ` \t${longest}\t `), expected, "spaces around it do not count");
		for (const value of [
			sample(rule, rule.maxLength + 1),
			sample(rule, 4000),
			`${" ".repeat(4000)}x`,
			",".repeat(4000),
		])
			if (value.length > rule.maxLength)
				equal(told(rule, value), rule.required ? 431 : undefined, `${value.length} of ${value[0]}`);
	});

test("of the fields that may come several times all together are bounded; the others come once, whatever they say", () => {
	for (const rule of rules) {
		const half = sample(rule, Math.ceil(rule.maxLength / 2));
		const twice = parseRequest(`POST / HTTP/1.0\r\n${`${rule.name}: ${half}\r\n`.repeat(3)}\r\n`);
		const seen = twice instanceof HTTPError ? twice.status : twice.fields[rule.name];
		equal(seen, rule.isList ? (rule.required ? 431 : undefined) : 400, rule.name);
	}
});

test("a cookie is found among others, however long they are", () => {
	const mark = "0123456789abcdef".repeat(4);
	const found = (cookies: string) => parsed(get("/", `Host: a\r\nCookie: ${cookies}\r\n`)).cookie;
	for (const cookies of [
		`reader=${mark}`,
		`a=b; reader=${mark}`,
		`a=b;reader=${mark};c=d`,
		`${"x".repeat(1900)}; reader=${mark}; ${"y".repeat(1900)}`,
		`reader=other; reader=${mark}`,
		`${"reader=;".repeat(400)} reader=${mark}`,
	])
		equal(found(cookies), mark, cookies.slice(0, 80));
	for (const cookies of [
		"",
		"reader=",
		`reader=${mark}0`,
		`xreader=${mark}`,
		`reader=${mark.slice(1)}`,
		" ".repeat(4000),
	])
		equal(found(cookies), undefined, cookies.slice(0, 80));
});

test("several Cookie fields are read as one: the first cookie of the name counts", () => {
	const [first, second] = ["5a".repeat(32), "a5".repeat(32)];
	const found = (...lines: string[]) =>
		parsed(get("/", `Host: a\r\n${lines.map(line => `Cookie: ${line}\r\n`).join("Accept: b\r\n")}`)).cookie;
	for (const lines of [
		[`reader=${first}`, "a=b"],
		["a=b", `reader=${first}`],
		["a=b", "", `c=d; reader=${first}`],
		[`reader=${first}`, `reader=${second}`],
		["reader=other", `reader=${first}`],
	])
		equal(found(...lines), first, lines.join("|"));
	equal(found("a=b", "c=d"), undefined);
});

test("a request like the one before is the same object, of one sender alone, and none with content is", () => {
	const parser = new RequestParser(fields);
	const parse = (head: string, address: string) => parser.parse(head, address) as Request;
	const head = get("/x?y", "Host: a\r\n");
	const first = parse(head, "192.0.2.1");
	equal(parse(head, "192.0.2.1"), first);
	const other = parse(head, "192.0.2.2");
	deepEqual([other === first, other.remoteAddress, first.remoteAddress], [false, "192.0.2.2", "192.0.2.1"]);
	for (const changed of [head.replace("y", "z"), head.replace("GET", "PUT"), head.replace("a\r", "b\r")]) {
		const request = parse(changed, "192.0.2.2");
		deepEqual(request, new RequestParser(fields).parse(changed, "192.0.2.2"));
	}
	const withContent = get("/", "Host: a\r\nContent-Length: 1\r\n");
	const once = parse(withContent, "192.0.2.1");
	equal(parse(withContent, "192.0.2.1") === once, false);
});

test("a list is searched element by element", () => {
	const closes = (connection: string) => !parsed(get("/", `Host: a\r\nConnection: ${connection}\r\n`)).keepAlive;
	for (const list of ["close", "Close", "a,close", "close,a", ",, close ,,", "disclose, close"]) ok(closes(list), list);
	for (const list of ["", "closed", "disclose", "clo,se", "a close"]) ok(!closes(list), list);
});

test("a path is decoded where its escapes are UTF-8, else refused", () => {
	for (const [path, decoded] of [
		["/a%20b", "/a b"],
		["/%c3%A9t%C3%a9", "/été"],
		["/%F0%9F%8C%A1", "/🌡"],
		["/%ed%9f%bf%f4%8f%bf%bf", "/\ud7ff\u{10ffff}"],
		["/%00", "/\0"],
		[`/${"%41".repeat(300)}`, `/${"A".repeat(300)}`],
		...[
			"/%",
			"/%2",
			"/%zz",
			"/%ff",
			"/%c3",
			"/%c3x%a9",
			"/%c0%80",
			"/%e0%80%80",
			"/%ed%a0%80",
			"/%f4%90%80%80",
			"/%f0%9f%8c",
		].map(malformed => [malformed, 400] as const),
	] as const) {
		const request = parseRequest(get(path, "Host: a\r\n"));
		equal(request instanceof HTTPError ? request.status : request.path, decoded, path);
	}
});

test("a parameter is found in the query, and one that is malformed is taken as it came", () => {
	const value = (query: string) => parameter(parsed(get(`/?${query}`, "Host: a\r\n")), "sensor");
	deepEqual(
		[
			"sensor=a",
			"x&sensor=a+b%20c&sensor=d",
			"sens%6Fr=%C3%A9",
			"sensor",
			"sensor=%zz+",
			"sensors=a",
			"&".repeat(900),
			"a=sensor",
		].map(value),
		["a", "a b c", "é", "", "%zz ", undefined, undefined, undefined],
	);
});

test("a field that every browser sends is read where a handler asks for it", () => {
	const parser = new RequestParser(fieldTable([fieldRule("user-agent", 256)]));
	const request = parser.parse(get("/", "Host: a\r\nUser-Agent: curl\r\n"), undefined);
	equal(request instanceof HTTPError ? undefined : request.fields["user-agent"], "curl");
});
