import assert from "node:assert/strict";
import { test } from "node:test";
import { packet, Type } from "../../modules/network/improv-packet.js";
import { choices } from "../fakes/random.js";
import { latin1, text } from "../fakes/text.js";
import { attic, home, saved } from "./bench.js";
import { CableBench, list, request, twelve } from "./improv-bench.js";

const wifi = (ssid: string, password: string) => request(1, list(ssid, password));
const state = request(2);
const information = request(3);
const networks = request(4);
const password = (password = "") => request(0xd0, Array.from(text.encode(password)));

/** A device without credentials, beside `twelve` networks and one that is named Home. */
function unset(): CableBench {
	const bench = new CableBench();
	bench.radio.networks = [...twelve, home];
	return bench.connect();
}

function joined(): CableBench {
	const bench = new CableBench();
	bench.radio.networks = [home, attic];
	bench.stored = saved([home], home);
	bench.connect().clock.advance(2000);
	return bench;
}

test("a client identifies the device", () => {
	const bench = unset();
	assert.deepEqual(bench.ask(state), ["state 2"]);
	assert.deepEqual(bench.ask(information), ["3: dht-gauges, 1.2.3, ESP32-C3, dht"]);
	bench.close();
});

test("a device in a network reports its page with the state", () => {
	const bench = joined();
	assert.deepEqual(bench.ask(state), ["state 4", "2: http://192.0.2.7/"]);
	bench.close();
});

test("networks are listed once the scan is over, the strongest first, then at once", () => {
	const bench = unset();
	bench.radio.networks = twelve;
	assert.deepEqual(bench.ask(networks), []);
	bench.clock.advance(2500);
	const listed = twelve.map(({ ssid, dBm, password }) => `4: ${ssid}, ${dBm}, ${password ? "YES" : "NO"}`);
	assert.deepEqual(bench.line.packets, [...listed, "4: "]);
	assert.deepEqual(bench.ask(networks), ["4: Network 0, -40, YES"]);
	assert.deepEqual(bench.ask(state, 500), ["state 2", ...listed.slice(1), "4: "]);
	bench.close();
	assert.equal(bench.clock.pending, 0);
});

test("where there is no network the list comes empty after ten seconds", () => {
	const bench = unset();
	bench.radio.networks = [];
	assert.deepEqual(bench.ask(networks, 9000), []);
	assert.deepEqual(bench.ask(state, 2000), ["state 2", "4: "]);
	bench.close();
});

test("a client that asks during an attempt to join gets the list after it", () => {
	const bench = new CableBench();
	bench.radio.networks = [attic];
	const nowhere = { ssid: "Nowhere", password: undefined, dBm: 0 };
	bench.stored = saved([nowhere], nowhere);
	bench.connect();
	assert.deepEqual(bench.ask(networks, 5000), ["4: Attic, -71, NO", "4: "]);
	bench.close();
});

test("a wrong password is reported, the right one brings the device's page", () => {
	const bench = unset();
	assert.deepEqual(bench.ask(wifi("Home", "wrong horse")), ["state 3"]);
	assert.deepEqual(bench.ask(state), ["state 3"]);
	bench.clock.advance(3000);
	assert.deepEqual(bench.line.packets.slice(2), ["error 3", "state 2"]);
	assert.deepEqual(bench.ask(wifi("Home", "correct horse"), 2000), [
		"error 0",
		"state 3",
		"state 4",
		"1: http://192.0.2.7/",
	]);
	assert.deepEqual(bench.stored, saved([home], home));
	bench.close();
	assert.equal(bench.clock.pending, 0);
});

test("a device in a network is taken to another one, and stays in the first where that fails", () => {
	const bench = joined();
	const failed = bench.ask(wifi("Nowhere", ""), 10_000);
	assert.deepEqual(failed, ["state 3", "error 3", "state 2", "state 4"]);
	assert.deepEqual(bench.ask(wifi("Attic", ""), 3000).slice(-2), ["state 4", "1: http://192.0.2.7/"]);
	assert.equal(bench.radio.ssid, "Attic");
	bench.close();
});

test("an attempt without an outcome is reported before the client gives up, and goes on", () => {
	const bench = unset();
	bench.radio.join = () => {};
	assert.deepEqual(bench.ask(wifi("Home", "correct horse"), 34_000), ["state 3"]);
	assert.deepEqual(bench.ask(state, 1000), ["state 3", "error 3", "state 2"]);
	bench.radio.listener?.onJoined("192.0.2.7");
	assert.deepEqual(bench.line.packets.slice(-1), ["state 4"]);
	bench.close();
});

test("credentials that no Wi-Fi can have are refused with the reason in the log", () => {
	const bench = unset();
	assert.deepEqual(bench.ask(wifi("Home", "short")), ["error 3", "state 2"]);
	assert.match(bench.line.log, /^Wi-Fi by cable: password: 8 to 63 /m);
	assert.deepEqual(bench.ask(wifi("", "")), ["error 0", "error 3", "state 2"]);
	bench.close();
});

test("payloads of wrong lengths, without UTF-8, and unknown commands are refused by their kind", () => {
	const bench = unset();
	const home = list("Home", "correct horse");
	for (const payload of [home.slice(0, -1), [...home, 0], [], [200], [1, 0xff, 0], [0xff]])
		assert.deepEqual(bench.ask(request(1, payload)), ["error 1"], `${payload}`);
	assert.deepEqual(bench.ask(packet(Type.RPC, [2, 1])), ["error 1"]);
	assert.deepEqual(bench.ask(packet(Type.RPC, [])), ["error 1"]);
	for (const command of [0, 7, 0xcf, 0xff]) assert.deepEqual(bench.ask(request(command)), ["error 2"]);
	assert.equal(bench.radio.joins, 0);
	bench.close();
});

test("host name and device name are one: read, changed, and refused by what a name may be", () => {
	const bench = unset();
	assert.deepEqual(bench.ask(request(5)), ["5: dht"]);
	assert.deepEqual(bench.ask(request(6, Array.from(latin1("attic-dht")))), ["6: attic-dht"]);
	assert.match(bench.line.log, /named attic-dht by cable/);
	assert.deepEqual(bench.ask(request(5, Array.from(latin1("not a name")))), ["error 5"]);
	assert.deepEqual(bench.ask(request(5, [0xff])), ["error 5"]);
	assert.deepEqual(bench.ask(request(5)), ["5: attic-dht"]);
	bench.close();
});

test("the first password is set by cable, a later one is not", () => {
	const bench = unset();
	assert.deepEqual(bench.ask(password()), ["208: NO"]);
	assert.deepEqual(bench.ask(password("short")), ["error 1"]);
	assert.deepEqual(bench.ask(request(0xd0, [0xff, 0xff])), ["error 1"]);
	assert.equal(bench.device.password, undefined);
	assert.deepEqual(bench.ask(password("open sesame")), ["208: YES"]);
	assert.equal(bench.device.password, "open sesame");
	assert.deepEqual(bench.ask(password("another one")), ["error 4"]);
	assert.deepEqual(bench.ask(password()), ["208: YES"]);
	assert.equal(bench.device.password, "open sesame");
	assert.ok(!bench.line.log.includes("sesame"), "the password is printed");
	bench.close();
});

test("the state is told when it changes, but to nobody before a client has come", () => {
	const bench = joined();
	bench.radio.drop();
	assert.deepEqual(bench.line.packets, []);
	bench.clock.advance(60_000);
	bench.ask(state);
	bench.radio.drop();
	bench.clock.advance(5000);
	bench.wifi?.forget();
	assert.deepEqual(bench.line.packets.slice(2), ["state 2", "state 4", "state 2"]);
	bench.close();
});

test("a host without Wi-Fi is in its network, and takes no other", () => {
	const bench = new CableBench().connect(false);
	assert.deepEqual(bench.ask(state), ["state 4", "2: http://192.0.2.9/"]);
	assert.deepEqual(bench.ask(wifi("Home", "correct horse")), ["error 2"]);
	assert.deepEqual(bench.ask(networks), ["error 2"]);
	bench.close();
});

test("packets are whole among the lines of the log, which stays readable", () => {
	const bench = unset();
	const printed: string[] = [];
	for (let count = 0; count < 40; count++) {
		const line = `line ${count} ${"of the log ".repeat(count % 9)}`;
		bench.print(line);
		printed.push(line);
		bench.ask(count % 2 === 0 ? networks : state, 150);
	}
	assert.equal(bench.line.packets.filter(one => one === "state 2").length, 20);
	assert.ok(bench.line.packets.filter(one => one === "4: ").length > 10);
	assert.deepEqual(
		bench.line.log.split("\r\n").filter(line => line.startsWith("line ")),
		printed,
	);
	bench.close();
});

test("a log line that lost its end costs no packet", () => {
	const bench = unset();
	bench.serial.onSent(latin1("dht: http://192.0"));
	assert.deepEqual(bench.ask(state), ["state 2"]);
	bench.close();
});

test("bytes that found no memory are told on the console", () => {
	const bench = unset();
	bench.serial.arrive(state, 12);
	assert.match(bench.line.log, /^12 bytes of the serial line are lost\r$/m);
	assert.deepEqual(bench.line.packets, ["state 2"]);
	bench.close();
});

test("a byte lost or doubled costs the request that it was in, no more", () => {
	const bench = unset();
	const whole = wifi("Home", "wrong horse");
	for (let at = 0; at < whole.length; at++)
		for (const damaged of [
			[...whole.slice(0, at), ...whole.slice(at + 1)],
			[...whole.slice(0, at + 1), ...whole.slice(at)],
		]) {
			// A checksum that is doubled costs nothing, nor does a line feed.
			const isAtEnd = at >= whole.length - 2;
			const told = bench.ask(Uint8Array.from([...damaged, 10]), isAtEnd ? 3000 : 600);
			if (!isAtEnd)
				assert.deepEqual(
					told.filter(one => one !== "error 1"),
					[],
					`at ${at}`,
				);
			assert.deepEqual(bench.ask(state), ["state 2"], `at ${at}`);
			assert.equal(bench.radio.ssid, undefined);
		}
	bench.close();
});

test("1,000 streams of random bytes change nothing, and the client is served after each", () => {
	const below = choices(11);
	const bench = unset();
	bench.device.password = "open sesame";
	const before = JSON.stringify(bench.wifi?.state);
	const requests = [wifi("Home", "wrong horse"), networks, password("another one"), request(5, [0x78])];
	for (let count = 0; count < 1000; count++) {
		const bytes = Array.from({ length: below(300) }, () => below(256));
		if (count % 2 === 0) {
			const damaged = Array.from(requests[below(requests.length)]!);
			damaged[7 + below(damaged.length - 8)]! ^= 1 + below(255);
			bytes.push(10, ...damaged);
		}
		const told = bench.ask(Uint8Array.from(bytes), 600);
		assert.deepEqual(
			told.filter(one => !/^error [12]$/.test(one)),
			[],
			`stream ${count}`,
		);
		assert.deepEqual(bench.ask(state), ["state 2"], `after stream ${count}`);
	}
	assert.equal(JSON.stringify(bench.wifi?.state), before);
	assert.deepEqual([bench.device.name, bench.device.password, bench.radio.joins], ["dht", "open sesame", 0]);
	bench.close();
	assert.equal(bench.clock.pending, 0);
});

test("a damaged request is told to a client that has the state; one that has not asks again", () => {
	const bench = unset();
	const damaged = networks.slice();
	damaged[9]! ^= 1;
	assert.deepEqual(bench.ask(damaged), []);
	assert.deepEqual(bench.ask(state), ["state 2"]);
	assert.deepEqual(bench.ask(damaged), ["error 1"]);
	bench.close();
});

test("after close nothing is heard and nothing is sent", () => {
	const bench = unset();
	bench.ask(networks);
	bench.improv?.close();
	bench.improv?.close();
	assert.deepEqual(bench.ask(state, 10_000), []);
	bench.close();
	assert.equal(bench.clock.pending, 0);
});
