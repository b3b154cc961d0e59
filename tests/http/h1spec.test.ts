// The cases of h1spec (github.com/uNetworking/h1spec), in our words. One of its 32 does not apply: a POST to the page, which is 405 here.

import { deepEqual, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { FakeDevice } from "../fakes/device.js";

const hello = "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n";

test("a request that is not complete is waited for", () => {
	const cuts = ["G", "GET ", "GET /hello", "GET /hello ", "GET /hello HTTP", "GET /hello HTTP/1.1"];
	cuts.push("GET /hello HTTP/1.1\r", "GET /hello HTTP/1.1\r\n", "GET /hello HTTP/1.1\r\nHos");
	for (const more of ["t:", "t: ", "t: localhost", "t: localhost\r", "t: localhost\r\n", "t: localhost\r\n\r"])
		cuts.push(`GET /hello HTTP/1.1\r\nHos${more}`);
	deepEqual(cuts.length, 15);
	for (const sent of cuts) {
		const peer = new FakeDevice().network.connect();
		peer.send(sent);
		deepEqual([peer.received, peer.closed], ["", "no"], JSON.stringify(sent));
		peer.send(hello.slice(sent.length));
		match(peer.received, /^HTTP\/1\.1 404 /, JSON.stringify(sent));
	}
});

const H = "Host: localhost\r\n";
const good = /^HTTP\/1\.1 2\d\d /;
const bad = /^HTTP\/1\.1 4\d\d /;
const cases: [name: string, sent: string, answer: RegExp][] = [
	["no version", "GET / \r\n\r\n", /^HTTP\/1\.1 [45]\d\d /],
	["an expectation", `GET / HTTP/1.1\r\n${H}Expect: 100-continue\r\n\r\n`, /^HTTP\/1\.1 (100|2\d\d) /],
	["a good request", `GET / HTTP/1.1\r\n${H}\r\n`, good],
	["a good request with edges", "GET / HTTP/1.1\r\nhoSt:\tlocalhost\r\nempty:\r\n\r\n", good],
	["brackets in a name", `GET / HTTP/1.1\r\n${H}X-Invalid[]: test\r\n\r\n`, bad],
	["no Host", "GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\n", bad],
	["two Hosts", `GET / HTTP/1.1\r\n${H}Host: example.org\r\n\r\n`, bad],
	["a length far below zero", `GET / HTTP/1.1\r\n${H}Content-Length: -${"123456789".repeat(3)}\r\n\r\n`, bad],
	["a length below zero", `GET / HTTP/1.1\r\n${H}Content-Length: -1234\r\n\r\n`, bad],
	["a length of letters", `GET / HTTP/1.1\r\n${H}Content-Length: abc\r\n\r\n`, bad],
	["an empty value", `GET / HTTP/1.1\r\n${H}X-Empty-Header: \r\n\r\n`, good],
	["a control character in a value", `GET / HTTP/1.1\r\n${H}X-Bad-Control-Char: test\x07\r\n\r\n`, bad],
	["HTTP/9.9", `GET / HTTP/9.9\r\n${H}\r\n`, /^HTTP\/1\.1 [45]\d\d /],
	["words before the request", `Extra lineGET / HTTP/1.1\r\n${H}\r\n`, /^HTTP\/1\.1 [45]\d\d /],
	["a carriage return alone", `GET / HTTP/1.1\r\n${H}\rSome-Header: Test\r\n\r\n`, bad],
	["chunks and a length", `GET / HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n`, bad],
];

for (const [name, sent, answer] of cases)
	test(`h1spec: ${name}`, () => {
		const received = new FakeDevice().ask(sent);
		match(received, answer);
		ok(received.includes("\r\n\r\n"));
	});
