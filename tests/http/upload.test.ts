// Content that a handler takes in pieces: back-pressure, late responses, early errors, and what a client's disappearance does.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { ContentSink, Exchange, UploadHandler } from "../../modules/http/handler.js";
import type { Request } from "../../modules/http/request.js";
import { HTTPError, Response } from "../../modules/http/response.js";
import { Server, type ServerOptions } from "../../modules/http/server.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeNetwork, type Peer } from "../fakes/sockets.js";
import { fromLatin1, text } from "../fakes/text.js";

const MAX = 100_000;

/** Takes one upload after the other, as the test says. */
class Uploads implements UploadHandler {
	readonly allow = "GET, HEAD, PUT";
	readonly contentTypes = ["application/octet-stream"];
	readonly maxBody = MAX;
	exchange: Exchange | undefined;
	/** What happened, in order. */
	readonly events: string[] = [];
	received = "";
	longest = 0;
	/** Whether each piece makes the sink busy. */
	busy = false;
	onWrite: ((piece: Uint8Array) => void) | undefined;
	onEnd: (() => void) | undefined = () => this.respond();
	refused: HTTPError | undefined;
	/** Bytes that it says it keeps. */
	held = 0;

	handle(): Response {
		return new Response(204, "");
	}

	upload(_: Request, exchange: Exchange): ContentSink | HTTPError {
		this.exchange = exchange;
		this.events.push("upload");
		if (this.refused) return this.refused;
		return {
			held: this.held,
			write: piece => {
				this.received += fromLatin1(piece);
				this.longest = Math.max(this.longest, piece.byteLength);
				this.onWrite?.(piece);
				return !this.busy;
			},
			end: () => {
				this.events.push("end");
				this.onEnd?.();
			},
			cancel: () => this.events.push("cancel"),
		};
	}

	respond(response: Response | HTTPError = new Response(201, "Content-Length: 0\r\n")): void {
		this.exchange?.respond(response);
	}
}

class Device {
	readonly clock = new FakeClock();
	readonly network: FakeNetwork;
	readonly uploads = new Uploads();
	readonly errors: unknown[] = [];
	readonly server: Server;
	readonly peer: Peer;

	constructor(options: Partial<ServerOptions> = {}, sendBuffer = 5744) {
		this.network = new FakeNetwork({ sendBuffer });
		const { clock, uploads } = this;
		this.server = new Server({
			Listener: this.network.Listener,
			clock,
			text,
			routes: { get: path => (path === "/file" ? uploads : undefined) },
			onError: error => this.errors.push(error),
			...options,
		});
		this.peer = this.network.connect();
	}

	/** The sink resumes. */
	resume(): void {
		this.uploads.exchange?.resume();
		this.network.settle();
	}

	pass(ms: number): void {
		this.clock.advance(ms);
		this.network.settle();
	}
}

const TYPE = "Content-Type: application/octet-stream\r\n";
const head = (fields: string, version = "1.1") =>
	`PUT /file HTTP/${version}\r\nHost: localhost\r\n${TYPE}${fields}\r\n`;
const withLength = (content: string) => head(`Content-Length: ${content.length}\r\n`) + content;
const chunk = (content: string) => `${content.length.toString(16)}\r\n${content}\r\n`;
const inChunks = (...contents: string[]) =>
	`${head("Transfer-Encoding: chunked\r\n")}${contents.map(chunk).join("")}0\r\n\r\n`;
const content = "0123456789abcdef".repeat(100);
const CREATED = /^HTTP\/1\.1 201 Created\r\n[\s\S]*\r\n\r\n$/;
const GET = "GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n";

for (const [what, sent] of [
	["of a given length", withLength(content)],
	["in chunks", inChunks(content.slice(0, 1000), content.slice(1000, 1001), content.slice(1001))],
	["in chunks with extensions and a trailer", inChunks(content).replace("\r\n0\r\n", "\r\n0;a=b\r\nX: y\r\n")],
] as const)
	test(`content ${what} reaches the sink whole, cut anywhere, and the connection stays`, () => {
		for (const size of [1, 7, 536, 100_000]) {
			const { peer, uploads } = new Device();
			for (let at = 0; at < sent.length; at += size) peer.send(sent.slice(at, at + size));
			equal(uploads.received, content, `${size}`);
			match(peer.take(), CREATED);
			deepEqual(uploads.events, ["upload", "end"]);
			peer.send(GET);
			match(peer.take(), /^HTTP\/1\.1 204 /);
		}
	});

test("a busy sink is sent nothing until it resumes, and the socket is not read meanwhile", () => {
	const device = new Device();
	const { peer, uploads } = device;
	uploads.busy = true;
	peer.send(head("Content-Length: 4000\r\n"));
	peer.send("a".repeat(1000));
	const { taken } = peer;
	peer.send("b".repeat(1500));
	peer.send("c".repeat(1500));
	deepEqual([uploads.received.length, peer.taken], [1000, taken]);
	device.resume();
	deepEqual([uploads.received.length, peer.taken], [2024, taken + 1024]);
	for (let turn = 0; turn < 2; turn++) device.resume();
	deepEqual([uploads.received.length, peer.taken], [4000, taken + 3000]);
	deepEqual(uploads.events, ["upload", "end"]);
	match(peer.received, CREATED);
});

test("a sink may resume within write, and may be busy at each chunk of one piece", () => {
	for (const resumes of [true, false]) {
		const device = new Device();
		const { peer, uploads } = device;
		uploads.busy = true;
		if (resumes) uploads.onWrite = () => uploads.exchange?.resume();
		peer.send(inChunks("one", "two", "three"));
		equal(uploads.received, resumes ? "onetwothree" : "one");
		for (let turn = 0; turn < 3; turn++) device.resume();
		equal(uploads.received, "onetwothree");
		match(peer.received, CREATED);
	}
});

test("a piece has a kilobyte at most, whatever the socket holds", () => {
	const { peer, uploads } = new Device();
	peer.send(head("Content-Length: 90000\r\n"));
	for (let at = 0; at < 90_000; at += 1500) peer.send("x".repeat(1500));
	deepEqual([uploads.received.length, uploads.longest], [90_000, 1024]);
});

test("the response may come later; what follows waits for it", () => {
	const device = new Device();
	const { peer, uploads, clock } = device;
	uploads.onEnd = () => {
		clock.set(() => uploads.respond(), 60_000);
	};
	peer.send(withLength("abc") + GET);
	device.pass(50_000);
	deepEqual([peer.received, peer.closed], ["", "no"]);
	device.pass(10_000);
	match(peer.received, /^HTTP\/1\.1 201 [\s\S]*\r\n\r\nHTTP\/1\.1 204 /);
});

test("a response that comes twice, or after the connection has gone, has no effect", () => {
	const { peer, uploads, network, errors } = new Device();
	uploads.onEnd = () => {
		uploads.respond();
		uploads.respond(new Response(204, ""));
	};
	peer.send(withLength("abc"));
	uploads.respond();
	match(peer.take(), CREATED);
	uploads.onEnd = undefined;
	peer.send(withLength("abc"));
	peer.close();
	uploads.respond();
	uploads.exchange?.resume();
	deepEqual(uploads.events, ["upload", "end", "upload", "end", "cancel"]);
	deepEqual([network.open.size, errors], [0, []]);
});

for (const [when, arrange] of [
	["at once", (uploads: Uploads) => (uploads.refused = new HTTPError(422, "No."))],
	["at a piece", (uploads: Uploads) => (uploads.onWrite = () => uploads.respond(new HTTPError(422, "No.")))],
] as const)
	test(`an error ${when} is sent at once, and the rest is read and dropped`, () => {
		const { peer, uploads, server } = new Device();
		arrange(uploads);
		peer.send(head("Content-Length: 90000\r\n"));
		for (let at = 0; at < 90_000; at += 1000) {
			equal(peer.closed, "no");
			peer.send("x".repeat(1000));
		}
		match(peer.received, /^HTTP\/1\.1 422 [\s\S]*Connection: close\r\n\r\nNo\.\n$/);
		deepEqual([peer.closed, server.connections], ["fin", 0]);
		ok(uploads.received.length <= 1000);
		deepEqual(uploads.events, ["upload"]);
	});

test("what is dropped after an error has a limit of progress", () => {
	const device = new Device();
	const { peer, uploads } = device;
	uploads.refused = new HTTPError(409, "One is under way.");
	peer.send(head("Content-Length: 90000\r\n"));
	for (let turn = 0; turn < 5; turn++) {
		device.pass(9000);
		peer.send("x".repeat(1000));
	}
	equal(peer.closed, "no");
	device.pass(10_500);
	equal(peer.closed, "fin");
});

for (const [what, sent, status] of [
	["of another type", head("Content-Length: 3\r\n").replace(TYPE, "Content-Type: text/plain\r\n"), 415],
	["of no type", head("Content-Length: 3\r\n").replace(TYPE, ""), 415],
	["longer than the handler takes", head(`Content-Length: ${MAX + 1}\r\n`), 413],
	["of another site's page", head("Content-Length: 3\r\nOrigin: http://evil.example\r\n"), 403],
	["for another host", head("Content-Length: 3\r\n").replace("localhost", "evil.example"), 421],
	["by a method that is not allowed", head("Content-Length: 3\r\n").replace("PUT", "POST"), 405],
] as const)
	test(`content ${what} is refused before the handler is called`, () => {
		const { peer, uploads } = new Device();
		peer.send(sent);
		equal(peer.received.slice(9, 12), `${status}`);
		deepEqual(uploads.events, []);
	});

test("access is asked before length and type", () => {
	const access = { check: () => new HTTPError(401, "Who?") };
	for (const fields of ["Content-Length: 999999\r\n", "Transfer-Encoding: chunked\r\n"]) {
		const { peer, uploads } = new Device({ access });
		peer.send(head(fields).replace(TYPE, ""));
		equal(peer.received.slice(9, 12), "401");
		deepEqual(uploads.events, []);
	}
});

test("without length and content, the handler is asked as for every request", () => {
	const { peer } = new Device();
	peer.send(head("Content-Length: 0\r\n"));
	match(peer.take(), /^HTTP\/1\.1 204 /);
	peer.send(head(""));
	match(peer.take(), /^HTTP\/1\.1 411 /);
});

for (const [what, sent] of [
	["a malformed size", "x\r\n"],
	["a chunk longer than its size", "3\r\nabcd\r\n"],
	["more than the handler takes", "ffff\r\n".concat("x".repeat(0xffff), "\r\nffff\r\n")],
	["a size line without end", `1;${"x".repeat(2000)}`],
] as const)
	test(`${what} ends the upload with an error`, () => {
		const { peer, uploads } = new Device();
		peer.send(head("Transfer-Encoding: chunked\r\n"));
		peer.send(sent);
		match(peer.received, /^HTTP\/1\.1 4(00|13) [\s\S]*Connection: close\r\n/);
		deepEqual(uploads.events, ["upload", "cancel"]);
	});

for (const [when, before] of [
	["before its content", ""],
	["in its content", "half"],
] as const)
	test(`a client that disappears ${when} cancels its upload`, () => {
		const { peer, uploads, server, errors } = new Device();
		peer.send(head("Content-Length: 100\r\n") + before);
		peer.close();
		deepEqual(uploads.events, ["upload", "cancel"]);
		deepEqual([server.connections, errors], [0, []]);
	});

test("a client that disappears while the sink is busy is noticed when it resumes", () => {
	const device = new Device();
	const { peer, uploads, server } = device;
	uploads.busy = true;
	peer.send(`${head("Content-Length: 100\r\n")}half`);
	peer.send("more");
	peer.close();
	deepEqual(uploads.events, ["upload"]);
	device.resume();
	device.resume();
	deepEqual(uploads.events, ["upload", "cancel"]);
	equal(server.connections, 0);
});

test("a client without progress gets 408 after progressMs; one that is slow does not, however long it takes", () => {
	const device = new Device({ bodyMs: 1000 });
	const { peer, uploads } = device;
	peer.send(head("Content-Length: 90000\r\n"));
	for (let turn = 0; turn < 20; turn++) {
		device.pass(9000);
		peer.send("x".repeat(536));
	}
	equal(peer.received, "");
	for (let turn = 0; turn < 12 && peer.received === ""; turn++) {
		device.pass(1000);
		peer.send("x");
	}
	match(peer.received, /^HTTP\/1\.1 408 /);
	deepEqual(uploads.events, ["upload", "cancel"]);
});

test("the time in which the sink is busy is not the client's", () => {
	const device = new Device();
	const { peer, uploads } = device;
	uploads.busy = true;
	peer.send(`${head("Content-Length: 2000\r\n")}${"x".repeat(1000)}`);
	device.pass(60_000);
	equal(peer.closed, "no");
	device.resume();
	device.pass(9000);
	equal(peer.received, "");
	peer.send("x".repeat(1000));
	device.resume();
	match(peer.received, CREATED);
});

test("100-continue is sent where the handler takes the content, and not before an error", () => {
	const { peer, uploads } = new Device();
	const expecting = head("Content-Length: 3\r\nExpect: 100-continue\r\n");
	peer.send(expecting);
	equal(peer.take(), "HTTP/1.1 100 Continue\r\n\r\n");
	peer.send("abc");
	match(peer.take(), CREATED);
	uploads.refused = new HTTPError(409, "One is under way.");
	peer.send(expecting);
	match(peer.take(), /^HTTP\/1\.1 409 /);
});

for (const [where, arrange] of [
	["write", (uploads: Uploads, fail: () => never) => (uploads.onWrite = fail)],
	["end", (uploads: Uploads, fail: () => never) => (uploads.onEnd = fail)],
] as const)
	test(`an exception in ${where} is a 500 that ends the upload alone`, () => {
		const { peer, uploads, server, errors, network } = new Device();
		arrange(uploads, () => {
			throw new Error("planted");
		});
		const other = network.connect();
		peer.send(withLength("abc"));
		match(peer.received, /^HTTP\/1\.1 500 /);
		deepEqual([errors.length, server.counters.failures, other.closed], [1, 1, "no"]);
		equal(uploads.events.at(-1), "cancel");
	});

test("an upload under way is not evicted for newcomers of other addresses, however many half requests there are", () => {
	const device = new Device({ maxConnections: 4, maxHeld: 4096 });
	const { peer, uploads, network } = device;
	peer.send(`${head("Content-Length: 4000\r\n")}${"x".repeat(2000)}`);
	for (let at = 0; at < 20; at++) {
		network.connect(80, `192.0.2.${100 + at}`).send(`GET / HTTP/1.1\r\nA: ${"x".repeat(2000)}`);
		device.clock.advance(40);
	}
	peer.send("x".repeat(2000));
	match(peer.received, CREATED);
	deepEqual(uploads.events, ["upload", "end"]);
});

test("late responses that no client reads count as held, and make room for each other", () => {
	const { network, server, uploads } = new Device({ maxHeld: 20_000 }, 1000);
	uploads.onEnd = undefined;
	const exchanges = Array.from({ length: 6 }, () => {
		const peer = network.connect();
		peer.reading = false;
		peer.send(withLength("abc"));
		return uploads.exchange!;
	});
	const bytes = new Uint8Array(9000);
	for (const exchange of exchanges) exchange.respond(new Response(200, "Content-Length: 9000\r\n", { bytes }));
	ok(server.counters.connectionsEvicted >= 4, `${server.counters.connectionsEvicted}`);
});

test("single bytes after an early error are no progress", () => {
	const device = new Device();
	const { peer, uploads } = device;
	uploads.refused = new HTTPError(409, "One is under way.");
	peer.send(head("Content-Length: 90000\r\n"));
	device.pass(9000);
	peer.send("x");
	equal(peer.closed, "no");
	device.pass(1500);
	equal(peer.closed, "fin");
});

test("what resumes after its response prolongs nothing", () => {
	const device = new Device({ idleMs: 5000 });
	const { peer, uploads } = device;
	uploads.busy = true;
	peer.send(withLength("abc"));
	device.resume();
	match(peer.take(), CREATED);
	device.pass(4000);
	device.resume();
	device.pass(2000);
	equal(peer.closed, "fin");
});

test("closing the server cancels an upload", () => {
	const { peer, uploads, server } = new Device();
	peer.send(head("Content-Length: 100\r\n"));
	server.close();
	deepEqual(uploads.events, ["upload", "cancel"]);
	equal(peer.closed, "fin");
});

test("of a method that is not the upload's, content is handled as a whole, of the server's types", () => {
	const device = new Device({ contentTypes: ["application/json"] });
	const { peer, uploads } = device;
	const bodies: (string | undefined)[] = [];
	Object.assign(uploads, {
		allow: "GET, HEAD, PUT, POST",
		contentTypes: undefined,
		isUpload: ({ method }: Request) => method === "PUT",
		checksContent: true,
		handle: ({ body }: Request) => {
			bodies.push(body && fromLatin1(body));
			return new Response(204, "");
		},
	});
	const post = withLength("{}").replace("PUT", "POST");
	peer.send(post.replace(TYPE, "Content-Type: application/json\r\n"));
	match(peer.take(), /^HTTP\/1\.1 204 /);
	deepEqual([bodies, uploads.events], [["{}"], []]);
	peer.send(post);
	match(peer.take(), /^HTTP\/1\.1 415 /);
});

test("a handler that checks content itself is asked once access allows it, and its error is followed by what is dropped", () => {
	const asked: string[] = [];
	const access = {
		check: () => {
			asked.push("access");
			return undefined;
		},
	};
	const { peer, uploads } = new Device({ access });
	Object.assign(uploads, { checksContent: true });
	uploads.refused = new HTTPError(413, "It is too large.");
	peer.send(head(`Content-Length: ${2 * MAX}\r\n`).replace(TYPE, ""));
	deepEqual([asked, uploads.events], [["access"], ["upload"]]);
	for (let at = 0; at < 2 * MAX; at += 1000) {
		equal(peer.closed, "no");
		peer.send("x".repeat(1000));
	}
	match(peer.received, /^HTTP\/1\.1 413 [\s\S]*It is too large\.\n$/);
	equal(peer.closed, "fin");
});

test("without a length, a handler that checks content itself is asked after access", () => {
	const { peer, uploads } = new Device({ access: { check: () => new HTTPError(401, "Who?") } });
	Object.assign(uploads, { checksContent: true });
	peer.send(head("").replace(TYPE, ""));
	match(peer.take(), /^HTTP\/1\.1 401 /);
});

test("what follows an upload in the same segments is handled after it", () => {
	for (const busy of [false, true]) {
		const device = new Device();
		const { peer, uploads } = device;
		uploads.busy = busy;
		peer.send(head("Content-Length: 3000\r\n"));
		peer.send(`${"x".repeat(3000)}${GET}`);
		for (let turn = 0; turn < 4; turn++) device.resume();
		match(peer.received, /^HTTP\/1\.1 201 [\s\S]*\r\n\r\nHTTP\/1\.1 204 /);
	}
});

test("content that a sink keeps counts among what is held: other requests give way to it", () => {
	const device = new Device({ maxHeld: 5000 });
	const { uploads, network, peer } = device;
	uploads.held = 4500;
	const half = network.connect();
	half.send("GET / HTTP/1.1\r\nX: ".padEnd(1000, "x"));
	peer.send(
		"PUT /file HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nContent-Length: 8\r\n\r\n1234",
	);
	match(half.received, /^HTTP\/1\.1 503 /);
	const other = network.connect();
	other.send("GET / HTTP/1.1\r\nX: ".padEnd(1000, "x"));
	match(other.received, /^HTTP\/1\.1 503 /);
	peer.send("5678");
	match(peer.received, /^HTTP\/1\.1 201 /);
});
