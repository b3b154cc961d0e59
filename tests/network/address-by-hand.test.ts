// An address by hand, and DHCP in its stead where nobody responds.

import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { attic, Bench, home, saved } from "./bench.js";

const right = { address: "192.0.2.50", mask: "255.255.255.0", gateway: "192.0.2.1", dns: "192.0.2.1" };
const wrong = { ...right, gateway: "192.0.2.200" };

function bench(staticAddress: typeof right | undefined, there = [home]): Bench {
	const made = new Bench();
	made.radio.networks = there;
	made.stored = saved([home, attic], home);
	made.staticAddress = staticAddress;
	return made;
}

test("under a right address the device stays, and has told its name", () => {
	const made = bench(right);
	const wifi = made.start();
	made.clock.advance(600_000);
	deepEqual([made.station, made.radio.joins, made.radio.hostName], ["192.0.2.50", 1, "dht"]);
	equal(wifi.state.addressing, "static");
	wifi.close();
	equal(made.clock.pending, 0);
});

test("under a wrong one it is for two minutes, then DHCP gives another, and the log and the state say so", () => {
	const made = bench(wrong);
	const wifi = made.start();
	made.clock.advance(121_000);
	deepEqual([made.station, wifi.state.addressing], ["192.0.2.50", "static"]);
	made.clock.advance(3000);
	deepEqual([made.station, wifi.state.addressing], ["192.0.2.7", "fallback"]);
	ok(made.lines[0]?.startsWith("Wi-Fi Home: no host responds under 192.0.2.50"));
	made.radio.drop();
	made.clock.advance(200_000);
	deepEqual([made.station, wifi.state.addressing], ["192.0.2.7", "fallback"]);
	wifi.close();
	const restarted = made.start();
	made.clock.advance(2000);
	equal(restarted.state.addressing, "static");
});

test("a host that responds in time keeps it", () => {
	const made = bench(wrong);
	const wifi = made.start();
	made.clock.advance(119_000);
	// A property of its own: the class is frozen where it is preloaded.
	Object.defineProperty(made.radio, "hasNeighbour", { value: () => true });
	made.clock.advance(600_000);
	deepEqual([made.station, wifi.state.addressing, made.radio.joins], ["192.0.2.50", "static", 1]);
});

test("a network that is left in time is judged anew with the next join", () => {
	const made = bench(wrong);
	const wifi = made.start();
	for (let round = 0; round < 5; round++) {
		made.clock.advance(100_000);
		made.radio.drop();
	}
	equal(made.radio.joins, 5);
	made.clock.advance(130_000);
	equal(wifi.state.addressing, "fallback");
});

test("each network is judged by itself", () => {
	const made = bench(wrong);
	const wifi = made.start();
	made.clock.advance(130_000);
	made.radio.networks = [attic];
	made.clock.advance(10_000);
	deepEqual([wifi.state.ssid, wifi.state.addressing], ["Attic", "static"]);
});

test("where DHCP gives none either, the address is used again", () => {
	const made = bench(wrong, [{ ...home, lacksDHCP: true }]);
	const wifi = made.start();
	made.clock.advance(130_000);
	equal(wifi.state.phase, "joining");
	made.clock.advance(60_000);
	deepEqual([made.station, wifi.state.addressing], ["192.0.2.50", "static"]);
});

test("an address that is changed is taken half a second later, and judged anew", () => {
	const made = bench(wrong);
	const wifi = made.start();
	made.clock.advance(130_000);
	made.staticAddress = right;
	wifi.reload();
	made.clock.advance(2500);
	deepEqual([made.station, wifi.state.addressing], ["192.0.2.50", "static"]);
	made.staticAddress = undefined;
	wifi.reload();
	made.clock.advance(2500);
	deepEqual([made.station, wifi.state.addressing], ["192.0.2.7", "dhcp"]);
	wifi.reload();
	made.clock.advance(2500);
	equal(made.radio.joins, 4);
});

test("an address that is taken back after it was found wrong leaves the device by DHCP", () => {
	const made = bench(wrong);
	const wifi = made.start();
	made.clock.advance(130_000);
	made.staticAddress = undefined;
	wifi.reload();
	made.clock.advance(2500);
	deepEqual([made.station, wifi.state.addressing], ["192.0.2.7", "dhcp"]);
});

test("an address that is given while another network is being tried holds once that is joined", () => {
	const made = bench(undefined, [home, attic]);
	const wifi = made.start();
	made.clock.advance(5000);
	wifi.tryJoin("Attic", undefined);
	made.clock.advance(900);
	made.staticAddress = right;
	wifi.reload();
	made.clock.advance(10_000);
	deepEqual([made.radio.ssid, made.station, wifi.state.addressing], ["Attic", "192.0.2.50", "static"]);
	wifi.close();
	equal(made.clock.pending, 0);
});
