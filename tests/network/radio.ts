/** What a radio does, whatever it is made of. */

import assert from "node:assert/strict";
import type { DisconnectReason, FoundNetwork, Radio, Station } from "../../modules/platform/radio.js";
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

/** How a network is joined, unless a test says otherwise. */
export const byDHCP: Station = { hostName: "dht", staticAddress: undefined };
const byHand: Station = {
	hostName: "dht",
	staticAddress: { address: "192.0.2.50", mask: "255.255.255.0", gateway: "192.0.2.1", dns: "192.0.2.53" },
};

class Heard {
	readonly joined: string[] = [];
	readonly lost: DisconnectReason[] = [];
	readonly scanned: (readonly FoundNetwork[])[] = [];

	constructor(radio: Radio) {
		radio.listener = {
			onJoined: address => this.joined.push(address),
			onLost: reason => this.lost.push(reason),
			onScanned: networks => this.scanned.push(networks),
		};
	}
}

function start(air: Air, networks: Parameters<Air["set"]>[0]) {
	const { clock, radio, set } = air;
	set(networks);
	return { clock, radio, set, heard: new Heard(radio) };
}

/** The contract, by what it says: each part is given a radio of its own. */
export const contract: Readonly<Record<string, (air: Air) => void>> = {
	"has a hardware address": air => {
		assert.match(start(air, []).radio.mac, /^[0-9A-F]{2}(:[0-9A-F]{2}){5}$/);
	},

	"joins a network, later and once, and tells its strength": air => {
		const { clock, radio, heard } = start(air, [home]);
		assert.equal(radio.signal(), undefined);
		radio.join(home, byDHCP);
		assert.deepEqual(heard.joined, []);
		clock.advance(longMs);
		assert.equal(heard.joined.length, 1);
		assert.match(heard.joined[0]!, /^\d+\.\d+\.\d+\.\d+$/);
		assert.equal(radio.signal(), -55);
		assert.deepEqual(heard.lost, []);
	},

	"joins an open network": air => {
		const { clock, radio, heard } = start(air, [attic]);
		radio.join(attic, byDHCP);
		clock.advance(longMs);
		assert.equal(heard.joined.length, 1);
	},

	"tells a wrong password from a network that is not there, and does not try again": air => {
		const { clock, radio, heard } = start(air, [home]);
		radio.join({ ...home, password: "wrong horse" }, byDHCP);
		clock.advance(longMs);
		assert.deepEqual(heard.lost, ["wrong-password"]);
		radio.join({ ssid: "Nowhere", password: "correct horse" }, byDHCP);
		clock.advance(longMs);
		assert.deepEqual(heard.lost, ["wrong-password", "not-found"]);
		clock.advance(longMs);
		assert.equal(heard.lost.length, 2);
		assert.deepEqual(heard.joined, []);
	},

	"tells that what was joined is lost, and joins it again when asked": air => {
		const { clock, radio, set, heard } = start(air, [home]);
		radio.join(home, byDHCP);
		clock.advance(longMs);
		set([]);
		clock.advance(longMs);
		assert.deepEqual(heard.lost, ["lost"]);
		assert.equal(radio.signal(), undefined);
		set([home]);
		clock.advance(longMs);
		assert.equal(heard.joined.length, 1);
		radio.join(home, byDHCP);
		clock.advance(longMs);
		assert.equal(heard.joined.length, 2);
	},

	"says nothing of a join after leaving": air => {
		const { clock, radio, heard } = start(air, [home]);
		radio.join(home, byDHCP);
		radio.leave();
		clock.advance(longMs);
		radio.leave();
		assert.deepEqual([heard.joined, heard.lost], [[], []]);
	},

	"a join in place of another tells of the new one alone": air => {
		const { clock, radio, heard } = start(air, [home, attic]);
		radio.join({ ssid: "Nowhere", password: undefined }, byDHCP);
		radio.join(attic, byDHCP);
		clock.advance(longMs);
		assert.deepEqual([heard.joined.length, heard.lost], [1, []]);
		radio.join(home, byDHCP);
		clock.advance(longMs);
		assert.deepEqual([heard.joined.length, heard.lost, radio.signal()], [2, [], -55]);
	},

	"finds networks, later and once": air => {
		const { clock, radio, heard } = start(air, [home, attic]);
		radio.scan();
		assert.deepEqual(heard.scanned, []);
		clock.advance(longMs);
		assert.deepEqual(heard.scanned, [
			[
				{ ssid: "Home", dBm: -55, secure: true },
				{ ssid: "Attic", dBm: -71, secure: false },
			],
		]);
	},

	"finds and joins networks while its access point is open": air => {
		const { clock, radio, heard } = start(air, [home]);
		assert.match(radio.openAccessPoint("dht-CDEF", undefined), /^\d+\.\d+\.\d+\.\d+$/);
		radio.openAccessPoint("dht-CDEF", undefined);
		radio.scan();
		clock.advance(longMs);
		assert.equal(heard.scanned.length, 1);
		radio.join(home, byDHCP);
		clock.advance(longMs);
		assert.equal(heard.joined.length, 1);
		radio.closeAccessPoint();
		radio.closeAccessPoint();
		clock.advance(longMs);
		assert.deepEqual(heard.lost, []);
	},

	"joins under an address given by hand, and by DHCP again": air => {
		const { clock, radio, heard } = start(air, [home]);
		radio.join(home, byHand);
		clock.advance(longMs);
		radio.join(home, byDHCP);
		clock.advance(longMs);
		assert.deepEqual([heard.joined, heard.lost], [["192.0.2.50", "192.0.2.7"], []]);
	},

	"has neighbours once it has joined and asked, and none under an address of another network": air => {
		const { clock, radio } = start(air, [home]);
		const look = () => {
			radio.hasNeighbour();
			clock.advance(longMs);
			return radio.hasNeighbour();
		};
		assert.equal(look(), false);
		for (const [gateway, isThere] of [
			["192.0.2.1", true],
			["192.0.2.200", false],
		] as const) {
			radio.join(home, { hostName: "dht", staticAddress: { ...byHand.staticAddress!, gateway } });
			clock.advance(longMs);
			assert.equal(look(), isThere);
		}
		radio.leave();
		assert.equal(radio.hasNeighbour(), false);
	},

	"says nothing after close": air => {
		const { clock, radio, heard } = start(air, [home]);
		radio.join(home, byDHCP);
		radio.close();
		radio.close();
		clock.advance(longMs);
		assert.deepEqual([heard.joined, heard.lost, heard.scanned], [[], [], []]);
	},
};
