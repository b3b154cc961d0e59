// What receivers are sent, on a fake clock and network.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { choices } from "../fakes/random.js";
import { alert, Bench, type Receiver } from "./receivers.js";

const second = 1000;
const minute = 60_000;
const hour = 60 * minute;
const a = "192.0.2.1";
const b = "192.0.2.2";
const json = (address: string, path = "/") => ({ url: `http://${address}${path}`, format: "json" as const });
const line = (address: string, path = "/") => ({ url: `http://${address}${path}`, format: "text" as const });

test("JSON has the alert, the device and both clocks", () => {
	const bench = new Bench();
	bench.clock.time = Date.UTC(2026, 6, 1);
	bench.respond(a, 204);
	bench.webhooks.change([json(`${a}:8123`, "/api/webhook/token?x=1")]);
	bench.clock.advance(5 * minute);
	bench.webhooks.report(alert("above", { sinceUptimeMs: 3 * minute }));
	bench.pass(second);
	const [{ request = "" } = {}] = bench.requests;
	const [head = "", body = ""] = request.split("\r\n\r\n");
	deepEqual(head.split("\r\n"), [
		"POST /api/webhook/token?x=1 HTTP/1.1",
		`Host: ${a}:8123`,
		"User-Agent: dht-gauges",
		"Content-Type: application/json",
		`Content-Length: ${body.length}`,
		"Connection: close",
	]);
	deepEqual(JSON.parse(body), {
		device: "dht",
		...alert("above", { sinceUptimeMs: 3 * minute }),
		since: "2026-07-01T00:03:00.000Z",
		uptimeMs: 5 * minute,
		time: "2026-07-01T00:05:00.000Z",
	});
	equal(bench.network.open.size, 0);
	equal(bench.clock.pending, 0);
	deepEqual(bench.lines, []);
});

test("without wall time since and time are null", () => {
	const bench = new Bench();
	bench.respond(a);
	bench.webhooks.change([json(a)]);
	bench.webhooks.report(alert("above"));
	bench.pass(second);
	const { since, time } = JSON.parse(bench.take()[0] ?? "");
	deepEqual([since, time], [null, null]);
});

for (const [what, expected] of [
	[alert("above"), "dht: Room: temperature 31.2 °C, above 30 °C for 90 s"],
	[alert("below", { quantity: "humidity", value: 20, limit: 25 }), "dht: Room: humidity 20 %, below 25 % for 90 s"],
	[alert("fault", { quantity: "reading", error: "no-answer" }), "dht: Room: no readings for 90 s (no-answer)"],
	[
		alert("below", { quantity: "success", value: 63, limit: 80 }),
		"dht: Room: 63 % of reads succeed, below 80 % for 90 s",
	],
] as const)
	test(`as text: ${expected}`, () => {
		const bench = new Bench();
		bench.respond(a);
		bench.webhooks.change([line(a)]);
		bench.clock.advance(90 * second);
		bench.webhooks.report(what);
		bench.pass(second);
		const { request } = bench.requests[0]!;
		match(request, /\r\nContent-Type: text\/plain; charset=utf-8\r\n/);
		equal(bench.take()[0], unescape(encodeURIComponent(expected)));
	});

/** What a receiver may do in place of a good response, and what the log says. */
const bad: [what: string, Receiver, reason: RegExp][] = [
	["refuses", "refuse", /no connection/],
	["is not there", "silent", /no connection/],
	["takes the request and says nothing", () => {}, /no response/],
	["closes without a word", peer => peer.close(), /no response/],
	["responds 500", peer => peer.send("HTTP/1.1 500 Oh\r\n\r\n"), /responds 500/],
	["responds 404", peer => peer.send("HTTP/1.0 404 No\r\n\r\n"), /responds 404/],
	["redirects", peer => peer.send(`HTTP/1.1 301 Moved\r\nLocation: http://${b}/\r\n\r\n`), /301, and no redirect/],
	["sends garbage", peer => peer.send("\x00\xff\x16\x03garbage, garbage"), /is no HTTP/],
	["sends a status that is none", peer => peer.send("HTTP/1.1 099 Well\r\n\r\n"), /is no HTTP/],
	["sends interim responses without end", peer => peer.send("HTTP/1.1 100 Go\r\n\r\n".repeat(40)), /no status/],
	["sends an interim head without end", peer => peer.send(`HTTP/1.1 103 Go\r\n${"x".repeat(5000)}`), /no status/],
	["sends half a status", peer => peer.send("HTTP/1.1 20"), /no response/],
];

for (const [what, receiver, reason] of bad)
	test(`a receiver that ${what} is asked again after a while, and another hears meanwhile`, () => {
		const bench = new Bench();
		bench.receivers.set(a, receiver);
		bench.respond(b);
		bench.webhooks.change([json(a, "/token"), json(b)]);
		bench.webhooks.report(alert("above"));
		bench.pass(12 * second);
		equal(bench.take().length, 1);
		equal(bench.network.open.size, 0);
		bench.pass(hour - 12 * second);
		ok(bench.dialled - 1 >= 5 && bench.dialled - 1 <= 6, `${bench.dialled - 1} in an hour`);
		equal(bench.lines.length, 1);
		match(bench.lines[0] ?? "", reason);
		ok(!bench.lines.join().includes("token"));
		equal(bench.mostOpen, 1);
		bench.respond(a);
		bench.pass(hour);
		equal(bench.take().length, 1);
		deepEqual(bench.lines.slice(1), [`${a}: takes alerts again`]);
		bench.webhooks.close();
		equal(bench.clock.pending, 0);
	});

for (const [name, reason] of [
	["nobody.local", /nobody\.local: no such name/],
	["mute", /mute: no name server responds/],
	["too-many", /too-many: no memory for it/],
] as const)
	test(`the name ${name} is looked up again each time`, () => {
		const bench = new Bench();
		bench.webhooks.change([json(name)]);
		bench.webhooks.report(alert("above"));
		bench.pass(20 * minute);
		match(bench.lines.join(), reason);
		equal(bench.dialled, 0);
		bench.webhooks.close();
	});

for (const address of ["0.0.0.0", "224.0.0.251", "255.255.255.255"])
	test(`nothing is sent to ${address}, and the log says why`, () => {
		const bench = new Bench();
		bench.webhooks.change([json(address)]);
		bench.webhooks.report(alert("above"));
		bench.pass(20 * minute);
		deepEqual(bench.lines, [`${address}: ${address} is the address of no host; next attempt in 30 s`]);
		equal(bench.dialled, 0);
		bench.webhooks.close();
	});

test("a status that comes byte by byte, and behind an interim response, counts", () => {
	const bench = new Bench();
	bench.receivers.set(a, peer => {
		for (const byte of "HTTP/1.1 100 Go on\r\n\r\nHTTP/1.1 200") peer.send(byte);
	});
	bench.webhooks.change([json(a)]);
	bench.webhooks.report(alert("above"));
	bench.pass(hour);
	deepEqual([bench.dialled, bench.lines.length], [1, 0]);
});

test("of a response without end no more is read than its beginning", () => {
	const bench = new Bench();
	let taken = 0;
	bench.receivers.set(a, peer => {
		const piece = `HTTP/1.1 200 OK\r\n\r\n${"x".repeat(1400)}`;
		for (let sent = 0; sent < 10_000_000 && bench.network.open.size > 0; sent += piece.length) peer.send(piece);
		taken = peer.taken;
	});
	bench.webhooks.change([json(a)]);
	bench.webhooks.report(alert("above"));
	bench.pass(minute);
	ok(taken > 0 && taken <= 256, `${taken}`);
	equal(bench.network.open.size, 0);
});

test("a receiver hears of the end of what it heard of, and else of nothing", () => {
	const bench = new Bench();
	bench.respond(a);
	bench.receivers.set(b, "refuse");
	bench.webhooks.change([line(a), line(b)]);
	bench.webhooks.report(alert("above"));
	bench.pass(10 * second);
	bench.webhooks.report(alert("normal", { value: 29 }));
	bench.pass(10 * second);
	equal(bench.take().length, 2);
	bench.respond(b);
	bench.pass(2 * hour);
	deepEqual(bench.take(), []);
	equal(bench.clock.pending, 0);
});

test("a receiver that may have heard is told of the end, too", () => {
	const bench = new Bench();
	bench.receivers.set(a, () => {});
	bench.webhooks.change([line(a)]);
	bench.webhooks.report(alert("above"));
	bench.pass(minute / 4);
	bench.webhooks.report(alert("normal", { value: 29 }));
	bench.respond(a);
	bench.pass(hour);
	match(bench.take().join("|"), /^dht: Room: temperature 29 [^|]+ normal again$/);
});

test("of what changes while a receiver is away it hears the newest alone", () => {
	const bench = new Bench();
	bench.webhooks.change([line(a)]);
	for (const value of [31, 32, 33]) {
		bench.webhooks.report(alert("above", { value }));
		bench.pass(second);
		bench.webhooks.report(alert("normal", { value: 20 }));
		bench.pass(second);
	}
	bench.webhooks.report(alert("below", { value: 4, limit: 5 }));
	bench.respond(a);
	bench.pass(hour);
	equal(bench.take().length, 1);
});

test("there are six messages an hour of one cause at most, and the last state arrives", () => {
	const bench = new Bench();
	const choose = choices(9);
	bench.respond(a);
	bench.webhooks.change([json(a)]);
	let state: "above" | "normal" = "normal";
	for (let count = 0; count < 400; count++) {
		state = state === "normal" ? "above" : "normal";
		bench.webhooks.report(alert(state));
		bench.pass((1 + choose(120)) * second);
	}
	bench.pass(hour);
	const { requests } = bench;
	for (const { at } of requests)
		ok(requests.filter(other => other.at >= at && other.at < at + hour).length <= 6, `from ${at} on`);
	ok(requests.length > 15);
	equal(JSON.parse(bench.take().at(-1) ?? "").state, state);
});

test("other causes do not wait for one that is at its bound", () => {
	const bench = new Bench();
	bench.respond(a);
	bench.webhooks.change([json(a)]);
	for (let count = 0; count < 10; count++) {
		bench.webhooks.report(alert(count % 2 === 0 ? "above" : "normal"));
		bench.pass(second);
	}
	equal(bench.take().length, 3);
	bench.webhooks.report(alert("below", { quantity: "humidity" }));
	bench.webhooks.report(alert("below", { sensor: "Attic" }));
	bench.pass(second);
	equal(bench.take().length, 2);
	bench.webhooks.close();
});

test("receivers change: who stays is not told again, who comes is told of what stands, who goes hears no more", () => {
	const bench = new Bench();
	for (const address of [a, b, "192.0.2.3"]) bench.respond(address);
	bench.webhooks.change([json(a), json(b)]);
	bench.webhooks.report(alert("above"));
	bench.pass(second);
	bench.take();
	bench.webhooks.change([json("192.0.2.3"), json(b)]);
	bench.pass(second);
	deepEqual(
		bench.requests.map(({ address }) => address),
		["192.0.2.3"],
	);
	bench.take();
	bench.webhooks.report(alert("normal"));
	bench.pass(second);
	deepEqual(bench.requests.map(({ address }) => address).sort(), [b, "192.0.2.3"]);
});

test("a change ends the request under way, and what it may have told is told again", () => {
	const bench = new Bench();
	bench.receivers.set(a, () => {});
	bench.webhooks.change([json(a)]);
	bench.webhooks.report(alert("above"));
	bench.pass(second);
	equal(bench.network.open.size, 1);
	bench.respond(a);
	bench.webhooks.change([json(b), json(a)]);
	bench.pass(second);
	equal(bench.take().length, 1);
	equal(bench.network.open.size, 0);
	bench.webhooks.close();
});

test("a change of other settings leaves the request under way and the back-off alone", () => {
	const bench = new Bench();
	bench.webhooks.change([json(a)]);
	bench.webhooks.report(alert("above"));
	bench.pass(second);
	equal(bench.dialled, 1);
	bench.webhooks.change([json(a)]);
	bench.pass(10 * second);
	equal(bench.dialled, 1);
	bench.webhooks.close();
});

test("a sensor that is gone is forgotten", () => {
	const bench = new Bench();
	bench.webhooks.change([json(a)]);
	bench.webhooks.report(alert("above"));
	bench.pass(second);
	bench.webhooks.keepOnly(["Attic"]);
	bench.respond(a);
	bench.pass(hour);
	deepEqual(bench.take(), []);
});
