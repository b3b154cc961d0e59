import assert from "node:assert/strict";
import { test } from "node:test";
import { IN, Type, Writer } from "../../modules/network/dns-message.js";
import { Network, type NetworkOptions } from "../../modules/network/network.js";
import { SimulatedRadio } from "../../modules/platform/simulated/radio.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeDatagrams } from "../fakes/datagrams.js";
import { home, saved } from "./bench.js";

class SettableClock extends FakeClock {
	setTime(now: number): void {
		this.time = now;
	}
}

function bench(stored = saved([])) {
	const clock = new SettableClock();
	const datagrams = new FakeDatagrams();
	const radio = new SimulatedRadio({
		clock,
		networks: [home],
		address: "192.0.2.7",
		accessPointAddress: "192.168.4.1",
	});
	const button = { pressed: false };
	const lines: string[] = [];
	const ups: string[] = [];
	const joined: string[] = [];
	const held = { times: 0, short: 0 };
	const options: NetworkOptions = {
		clock,
		radio,
		UDP: datagrams.UDP,
		resolve: (_name, onResolved) => onResolved("192.0.2.123"),
		pressed: () => button.pressed,
		random: () => 0,
		name: "dht",
		port: 80,
		version: "1.0.0",
		store: { load: () => stored, save() {} },
		staticAddress: () => undefined,
		accessPointPassword: undefined,
		timeServer: "time.example",
		listener: {
			onUp: address => ups.push(address),
			onJoined: address => joined.push(address),
			onPress: isLong => (isLong ? held.times++ : held.short++),
		},
		log: line => lines.push(line),
	};
	return { clock, datagrams, radio, button, held, lines, ups, joined, options };
}

const joinable = saved([home], home);

test("in a network the device tells its name and asks for the time; out of it, it keeps still", () => {
	const { clock, datagrams, radio, options } = bench(joinable);
	const network = new Network(options);
	assert.equal(datagrams.open.length, 0);
	clock.advance(1500);
	assert.deepEqual(datagrams.open.sort(), [49_152, 5353]);
	assert.equal(network.signalDbm, -55);
	assert.equal(network.time?.server, "time.example");
	radio.networks = [];
	assert.equal(datagrams.open.length, 0);
	assert.equal(network.signalDbm, null);
	radio.networks = [home];
	clock.advance(10_000);
	assert.ok(datagrams.open.includes(5353));
	network.close();
	network.close();
	assert.deepEqual([datagrams.open, clock.pending], [[], 0]);
});

test("a network that is joined is told of each time, the access point is not", () => {
	const { clock, radio, ups, joined, options } = bench();
	const network = new Network(options);
	assert.deepEqual([ups, joined], [["192.168.4.1"], []]);
	network.setup?.tryJoin(home.ssid, home.password);
	clock.advance(1500);
	assert.deepEqual([ups, joined], [["192.168.4.1", "192.0.2.7"], ["192.0.2.7"]]);
	radio.networks = [];
	radio.networks = [home];
	clock.advance(10_000);
	assert.equal(joined.length, 2);
	network.close();
});

test("the access point has a DNS of its own, and its guests a portal", () => {
	const { clock, datagrams, lines, options } = bench();
	const network = new Network(options);
	assert.deepEqual(datagrams.open, [53]);
	assert.equal(network.portal("192.168.4.2"), "192.168.4.1");
	assert.equal(network.portal("192.0.2.9"), undefined);
	network.setup?.tryJoin("Home", "correct horse");
	clock.advance(2000);
	assert.ok(datagrams.open.includes(53));
	clock.advance(60_000);
	assert.ok(!datagrams.open.includes(53));
	assert.equal(network.portal("192.168.4.2"), undefined);
	datagrams.failing = "open";
	network.setup?.forget();
	assert.ok(lines.some(line => line.startsWith("the access point has no DNS: ")));
	assert.equal(network.state?.phase, "setup");
	network.close();
	assert.equal(clock.pending, 0);
});

test("holding the button for five seconds forgets the Wi-Fi and more, who asks for it over the network the Wi-Fi alone", () => {
	const { clock, button, held, options } = bench(joinable);
	const network = new Network(options);
	clock.advance(2000);
	assert.equal(network.state?.phase, "joined");
	button.pressed = true;
	clock.advance(5500);
	assert.deepEqual([network.state?.phase, held.times], ["setup", 1]);
	network.setup?.forget();
	assert.equal(held.times, 1);
	network.close();
});

test("a name that is taken is told to the page with its number", () => {
	const { clock, datagrams, options } = bench(joinable);
	const network = new Network(options);
	clock.advance(1600);
	const [probe] = datagrams.take().filter(({ port }) => port === 5353);
	const taken = Uint8Array.from(probe?.bytes ?? []);
	// The probe as an answer: its question and authority swapped for one record with another address.
	const claim = [0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, ...taken.slice(12, 23), 0, 1, 0x80, 1, 0, 0, 0, 120, 0, 4];
	datagrams.arrive(5353, Uint8Array.from([...claim, 192, 0, 2, 8]), "192.0.2.8", 5353);
	clock.advance(5000);
	assert.equal(network.state?.host, "dht-2.local");
	network.close();
});

test("a host without a radio is in its network at once; without datagrams it is left to the computer", () => {
	const { clock, datagrams, ups, options } = bench();
	const wired = new Network({ ...options, radio: undefined, address: "192.0.2.7" });
	assert.deepEqual([ups, wired.state, wired.setup, wired.signalDbm], [["192.0.2.7"], null, undefined, null]);
	assert.ok(datagrams.open.includes(5353));
	wired.close();
	const alone = new Network({ ...options, radio: undefined, address: "127.0.0.1", UDP: undefined });
	assert.deepEqual([datagrams.open, alone.time], [[], null]);
	alone.close();
	assert.equal(clock.pending, 0);
});

test("how wide the network is, the radio tells, or the host; else it is taken for a home's", () => {
	for (const [radioMask, hostMask, reached] of [
		[undefined, undefined, ["192.0.2.9"]],
		[undefined, "255.255.0.0", ["192.0.2.9", "192.0.99.9"]],
		["255.255.255.0", "255.255.0.0", ["192.0.2.9"]],
		["255.0.0.0", undefined, ["192.0.2.9", "192.0.99.9", "192.99.99.9"]],
	] as const) {
		const { clock, datagrams, radio, options } = bench(joinable);
		if (radioMask) Object.defineProperty(radio, "mask", { value: radioMask });
		const network = new Network({ ...options, mask: hostMask });
		clock.advance(10_000);
		datagrams.take();
		const query = new Writer().header(7, 0, 1, 0).name("dht.local").u16(Type.A).u16(IN).finish();
		for (const address of ["192.0.2.9", "192.0.99.9", "192.99.99.9", "198.51.100.9"])
			datagrams.arrive(5353, query, address, 40_000);
		assert.deepEqual(
			datagrams.take().map(({ address }) => address),
			reached,
		);
		network.close();
	}
});
