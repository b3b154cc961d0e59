import assert from "node:assert/strict";
import { test } from "node:test";
import { SNTPClient } from "../../modules/network/sntp-client.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeDatagrams } from "../fakes/datagrams.js";

const dayMs = 86_400_000;
/** 2026-11-22T21:00:00.5Z, and as NTP counts. */
const time = Date.UTC(2026, 10, 22, 21) + 500;
const seconds = Math.floor(time / 1000) + 2_208_988_800;

class SettableClock extends FakeClock {
	setTime(now: number): void {
		this.time = now;
	}
}

class Bench {
	readonly clock = new SettableClock();
	readonly datagrams = new FakeDatagrams();
	readonly lines: string[] = [];
	/** Answers to look-ups. */
	resolve: (name: string, onResolved: (address: string | undefined) => void) => void = (_name, onResolved) =>
		onResolved("192.0.2.123");
	readonly keeper = new SNTPClient({
		clock: this.clock,
		UDP: this.datagrams.UDP,
		server: "time.example",
		resolve: (name, onResolved) => this.resolve(name, onResolved),
		random: () => 0x01020304,
		log: line => this.lines.push(line),
	});

	/** Answers the newest request; `changes` is made to it. */
	answer({ changes = {} as Record<number, number>, address = "192.0.2.123", port = 123, length = 48 } = {}): void {
		const bytes = new Uint8Array(length);
		const view = new DataView(bytes.buffer);
		bytes[0] = 0x24;
		bytes[1] = 2;
		if (length >= 48) {
			view.setUint32(24, 0x01020304);
			view.setUint32(28, 0x01020304);
			view.setUint32(40, seconds);
			view.setUint32(44, 0x80000000);
		}
		for (const [at, value] of Object.entries(changes)) bytes[Number(at)] = value;
		this.datagrams.arrive(49_152, bytes, address, port);
	}
}

test("the clock is set when a network is joined, by the time that the answer took less half of the way", () => {
	const bench = new Bench();
	bench.keeper.open();
	const [request] = bench.datagrams.take();
	assert.deepEqual([request?.address, request?.port, request?.bytes.length], ["192.0.2.123", 123, 48]);
	assert.equal(request?.bytes[0], 0x23);
	bench.clock.advance(80);
	bench.answer();
	assert.equal(bench.clock.time, time + 40);
	assert.deepEqual(bench.datagrams.open, []);
	bench.clock.advance(1000);
	assert.deepEqual(bench.keeper.state, {
		server: "time.example",
		sinceSetMs: 1000,
		correctionMs: null,
		failures: 0,
	});
});

test("then daily, telling by how much the clock was wrong, also over reconnects", () => {
	const bench = new Bench();
	bench.keeper.open();
	bench.answer();
	bench.datagrams.take();
	bench.clock.advance(3_600_000);
	bench.keeper.close();
	bench.keeper.open();
	bench.clock.advance(dayMs - 3_600_001);
	assert.deepEqual(bench.datagrams.take(), []);
	bench.clock.advance(1);
	assert.equal(bench.datagrams.take().length, 1);
	bench.answer();
	assert.equal(bench.clock.time, time);
	assert.equal(bench.keeper.state.correctionMs, -dayMs);
});

test("what is no response to the request sets nothing", () => {
	const bench = new Bench();
	bench.keeper.open();
	for (const changes of [
		{ 0: 0x23 },
		{ 0: 0xe4 },
		{ 1: 0 },
		{ 1: 16 },
		{ 24: 9 },
		{ 31: 9 },
		{ 40: 0, 41: 0, 42: 0, 43: 0 },
	])
		bench.answer({ changes });
	bench.answer({ address: "192.0.2.66" });
	bench.answer({ port: 124 });
	bench.answer({ length: 47 });
	bench.answer({ length: 0 });
	assert.equal(bench.clock.time, undefined);
	bench.answer();
	assert.equal(bench.clock.time, time);
});

test("after 2036, when NTP's seconds start anew, the clock is right", () => {
	const bench = new Bench();
	bench.keeper.open();
	bench.answer({ changes: { 40: 0, 41: 0, 42: 0, 43: 1 } });
	assert.equal(bench.clock.time, Date.UTC(2036, 1, 7, 6, 28, 17) + 500);
});

test("no response, no name, no socket: tried again with growing pauses, and told once", () => {
	const bench = new Bench();
	bench.keeper.open();
	bench.clock.advance(10_000);
	assert.equal(bench.datagrams.take().length, 2);
	assert.deepEqual(bench.datagrams.open, [49_152]);
	bench.resolve = (_name, onResolved) => onResolved(undefined);
	bench.clock.advance(5000 + 15_000);
	bench.resolve = () => {};
	bench.clock.advance(60_000 + 5000);
	bench.resolve = () => {
		throw new Error("no memory");
	};
	bench.clock.advance(300_000);
	bench.datagrams.failing = "open";
	bench.resolve = (_name, onResolved) => onResolved("192.0.2.123");
	bench.clock.advance(900_000);
	assert.equal(bench.keeper.state.failures, 6);
	assert.deepEqual(bench.lines, ["time server time.example: no response"]);
	bench.datagrams.failing = undefined;
	bench.clock.advance(3_600_000);
	bench.answer();
	assert.deepEqual([bench.clock.time, bench.keeper.state.failures], [time, 0]);
});

test("a name that is found late, or after closing, sends nothing", () => {
	const bench = new Bench();
	const found: ((address: string | undefined) => void)[] = [];
	bench.resolve = (_name, onResolved) => found.push(onResolved);
	bench.keeper.open();
	bench.clock.advance(5000);
	found[0]?.("192.0.2.123");
	assert.deepEqual(bench.datagrams.take(), []);
	bench.clock.advance(5000);
	bench.keeper.close();
	found[1]?.("192.0.2.123");
	assert.deepEqual([found.length, bench.datagrams.take(), bench.clock.pending], [2, [], 0]);
});
