import assert from "node:assert/strict";
import { test } from "node:test";
import { SimulatedRadio } from "../../modules/platform/simulated/radio.js";
import { attic, Bench, home, saved } from "./bench.js";

const stored = saved([home], home);
const built = saved([home]);

test("a device joins what it knows, and writes nothing", () => {
	const bench = new Bench();
	bench.radio.networks = [home];
	bench.stored = stored;
	const wifi = bench.start();
	assert.deepEqual(wifi.state, {
		phase: "joining",
		ssid: "Home",
		reason: null,
		address: null,
		host: "dht.local",
		accessPoint: null,
		stored: [{ ssid: "Home", reason: null }],
		addressing: null,
	});
	bench.clock.advance(2000);
	assert.deepEqual(bench.ups, ["192.0.2.7"]);
	assert.equal(bench.station, "192.0.2.7");
	assert.equal(wifi.state.phase, "joined");
	assert.equal(wifi.state.address, "192.0.2.7");
	bench.clock.advance(600_000);
	assert.equal(bench.radio.accessPoint, undefined);
	assert.deepEqual([bench.saves, bench.radio.joins], [0, 1]);
});

test("credentials of the build are kept once they have worked", () => {
	const bench = new Bench();
	bench.radio.networks = [home];
	bench.stored = built;
	bench.start();
	assert.equal(bench.saves, 0);
	bench.clock.advance(2000);
	assert.deepEqual(bench.stored, stored);
});

test("credentials that cannot be kept are used all the same", () => {
	const bench = new Bench();
	bench.radio.networks = [home];
	const save = () => {
		throw new Error("flash is worn out");
	};
	const wifi = bench.start({ store: { load: () => built, save } });
	bench.clock.advance(2000);
	assert.equal(wifi.state.phase, "joined");
	wifi.forget();
	assert.equal(wifi.state.phase, "setup");
	assert.ok(bench.lines.includes("the Wi-Fi cannot be kept: flash is worn out"));
});

test("pauses grow to a minute and never end", () => {
	const bench = new Bench();
	bench.stored = stored;
	const wifi = bench.start();
	const starts: number[] = [];
	let joins = 0;
	for (; bench.clock.ticks < 600_000; bench.clock.advance(100))
		if (bench.radio.joins > joins) {
			joins = bench.radio.joins;
			starts.push(bench.clock.ticks);
		}
	const gaps = starts.slice(1).map((at, index) => Math.round((at - starts[index]!) / 500) / 2);
	assert.deepEqual(gaps.slice(0, 9), [3.5, 4.5, 7.5, 12.5, 22.5, 42.5, 62.5, 62.5, 62.5]);
	assert.equal(wifi.state.phase, "joining");
	assert.equal(wifi.state.reason, "not-found");
	assert.equal(bench.radio.accessPoint, undefined);
});

test("a lost network is joined again, and the pauses start anew", () => {
	const bench = new Bench();
	bench.stored = stored;
	bench.start();
	bench.clock.advance(300_000);
	bench.radio.networks = [home];
	bench.clock.advance(63_000);
	assert.equal(bench.station, "192.0.2.7");
	bench.radio.drop();
	assert.equal(bench.station, undefined);
	bench.clock.advance(2600);
	assert.equal(bench.station, "192.0.2.7");
	assert.deepEqual(bench.ups, ["192.0.2.7", "192.0.2.7"]);
});

test("a radio that never answers is asked again", () => {
	const bench = new Bench();
	bench.stored = stored;
	const joinable = bench.radio.join;
	let asked = 0;
	bench.radio.join = () => {
		asked++;
	};
	const wifi = bench.start();
	bench.clock.advance(30_000);
	assert.equal(wifi.state.reason, "no-answer");
	bench.clock.advance(1000);
	assert.equal(asked, 2);
	bench.radio.join = () => {
		throw new Error("esp_wifi_connect failed");
	};
	bench.clock.advance(35_000);
	assert.equal(wifi.state.reason, "refused");
	bench.radio.networks = [home];
	bench.radio.join = joinable;
	bench.clock.advance(62_000);
	assert.equal(wifi.state.phase, "joined");
});

test("without credentials the access point opens at once, under the name and the end of the hardware address", () => {
	const bench = new Bench();
	const wifi = bench.start({ accessPointPassword: "only for us" });
	assert.deepEqual(bench.radio.accessPoint, { ssid: "dht-D47A", password: "only for us" });
	assert.deepEqual(bench.ups, ["192.168.4.1"]);
	assert.equal(bench.accessPoint, "192.168.4.1");
	assert.deepEqual(wifi.state, {
		phase: "setup",
		ssid: null,
		reason: null,
		address: null,
		host: "dht.local",
		accessPoint: { ssid: "dht-D47A", address: "192.168.4.1" },
		stored: [],
		addressing: null,
	});
});

test("credentials that have never worked open it after two minutes, and are tried on", () => {
	const bench = new Bench();
	bench.stored = built;
	const wifi = bench.start();
	bench.clock.advance(119_000);
	assert.equal(bench.radio.accessPoint, undefined);
	bench.clock.advance(1000);
	assert.notEqual(bench.radio.accessPoint, undefined);
	bench.radio.networks = [home];
	bench.clock.advance(70_000);
	assert.equal(wifi.state.phase, "joined");
	bench.clock.advance(60_000);
	assert.equal(bench.radio.accessPoint, undefined);
	assert.equal(bench.accessPoint, undefined);
});

test("an access point that cannot be opened is tried again", () => {
	const bench = new Bench();
	// A property of its own: the class is frozen where it is preloaded.
	Object.defineProperty(bench.radio, "openAccessPoint", {
		configurable: true,
		value() {
			throw new Error("esp_wifi_start failed");
		},
	});
	bench.start();
	assert.match(bench.lines[0] ?? "", /^access point dht-D47A: not open \(esp_wifi_start failed\)/);
	Reflect.deleteProperty(bench.radio, "openAccessPoint");
	bench.clock.advance(5000);
	assert.deepEqual(bench.ups, ["192.168.4.1"]);
});

test("set-up: a wrong password, a network that has gone, the right password, and the access point goes", () => {
	const bench = new Bench();
	bench.radio.networks = [attic, home, { ...home, dBm: -80 }, { ...attic, ssid: "" }];
	const wifi = bench.start();
	assert.deepEqual(wifi.scan(), []);
	bench.clock.advance(2000);
	assert.deepEqual(wifi.scan(), [
		{ ssid: "Home", dBm: -55, secure: true },
		{ ssid: "Attic", dBm: -71, secure: false },
	]);

	wifi.tryJoin("Home", "wrong horse");
	assert.equal(wifi.state.phase, "joining");
	bench.clock.advance(3000);
	assert.deepEqual(
		[wifi.state.phase, wifi.state.ssid, wifi.state.reason, wifi.state.address],
		["failed", "Home", "wrong-password", null],
	);

	bench.radio.networks = [attic];
	wifi.tryJoin("Home", "correct horse");
	assert.deepEqual([wifi.state.phase, wifi.state.reason], ["joining", null]);
	bench.clock.advance(7000);
	assert.deepEqual([wifi.state.phase, wifi.state.reason], ["failed", "not-found"]);
	assert.equal(bench.radio.joining, false);
	assert.equal(bench.saves, 0);

	bench.radio.networks = [home];
	wifi.tryJoin("Home", "correct horse");
	bench.clock.advance(1500);
	assert.deepEqual([wifi.state.phase, wifi.state.address, wifi.state.reason], ["joined", "192.0.2.7", null]);
	assert.deepEqual(bench.stored, stored);
	assert.notEqual(wifi.state.accessPoint, null);
	bench.clock.advance(60_000);
	assert.equal(wifi.state.accessPoint, null);

	const restarted = new Bench();
	restarted.stored = bench.stored;
	restarted.radio.networks = [home];
	restarted.start();
	restarted.clock.advance(1500);
	assert.equal(restarted.station, "192.0.2.7");
});

test("credentials that do not work leave those that do", () => {
	const bench = new Bench();
	bench.radio.networks = [home, { ssid: "Other", password: "something else", dBm: -40 }];
	bench.stored = stored;
	const wifi = bench.start();
	bench.clock.advance(1500);
	wifi.tryJoin("Other", "not this one");
	bench.clock.advance(2500);
	assert.deepEqual([wifi.state.phase, wifi.state.reason], ["failed", "wrong-password"]);
	bench.clock.advance(1500);
	assert.deepEqual([wifi.state.phase, wifi.state.ssid, wifi.state.reason], ["joined", "Home", "wrong-password"]);
	assert.deepEqual(bench.stored, stored);
	bench.radio.drop();
	assert.deepEqual([wifi.state.phase, wifi.state.ssid, wifi.state.reason], ["joining", "Home", "lost"]);
});

test("the access point stays for what is tried just before it would go", () => {
	const bench = new Bench();
	bench.radio.networks = [home];
	const wifi = bench.start();
	wifi.tryJoin("Home", "correct horse");
	bench.clock.advance(60_000);
	wifi.tryJoin("Nowhere", undefined);
	bench.clock.advance(7000);
	assert.equal(bench.accessPoint, "192.168.4.1");
	assert.deepEqual([wifi.state.phase, wifi.state.reason], ["failed", "not-found"]);
	bench.clock.advance(61_000);
	assert.equal(bench.accessPoint, undefined);
});

test("credentials that no network can have are refused, and nothing is tried", () => {
	const wifi = new Bench().start();
	for (const [ssid, password] of [
		["", "12345678"],
		["a".repeat(33), "12345678"],
		["ä".repeat(17), undefined],
		["Home", ""],
		["Home", "1234567"],
		["Home", "a".repeat(64).replace("a", "g")],
		["Home", "pässword"],
	] as const)
		assert.throws(() => wifi.tryJoin(ssid, password), RangeError);
	assert.equal(wifi.state.phase, "setup");
	wifi.tryJoin("ä".repeat(16), "f".repeat(64));
	assert.equal(wifi.state.phase, "joining");
});

test("only a scan leaves the channel: every ten seconds at most, never while joining, and never for the state", () => {
	const bench = new Bench();
	bench.radio.networks = [home];
	bench.stored = stored;
	const scans: number[] = [];
	Object.defineProperty(bench.radio, "scan", {
		configurable: true,
		value() {
			scans.push(bench.clock.ticks);
		},
	});
	const wifi = bench.start();
	wifi.scan();
	bench.clock.advance(1500);
	for (let look = 0; look < 600; look++) {
		assert.equal(wifi.state.phase, "joined");
		bench.clock.advance(100);
	}
	assert.deepEqual(scans, []);
	for (let look = 0; look < 300; look++) {
		wifi.scan();
		bench.clock.advance(100);
	}
	assert.deepEqual(scans, [61_500, 71_500, 81_500]);
});

test("forgetting leaves the network and opens the access point", () => {
	const bench = new Bench();
	bench.radio.networks = [home];
	bench.stored = stored;
	const wifi = bench.start();
	bench.clock.advance(1500);
	wifi.forget();
	assert.deepEqual(bench.stored, saved([]));
	assert.equal(bench.station, undefined);
	assert.equal(bench.radio.ssid, undefined);
	assert.equal(wifi.state.phase, "setup");
	assert.equal(bench.accessPoint, "192.168.4.1");
	bench.clock.advance(300_000);
	assert.equal(bench.radio.joins, 1);
});

test("who came through the access point is told by the address, while it is open", () => {
	const bench = new Bench();
	bench.radio.networks = [home];
	const wifi = bench.start();
	assert.equal(wifi.isGuest("192.168.4.2"), true);
	assert.equal(wifi.isGuest("::ffff:192.168.4.2"), true);
	for (const address of [undefined, "", "192.168.40.2", "192.0.2.9", "fe80::1", "8.192.168.4"])
		assert.equal(wifi.isGuest(address), false);
	wifi.tryJoin("Home", "correct horse");
	bench.clock.advance(2000);
	assert.equal(wifi.isGuest("192.168.4.2"), true);
	assert.equal(wifi.isGuest("192.0.2.9"), false);
	bench.clock.advance(60_000);
	assert.equal(wifi.isGuest("192.168.4.2"), false);
});

test("in a network that uses the access point's addresses itself nobody counts as a guest", () => {
	const bench = new Bench();
	const { clock } = bench;
	const radio = new SimulatedRadio({
		clock,
		networks: [home],
		address: "192.168.4.33",
		accessPointAddress: "192.168.4.1",
	});
	const wifi = bench.start({ radio });
	assert.equal(wifi.isGuest("192.168.4.2"), true);
	wifi.tryJoin("Home", "correct horse");
	clock.advance(2000);
	assert.equal(bench.accessPoint, "192.168.4.1");
	assert.equal(wifi.isGuest("192.168.4.2"), false);
});

test("a device that is closed leaves no timer and no network", () => {
	const bench = new Bench();
	bench.radio.networks = [home];
	const wifi = bench.start();
	wifi.tryJoin("Home", "correct horse");
	bench.clock.advance(1600);
	wifi.close();
	wifi.close();
	assert.equal(bench.clock.pending, 0);
	assert.deepEqual([bench.radio.ssid, bench.radio.accessPoint], [undefined, undefined]);
});
