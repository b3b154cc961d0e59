import assert from "node:assert/strict";
import { test } from "node:test";
import { type NetModule, WiFiRadio } from "../../../modules/platform/esp32/radio.js";
import type { DisconnectReason } from "../../../modules/platform/radio.js";
import { FakeClock } from "../../fakes/clock.js";
import { byDHCP, contract } from "../../network/radio.js";

interface AccessPoint {
	ssid: string;
	password: string | undefined;
	dBm: number;
}

/** The SDK's `wifi` and `net`, as its sources have them: what is called for later comes as a message. */
function fakeSDK() {
	const clock = new FakeClock();
	let networks: readonly AccessPoint[] = [];
	let mode = 0;
	let joined: AccessPoint | undefined;
	let joining: object | undefined;
	let watched = false;
	/** Why every join fails; 0 for the true reason. */
	let refusal = 0;
	/** Whether the end of a join that is replaced is told, as it is only sometimes. */
	let tells = true;
	const listeners = new Set<(message: string) => void>();
	/** What its DHCP server tells, and at which address. */
	let portal: { address: string; uri: string } | undefined;
	/** As `setStation` was told. */
	let station: (string | undefined)[] = [];
	/** Whether the gateway's response to an ARP request is there. */
	let hasResponse = false;
	const Wlan = {
		disconnectReason: 0,
		mask: "255.255.254.0",
		watch() {
			watched = true;
		},
		setStation(...given: (string | undefined)[]) {
			assert.ok(!joining, "the next join's");
			station = given;
			hasResponse = false;
		},
		hasNeighbour() {
			const found = hasResponse;
			clock.set(() => {
				hasResponse = joined !== undefined && (station[1] === undefined || station[3] === "192.0.2.1");
			}, 3);
			return found;
		},
		openPortal(address: string, uri: string) {
			assert.equal(mode, 3, "no access point");
			portal = { address, uri };
		},
	};
	const post = (message: string, reason = 0) => {
		if (reason) Wlan.disconnectReason = reason;
		clock.set(() => {
			for (const listener of listeners) listener(message);
		}, 1);
	};
	const end = () => {
		if (tells && (joining || joined)) post("disconnect", 8);
		clock.clear(joining);
		joining = joined = undefined;
	};

	class WiFi {
		#onMessage: (message: string) => void;

		constructor(_options: undefined, onMessage: (message: string) => void) {
			assert.ok(watched, "the reasons are watched first");
			this.#onMessage = onMessage;
			listeners.add(onMessage);
		}
		close(): void {
			listeners.delete(this.#onMessage);
		}
		static get mode(): number {
			return mode;
		}
		static set mode(wanted: number) {
			mode = wanted;
		}
		static connect({ ssid, password }: { ssid: string; password?: string }): void {
			assert.ok(mode & 1, "no station");
			end();
			joining = clock.set(() => {
				joining = undefined;
				const network = networks.find(one => one.ssid === ssid);
				if (refusal) post("disconnect", refusal);
				else if (!network) post("disconnect", 201);
				else if (network.password !== password) post("disconnect", 15);
				else {
					joined = network;
					post("connect");
					post("gotIP");
				}
			}, 3000);
		}
		static disconnect(): void {
			end();
		}
		static scan(
			_options: object,
			onFound: (found: { ssid: string; authentication: string; rssi: number } | null) => void,
		): void {
			if (joining) throw new Error("scan request failed");
			clock.set(() => {
				for (const { ssid, password, dBm } of networks)
					onFound({ ssid, rssi: dBm, authentication: password === undefined ? "none" : "wpa2_psk" });
				onFound(null);
			}, 2000);
		}
		static accessPoint({ station }: { station: boolean }): void {
			// Without it the SDK's module gives the station up.
			assert.equal(station, true);
			mode = 3;
		}
	}
	const Net: NetModule = {
		get(name: string, netInterface?: string): never {
			const values = { RSSI: joined?.dBm, station: joined && (station[1] ?? "192.0.2.7") };
			return values[(name === "RSSI" ? name : netInterface) as keyof typeof values] as never;
		},
	};
	return {
		clock,
		post,
		portal: () => portal,
		station: () => station,
		radio: new WiFiRadio({
			WiFi,
			Net,
			Wlan,
			mac: new Uint8Array([0x24, 0x6f, 0x28, 0xab, 0xcd, 0x0f]).buffer,
		}),
		refuse(reason: number) {
			refusal = reason;
		},
		keepQuiet() {
			tells = false;
		},
		set(now: readonly AccessPoint[]) {
			networks = now;
			if (!joined || now.includes(joined)) return;
			joined = undefined;
			post("disconnect", 200);
		},
	};
}

for (const [says, check] of Object.entries(contract)) test(`ESP32's radio: ${says}`, () => check(fakeSDK()));

test("the hardware address has leading zeros and capitals", () => {
	assert.equal(fakeSDK().radio.mac, "24:6F:28:AB:CD:0F");
});

test("the access point is at an address that phones take for a portal's, and its DHCP server names the page", () => {
	const { portal, radio } = fakeSDK();
	assert.equal(radio.openAccessPoint("dht-CD0F", undefined), "4.3.2.1");
	assert.deepEqual(portal(), { address: "4.3.2.1", uri: "http://4.3.2.1/setup" });
});

test("reasons of ESP-IDF in words", () => {
	const { clock, refuse, radio } = fakeSDK();
	const lost: DisconnectReason[] = [];
	radio.listener = { onJoined() {}, onScanned() {}, onLost: reason => lost.push(reason) };
	for (const reason of [2, 8, 14, 15, 200, 201, 202, 203, 204, 210, 211, 212]) {
		refuse(reason);
		radio.join({ ssid: "Home", password: undefined }, byDHCP);
		clock.advance(5000);
	}
	assert.deepEqual(lost, [
		"refused",
		"refused",
		"wrong-password",
		"wrong-password",
		"refused",
		"not-found",
		"wrong-password",
		"refused",
		"wrong-password",
		"wrong-password",
		"wrong-password",
		"not-found",
	]);
});

test("an access point that goes in good order is lost, though its reason is that of leaving", () => {
	const { clock, post, radio, set } = fakeSDK();
	const lost: DisconnectReason[] = [];
	radio.listener = { onJoined() {}, onScanned() {}, onLost: reason => lost.push(reason) };
	set([{ ssid: "Home", password: undefined, dBm: -50 }]);
	radio.join({ ssid: "Elsewhere", password: undefined }, byDHCP);
	radio.join({ ssid: "Home", password: undefined }, byDHCP);
	clock.advance(10_000);
	post("disconnect", 8);
	clock.advance(10);
	assert.deepEqual(lost, ["lost"]);
});

test("a join that fails after another one was replaced without a word is told", () => {
	const { clock, keepQuiet, radio, set } = fakeSDK();
	const lost: DisconnectReason[] = [];
	radio.listener = { onJoined() {}, onScanned() {}, onLost: reason => lost.push(reason) };
	set([{ ssid: "Home", password: "correct horse", dBm: -50 }]);
	keepQuiet();
	radio.join({ ssid: "Elsewhere", password: undefined }, byDHCP);
	radio.join({ ssid: "Home", password: "wrong horse" }, byDHCP);
	clock.advance(10_000);
	assert.deepEqual(lost, ["wrong-password"]);
});

test("the netmask is the station's", () => {
	assert.equal(fakeSDK().radio.mask, "255.255.254.0");
});

test("the station has its host name, and address, netmask, gateway and DNS by hand, before it joins", () => {
	const { station, radio } = fakeSDK();
	radio.join({ ssid: "Home", password: undefined }, byDHCP);
	assert.deepEqual(station(), ["dht"]);
	const staticAddress = { address: "192.0.2.50", mask: "255.255.255.0", gateway: "192.0.2.1", dns: "192.0.2.53" };
	radio.join({ ssid: "Home", password: undefined }, { hostName: "attic", staticAddress });
	assert.deepEqual(station(), ["attic", ...Object.values(staticAddress)]);
});
