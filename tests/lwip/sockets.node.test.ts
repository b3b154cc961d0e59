// The chip's sockets one by one: connections that others open.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Bench, noise, testNothingLeft } from "./bench.js";
import { skipTap as skip } from "./tools.js";

const bench = new Bench();

test("what is sent comes back, of any length", { skip }, async () => {
	for (const length of [1, 255, 256, 257, 5743, 5744, 5745, 200_000])
		ok(await bench.echo(noise(length)), `${length} bytes`);
});

test("single bytes come back", { skip }, async () => {
	const socket = await bench.dial(7);
	let back = "";
	socket.on("data", piece => {
		back += piece;
	});
	for (let count = 0; count < 300; count++) {
		socket.write(String(count % 10));
		await new Promise(setImmediate);
	}
	for (let waited = 0; waited < 5000 && back.length < 300; waited += 5) await sleep(5);
	equal(back, Array.from({ length: 300 }, (_, at) => at % 10).join(""));
	socket.destroy();
});

/** Waits for these reports of the connection at port 9, and no others before them. */
async function reports(...expected: string[]): Promise<void> {
	const found: string[] = [];
	for (let waited = 0; waited < 5000 && found.length < expected.length; waited += 5) {
		const line = await bench.ask("told");
		if (line !== "") found.push(...line.split(","));
		else await sleep(5);
	}
	deepEqual(found, expected);
}

test("an adopted connection reports its space, then its bytes, its end when all is read, and nothing more", {
	skip,
}, async () => {
	const socket = await bench.dial(9);
	await reports("from:closed", "writable:5744");
	match(await bench.ask("peer"), /^(10\.90\.\d+\.1) \1$/);
	equal(await bench.ask("read"), "nothing");
	socket.write("0123456789");
	await reports("readable:10");
	equal(await bench.ask("misread 11"), "invalid length");
	equal(await bench.ask("misread 0"), "invalid length");
	equal(await bench.ask("read 4"), "4 0123");
	socket.end("abc");
	await reports("readable:9");
	equal(await bench.ask("read"), "9 456789abc");
	await reports("error");
	equal(await bench.ask("write 5745"), "would block");
	equal(await bench.ask("write 5744"), "0");
	equal(await bench.answered(), "nothing");
	const received: Buffer[] = [];
	socket.on("data", piece => received.push(piece));
	const closed = once(socket, "close");
	equal(await bench.ask("closeHeld"), "closed,closed,closed,closed");
	await closed;
	equal(Buffer.concat(received).toString(), "x".repeat(5744));
});

test("a write to a peer that has reset throws nothing", { skip }, async () => {
	const socket = await bench.dial(9);
	socket.write("1");
	await reports("from:closed", "writable:5744", "readable:1");
	socket.resetAndDestroy();
	await sleep(100);
	equal(await bench.ask("write 10"), "");
	equal(await bench.answered(), "nothing");
	equal(await bench.ask("read"), "1 1");
	await reports("error");
	equal(await bench.ask("closeHeld"), "closed,closed,closed,closed");
});

test("bytes for several connections are taken by those with space; a full one reports acknowledgements", {
	skip,
}, async () => {
	const socket = await bench.dial(9);
	await reports("from:closed", "writable:5744");
	socket.resume();
	for (const [length, refused] of [
		[700, 0],
		[600, 0],
		[5745, 2],
		[5000, 1],
	] as const) {
		await bench.acknowledged();
		equal(await bench.ask(`writeAll ${length}`), String(refused));
		equal(await bench.answered(), "nothing");
	}
	// It is told of acknowledgements until more than three quarters are free.
	let space = 0;
	for (let waited = 0; waited < 5000 && space <= 4308; waited += 5) {
		space = Number((await bench.ask("told")).split(":").at(-1)) || space;
		await sleep(5);
	}
	ok(space > 4308, `${space} bytes are free`);
	socket.resetAndDestroy();
	await sleep(100);
	equal(await bench.ask("writeAll 1"), "2");
	equal(await bench.answered(), "nothing");
	equal(await bench.ask("closeHeld"), "closed,closed,closed,closed");
});

test("what was written goes out at a close, though bytes are unread", { skip }, async () => {
	const socket = await bench.dial(9);
	let received = "";
	let error: Error | undefined;
	socket.on("data", piece => {
		received += piece;
	});
	socket.on("error", reason => {
		error = reason;
	});
	socket.write("unread");
	await reports("from:closed", "writable:5744", "readable:6");
	equal(await bench.ask("write 3000"), "2744");
	equal(await bench.answered(), "nothing");
	const ended = once(socket, "end");
	equal(await bench.ask("closeHeld"), "closed,closed,closed,closed");
	await Promise.race([ended, sleep(3000)]);
	equal(received.length, 3000);
	equal(error, undefined);
	socket.destroy();
});

test("an upload waits while nobody reads, and goes on as it is read", { skip }, async () => {
	const socket = await bench.dial(9);
	socket.write(Buffer.alloc(3_000_000, "u"));
	await sleep(500);
	const { lwip } = await bench.device.statistics();
	equal(lwip.buffers, 0, "the interface's buffers are given back");
	ok(socket.writableLength > 0, "the client waits");
	let read = 0;
	while (read < 3_000_000) {
		const piece = Number.parseInt(await bench.ask("read"), 10);
		if (Number.isNaN(piece)) await sleep(1);
		else {
			ok(piece <= 5744);
			read += piece;
		}
	}
	equal(read, 3_000_000);
	equal(socket.writableLength, 0);
	socket.destroy();
	await sleep(20);
	await bench.ask("told");
	await bench.ask("closeHeld");
});

test("what arrives before a connection is taken is kept, its end too; what is reset meanwhile is not there", {
	skip,
}, async () => {
	const first = await bench.dial(11);
	first.end("first");
	const second = await bench.dial(11);
	second.write("second");
	const third = await bench.dial(11);
	third.end("third");
	await sleep(20);
	second.resetAndDestroy();
	await sleep(20);
	equal(await bench.ask("take"), "3 first ended");
	equal(await bench.ask("take"), "3 third ended");
	equal(await bench.ask("take"), "none");
});

test("a listener that closes closes what waits in it", { skip }, async () => {
	const sockets = await Promise.all([bench.dial(11), bench.dial(11)]);
	const ended = Promise.all(sockets.map(socket => once(socket.resume(), "end")));
	await sleep(20);
	equal(await bench.ask("stop"), "closed");
	await ended;
	for (const socket of sockets) socket.destroy();
	equal(
		await bench.dial(11).then(
			() => "taken",
			error => error.code,
		),
		"ECONNREFUSED",
	);
});

test("a connection that is read and forgotten is closed by the collector", { skip }, async () => {
	const socket = (await bench.dial(13)).resume();
	await sleep(50);
	const ended = Promise.race([once(socket, "end"), once(socket, "error"), sleep(3000, "still open")]);
	await bench.device.statistics();
	ok((await ended) !== "still open");
	socket.destroy();
});

test("no more than fifteen connections are taken; the next one is once another goes", { skip }, async () => {
	const sockets = await Promise.all(Array.from({ length: 15 }, () => bench.dial(7)));
	let taken = false;
	const next = connect(7, bench.device.address, () => {
		taken = true;
	});
	await sleep(300);
	equal(taken, false);
	sockets[0]?.destroy();
	await once(next, "connect");
	for (const socket of [...sockets, next]) socket.destroy();
});

testNothingLeft(bench);
