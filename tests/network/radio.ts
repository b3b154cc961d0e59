/** What a radio does, whatever it is made of. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { FoundNetwork, LossReason, Radio } from "../../modules/platform/types.js";
import type { FakeClock } from "../fakes/clock.js";

/** A radio and the air around it. */
export interface Air {
	clock: FakeClock;
	radio: Radio;
	/** Networks in reach from now on; what is joined and not among them is lost. */
	set(networks: readonly { ssid: string; password: string | undefined; dBm: number }[]): void;
}

const home = { ssid: "Home", password: "correct horse", dBm: -55 };
const attic = { ssid: "Attic", password: undefined, dBm: -71 };
const longMs = 30_000;

class Heard {
	readonly joined: string[] = [];
	readonly lost: LossReason[] = [];
	readonly scanned: (readonly FoundNetwork[])[] = [];

	constructor(radio: Radio) {
		radio.listener = {
			onJoined: address => this.joined.push(address),
			onLost: reason => this.lost.push(reason),
			onScanned: networks => this.scanned.push(networks),
		};
	}
}

export function describeRadio(name: string, air: () => Air): void {
	const start = (networks: Parameters<Air["set"]>[0]) => {
		const { clock, radio, set } = air();
		set(networks);
		return { clock, radio, set, heard: new Heard(radio) };
	};

	test(`${name}: has a hardware address`, () => {
		assert.match(start([]).radio.mac, /^[0-9A-F]{2}(:[0-9A-F]{2}){5}$/);
	});

	test(`${name}: joins a network, later and once, and tells its strength`, () => {
		const { clock, radio, heard } = start([home]);
		assert.equal(radio.signal(), undefined);
		radio.join(home);
		assert.deepEqual(heard.joined, []);
		clock.advance(longMs);
		assert.equal(heard.joined.length, 1);
		assert.match(heard.joined[0]!, /^\d+\.\d+\.\d+\.\d+$/);
		assert.equal(radio.signal(), -55);
		assert.deepEqual(heard.lost, []);
	});

	test(`${name}: joins an open network`, () => {
		const { clock, radio, heard } = start([attic]);
		radio.join(attic);
		clock.advance(longMs);
		assert.equal(heard.joined.length, 1);
	});

	test(`${name}: tells a wrong password from a network that is not there, and does not try again`, () => {
		const { clock, radio, heard } = start([home]);
		radio.join({ ...home, password: "wrong horse" });
		clock.advance(longMs);
		assert.deepEqual(heard.lost, ["wrong-password"]);
		radio.join({ ssid: "Nowhere", password: "correct horse" });
		clock.advance(longMs);
		assert.deepEqual(heard.lost, ["wrong-password", "not-found"]);
		clock.advance(longMs);
		assert.equal(heard.lost.length, 2);
		assert.deepEqual(heard.joined, []);
	});

	test(`${name}: tells that what was joined is lost, and joins it again when asked`, () => {
		const { clock, radio, set, heard } = start([home]);
		radio.join(home);
		clock.advance(longMs);
		set([]);
		clock.advance(longMs);
		assert.deepEqual(heard.lost, ["lost"]);
		assert.equal(radio.signal(), undefined);
		set([home]);
		clock.advance(longMs);
		assert.equal(heard.joined.length, 1);
		radio.join(home);
		clock.advance(longMs);
		assert.equal(heard.joined.length, 2);
	});

	test(`${name}: says nothing of a join after leaving`, () => {
		const { clock, radio, heard } = start([home]);
		radio.join(home);
		radio.leave();
		clock.advance(longMs);
		radio.leave();
		assert.deepEqual([heard.joined, heard.lost], [[], []]);
	});

	test(`${name}: a join in place of another tells of the new one alone`, () => {
		const { clock, radio, heard } = start([home, attic]);
		radio.join({ ssid: "Nowhere", password: undefined });
		radio.join(attic);
		clock.advance(longMs);
		assert.deepEqual([heard.joined.length, heard.lost], [1, []]);
		radio.join(home);
		clock.advance(longMs);
		assert.deepEqual([heard.joined.length, heard.lost, radio.signal()], [2, [], -55]);
	});

	test(`${name}: finds networks, later and once`, () => {
		const { clock, radio, heard } = start([home, attic]);
		radio.scan();
		assert.deepEqual(heard.scanned, []);
		clock.advance(longMs);
		assert.deepEqual(heard.scanned, [
			[
				{ ssid: "Home", dBm: -55, secure: true },
				{ ssid: "Attic", dBm: -71, secure: false },
			],
		]);
	});

	test(`${name}: finds and joins networks while its access point is open`, () => {
		const { clock, radio, heard } = start([home]);
		assert.match(radio.openAccessPoint("dht-CDEF", undefined), /^\d+\.\d+\.\d+\.\d+$/);
		radio.openAccessPoint("dht-CDEF", undefined);
		radio.scan();
		clock.advance(longMs);
		assert.equal(heard.scanned.length, 1);
		radio.join(home);
		clock.advance(longMs);
		assert.equal(heard.joined.length, 1);
		radio.closeAccessPoint();
		radio.closeAccessPoint();
		clock.advance(longMs);
		assert.deepEqual(heard.lost, []);
	});

	test(`${name}: says nothing after close`, () => {
		const { clock, radio, heard } = start([home]);
		radio.join(home);
		radio.close();
		radio.close();
		clock.advance(longMs);
		assert.deepEqual([heard.joined, heard.lost, heard.scanned], [[], [], []]);
	});
}
