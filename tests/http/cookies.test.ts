// Cookies of other servers on the same host, of any length.

import { equal, match } from "node:assert/strict";
import { test } from "node:test";
import { READER_COOKIE } from "../../modules/auth/access.js";
import { fieldTable } from "../../modules/http/field-rules.js";
import { HeadReader } from "../../modules/http/head-reader.js";
import { RequestParser } from "../../modules/http/request-parser.js";
import { HTTPError } from "../../modules/http/response.js";
import { FakeDevice } from "../fakes/device.js";
import { latin1, text } from "../fakes/text.js";

const parser = new RequestParser(fieldTable([], READER_COOKIE));
const mark = "5a".repeat(32);
const foreign = (length: number) => "theme=dark; ".repeat(length / 12 + 1).slice(0, length);

function head(cookies: string, name = "Cookie"): string {
	return `GET /nope HTTP/1.1\r\nHost: localhost\r\n${name}: ${cookies}\r\nAccept: a\r\n\r\n`;
}

/** @returns The head that `pieces` make, or the status that refuses it. */
function read(pieces: readonly string[]): string | number | undefined {
	let reader: HeadReader | undefined;
	for (const piece of pieces) {
		if (reader) reader.push(latin1(piece));
		else reader = new HeadReader(latin1(piece));
		const taken = reader.take(text, { maxLine: 1024, maxFields: 4096 }, READER_COOKIE);
		if (taken instanceof HTTPError) return taken.status;
		if (taken !== undefined) return taken;
		equal(reader.held < 4096 + 1024 + 200, true, `${reader.held} bytes are held`);
	}
	return undefined;
}

function cookie(pieces: readonly string[]): string | number | undefined {
	const taken = read(pieces);
	if (typeof taken !== "string") return taken;
	const request = parser.parse(taken, undefined);
	return request instanceof HTTPError ? request.status : request.cookie;
}

/** @returns `whole` in two pieces: cut at every place near its ends and near the cookie, at each thirteenth between. */
function* splits(whole: string): Generator<readonly [string, string]> {
	const marked = whole.indexOf(mark);
	for (let at = 1; at < whole.length; at++)
		if (at % 13 === 0 || at < 60 || at > whole.length - 60 || Math.abs(at - marked) < 100)
			yield [whole.slice(0, at), whole.slice(at)];
}

for (const [where, cookies] of [
	["first", `reader=${mark}; ${foreign(6000)}`],
	["in the middle", `${foreign(5000)}; reader=${mark}; ${foreign(900)}`],
	["last", `${foreign(6000)}; reader=${mark}`],
] as const)
	test(`the cookie that is used is found ${where}, wherever the head is cut`, () => {
		const whole = head(cookies);
		equal(cookie([whole]), mark);
		for (const pieces of splits(whole)) equal(cookie(pieces), mark, `${pieces[0].length}`);
	});

test("half a name and a longer value make no cookie, wherever the head is cut", () => {
	for (const cookies of [`${foreign(5000)}; myreader=${mark}; a=b`, `${foreign(5000)}; reader=${mark}0; a=b`]) {
		const whole = head(cookies);
		for (const pieces of splits(whole)) equal(cookie(pieces), undefined, `${pieces[0].length}`);
	}
});

test("it arrives a byte at a time, its name in any case", () => {
	for (const name of ["cookie", "COOKIE", "cOoKiE"])
		equal(cookie([...head(`${foreign(9000)}; reader=${mark}; ${foreign(500)}`, name)]), mark);
});

test("65,536 bytes are dropped, and no more", () => {
	const pieces = (length: number) => head(foreign(length)).match(/[\s\S]{1,1460}/g)!;
	equal(typeof read(pieces(65_000)), "string");
	equal(read(pieces(71_000)), 431);
	equal(read([head(foreign(71_000))]), 431);
});

test("what only looks like a cookie counts", () => {
	equal(read([head(`cookie: ${foreign(5000)}`, "X-Note")]), 431);
	equal(read([head(foreign(5000), "X-Cookie")]), 431);
	equal(read([head(`${foreign(5000)}\r\nX: ${"x".repeat(4100)}`)]), 431);
});

test("what is dropped is checked", () => {
	for (const bad of ["\x01", "\r", "\0"]) equal(cookie([head(`${foreign(5000)}${bad}${foreign(50)}`)]), 400);
	const many = head(`a${"\r\nCookie: a".repeat(1000)}`);
	equal(cookie([many]), 431);
});

test("50 KB of cookies, then a request on the same connection", () => {
	const device = new FakeDevice();
	const peer = device.network.connect();
	for (const piece of head(foreign(50_000)).match(/[\s\S]{1,1460}/g)!) peer.send(piece);
	match(peer.take(), /^HTTP\/1\.1 404 /);
	peer.send(head("a=b") + head(foreign(7000)) + head("a=b"));
	equal(peer.take().match(/HTTP\/1\.1 404 /g)?.length, 3);
	equal(peer.closed, "no");
});
