import { equal } from "node:assert/strict";
import { test } from "node:test";
import { HeadReader } from "../../modules/http/head-reader.js";
import { HTTPError } from "../../modules/http/response.js";
import { fromLatin1, latin1, text } from "../fakes/text.js";

const limits = { maxLine: 1024, maxFields: 4096 };
const long = `PUT /a HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(1500)}\r\n\r\n`;

test("what follows a long head is not checked as a head, however it is cut", () => {
	const content = "{\n}";
	for (const at of [long.length - 1, long.length, long.length + 1, long.length + content.length]) {
		const sent = latin1(long + content);
		const reader = new HeadReader(sent.slice(0, at));
		let head = reader.take(text, limits);
		if (head === undefined) {
			reader.push(sent.slice(at));
			head = reader.take(text, limits);
		}
		equal(head, long, `${at}`);
	}
});

test("a line feed alone in a long head is refused", () => {
	const head = new HeadReader(latin1(long.replace("X: ", "X: \n"))).take(text, limits);
	equal(head instanceof HTTPError ? head.status : head, 400);
});

test("what follows is the rest", () => {
	const reader = new HeadReader(latin1(`${long}{\n}`));
	reader.take(text, limits);
	equal(fromLatin1(reader.rest!), "{\n}");
});
