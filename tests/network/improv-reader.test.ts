import assert from "node:assert/strict";
import { test } from "node:test";
import { packet, Type } from "../../modules/network/improv-packet.js";
import { ImprovReader, MAX_DATA } from "../../modules/network/improv-reader.js";
import { FakeClock } from "../fakes/clock.js";
import { choices } from "../fakes/random.js";
import { latin1 } from "../fakes/text.js";
import { list, request } from "./improv-bench.js";

class Reading {
	readonly clock = new FakeClock();
	/** Packets, and `invalid`. */
	readonly found: string[] = [];
	readonly #reader = new ImprovReader({ clock: this.clock, listener: this });

	onRPC(data: Uint8Array): void {
		this.found.push(Array.from(data).join(" "));
	}

	onInvalid(): void {
		this.found.push("invalid");
	}

	receive(...pieces: (Uint8Array | string)[]): string[] {
		this.found.length = 0;
		for (const piece of pieces) this.#reader.receive(typeof piece === "string" ? latin1(piece) : piece);
		return this.found;
	}
}

/** A Wi-Fi of which name and password have line feeds' and headers' look-alikes. */
const wifi = request(1, list("I\nIMPRO", "IMPROV\x01\n\n"));
const wifiData = Array.from(wifi.subarray(9, -2)).join(" ");
const state = request(2);

test("a packet arrives in one piece, in bytes, and after lines of text", () => {
	const reading = new Reading();
	assert.deepEqual(reading.receive(state), ["2 0"]);
	assert.deepEqual(reading.receive(...Array.from(wifi, byte => Uint8Array.of(byte))), [wifiData]);
	assert.deepEqual(reading.receive("hello\r\n", state, "IMPRO", "\n", wifi, wifi), ["2 0", wifiData, wifiData]);
});

test("a packet must begin a line", () => {
	const reading = new Reading();
	assert.deepEqual(reading.receive("x", state), []);
	assert.deepEqual(reading.receive(state), ["2 0"]);
});

test("a line feed after a packet may be missing", () => {
	assert.deepEqual(new Reading().receive(state.slice(0, -1), state), ["2 0", "2 0"]);
});

test("packets of other types, as the device's own that come back, are passed over, whole or not", () => {
	const reading = new Reading();
	const own = packet(Type.ERROR, [1]);
	own[own.length - 2]! ^= 1;
	assert.deepEqual(reading.receive(packet(Type.STATE, [4]), own, packet(Type.RESULT, [1, 0]), state), ["2 0"]);
});

test("after a byte that was lost or doubled, the next packet is found", () => {
	for (let at = 0; at < wifi.length; at++)
		for (const damaged of [
			[...wifi.slice(0, at), ...wifi.slice(at + 1)],
			[...wifi.slice(0, at + 1), ...wifi.slice(at)],
		]) {
			const found = new Reading().receive(Uint8Array.from(damaged), state, state);
			assert.deepEqual(found.slice(-2), ["2 0", "2 0"], `at ${at}: ${found}`);
		}
});

test("a packet that is cut off is reported with the next one, or forgotten in half a second of silence", () => {
	const reading = new Reading();
	for (let length = 8; length < wifi.length - 1; length++) {
		assert.deepEqual(reading.receive(wifi.slice(0, length)), []);
		reading.clock.advance(500);
		assert.deepEqual(reading.receive(state), ["2 0"], `after ${length} bytes`);
	}
	assert.deepEqual(reading.receive(wifi.slice(0, 20), "\n", state), ["invalid", "2 0"]);
});

test("a packet longer than any request is invalid at once, and costs no memory", () => {
	const reading = new Reading();
	const long = packet(Type.RPC, new Array(MAX_DATA + 1).fill(65)).slice(1);
	assert.deepEqual(reading.receive(long, state), ["invalid", "2 0"]);
	assert.equal(reading.receive(packet(Type.RPC, new Array(MAX_DATA).fill(65)).slice(1)).length, 1);
});

test("of 1,000 streams of random bytes, half of them with pieces of packets, none hides the packets after it", () => {
	const below = choices(7);
	for (let count = 0; count < 1000; count++) {
		const reading = new Reading();
		const pieces = Array.from({ length: below(8) }, () => {
			const from = below(wifi.length);
			return count % 2 === 0
				? Uint8Array.from({ length: below(60) }, () => below(256))
				: wifi.slice(from, from + below(wifi.length));
		});
		const found = reading.receive(...pieces, "\n", state);
		assert.equal(found[found.length - 1], "2 0", `stream ${count}`);
	}
});
