import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { IN, TOP_BIT, Type, Writer } from "../../modules/network/dns-message.js";
import { numbers } from "../fakes/random.js";
import { Lan, type LanDevice } from "./lan.js";
import { parseMessage } from "./messages.js";

const service = "_dht-gauges._tcp.local";

/** Three devices that have found each other. */
function three(): [Lan, ...LanDevice[]] {
	const lan = new Lan();
	const devices = ["attic", "bath", "cellar"].map((name, at) => lan.join(name, 11 + at));
	lan.pass(5000);
	return [lan, ...devices];
}

/** A response that `name` is a device. @param ttl Seconds; 0 for a farewell. */
function pointer(name: string, ttl = 4500, id = 0, of = service): Uint8Array {
	const target = new Writer().text(name).name(of).finish();
	const writer = new Writer().header(id, 0x8400, 0, 1).name(of).u16(Type.PTR).u16(IN);
	return writer.u32(ttl).u16(target.length).bytes(target).finish();
}

/** The response to a check. */
function details(name: string, id: number, version = "1.0.0"): Uint8Array {
	const instance = new Writer().text(name).name(service).finish();
	const text = new Writer().text(`version=${version}`).finish();
	const location = new Writer().u32(0).u16(80).name(`${name}.local`).finish();
	const writer = new Writer().header(id, 0x8400, 0, 2);
	for (const [type, data] of [
		[Type.SRV, location],
		[Type.TXT, text],
	] as const)
		writer
			.bytes(instance)
			.u16(type)
			.u16(IN | TOP_BIT)
			.u32(120)
			.u16(data.length)
			.bytes(data);
	return writer.finish();
}

const isQuery = (bytes: Uint8Array) =>
	parseMessage(bytes)!.questions.some(({ name, type }) => name === service && type === Type.PTR);

test("three devices find each other within five seconds, those that are there already, too", () => {
	const [lan, attic, bath, cellar] = three();
	deepEqual(attic!.list, ["bath 192.0.2.12 1.0.0", "cellar 192.0.2.13 1.0.0"]);
	deepEqual([bath!.names, cellar!.names], ["attic cellar", "attic bath"]);
	lan.pass(100_000);
	const den = lan.join("den", 14, "1.1.0");
	lan.pass(5000);
	deepEqual([den.names, attic!.list.at(-1)], ["attic bath cellar", "den 192.0.2.14 1.1.0"]);
});

test("twelve devices that start at the same moment find each other within five seconds", () => {
	const lan = new Lan();
	for (let at = 0; at < 12; at++) lan.join(`device-${at}`, 11 + at);
	lan.pass(5000);
	deepEqual(
		lan.devices.map(({ browser }) => browser.neighbours.entries.length),
		new Array(12).fill(11),
	);
});

test("one that says farewell is gone after the second of RFC 6762, one that falls silent within two minutes", () => {
	const [lan, attic, bath, cellar] = three();
	bath!.responder.close();
	lan.deliver(bath!);
	lan.pass(1000);
	equal(attic!.names, "bath cellar");
	lan.pass(400);
	equal(attic!.names, "cellar");
	cellar!.address = undefined;
	lan.pass(100_000);
	equal(attic!.names, "cellar");
	lan.pass(20_000);
	equal(attic!.names, "");
});

test("one that is renamed, moves to another address or has another version is followed", () => {
	const [lan, attic, bath] = three();
	bath!.responder.close();
	lan.deliver(bath!);
	lan.devices.splice(1, 1);
	lan.join("den", 12, "1.1.0");
	lan.pass(5000);
	deepEqual(attic!.list, ["cellar 192.0.2.13 1.0.0", "den 192.0.2.12 1.1.0"]);
	lan.devices[1]!.open("192.0.2.40");
	lan.pass(6000);
	deepEqual(attic!.list, ["cellar 192.0.2.40 1.0.0", "den 192.0.2.12 1.1.0"]);
	lan.devices.pop();
	lan.join("den", 12, "1.2.0");
	lan.pass(5000);
	deepEqual(attic!.list, ["cellar 192.0.2.40 1.0.0", "den 192.0.2.12 1.2.0"]);
});

test("in an hour, twelve devices stay found, and none asks more than once a minute", () => {
	const lan = new Lan();
	for (let at = 0; at < 12; at++) {
		lan.join(`device-${at}`, 11 + at);
		lan.pass(700);
	}
	lan.pass(5000);
	lan.sent.length = 0;
	const last = new Map<string, number>();
	let queries = 0;
	for (let second = 0; second < 3600; second++) {
		const before = lan.sent.length;
		lan.pass(1000);
		for (const { bytes, sender } of lan.sent.slice(before)) {
			if (!isQuery(bytes)) continue;
			queries++;
			const { ticks } = lan.clock;
			ok(ticks - (last.get(sender) ?? 0) >= 59_000, `${sender} at ${ticks}`);
			last.set(sender, ticks);
		}
		for (const { browser } of lan.devices) equal(browser.neighbours.entries.length, 11);
	}
	ok(queries <= 90, `${queries} queries`);
	ok(lan.sent.length <= 1100, `${lan.sent.length} datagrams`);
	ok(lan.sent.every(({ bytes }) => bytes.length <= 600));
});

test("where one datagram in ten is lost, no neighbour is gone for more than half a minute of an hour", () => {
	const lan = new Lan();
	for (let at = 0; at < 12; at++) lan.join(`device-${at}`, 11 + at);
	lan.pass(200_000);
	const random = numbers(5);
	lan.loses = () => random() % 10 === 0;
	let missing = 0;
	for (let second = 0; second < 3600; second++) {
		lan.pass(1000);
		missing += 11 - lan.devices[0]!.browser.neighbours.entries.length;
	}
	ok(missing <= 11 * 30, `${missing} s`);
});

test("1,000 forged neighbours change nothing but the counter", () => {
	const [lan, attic] = three();
	const before = attic!.list;
	for (let count = 0; count < 1000; count++) {
		lan.send(pointer(`forged-${count}`), `192.0.2.${50 + (count % 200)}`);
		lan.pass(10);
	}
	lan.pass(60_000);
	deepEqual(attic!.list, before);
	equal(attic!.ignored, 1000);
});

test("forged farewells, names and addresses push none out that is there", () => {
	const [lan, attic] = three();
	const before = attic!.list;
	for (let count = 0; count < 200; count++) {
		lan.send(pointer("bath", 0), "192.0.2.12");
		lan.send(pointer("nobody"), "192.0.2.12");
		lan.send(pointer("bath"), "192.0.2.99");
		lan.send(details("bath", 1 + count, "6.6.6"), "192.0.2.12");
		lan.send(details("bath", 1 + count, "6.6.6"), "192.0.2.99");
		lan.pass(100);
		deepEqual(attic!.list, before);
	}
});

test("of twelve devices none is pushed out by farewells forged ten times a second, more than it responds to one by one", () => {
	const lan = new Lan();
	for (let at = 0; at < 12; at++) lan.join(`device-${at}`, 11 + at);
	lan.pass(5000);
	for (let count = 0; count < 600; count++) {
		lan.send(pointer("device-1", 0), "192.0.2.12");
		lan.pass(100);
		for (const device of lan.devices)
			if (device.address !== "192.0.2.12") ok(device.names.includes("device-1 "), `${count}`);
	}
});

test("one that has the name of a neighbour that is there is not listed, though it responds", () => {
	const [lan, attic] = three();
	const before = attic!.list;
	for (let count = 0; count < 20; count++) {
		lan.send(pointer("bath"), "192.0.2.99");
		for (let step = 0; step < 100; step++) {
			lan.pass(10);
			for (const { bytes, address, sender } of lan.sent.splice(0))
				if (address === "192.0.2.99") lan.send(details("bath", (bytes[0]! << 8) | bytes[1]!), address, sender);
		}
		deepEqual(attic!.list, before);
	}
	ok(attic!.ignored >= 3);
});

test("a guessed number puts nobody in: a check ends with the first that is wrong", () => {
	const [lan, attic] = three();
	lan.send(pointer("forged"), "192.0.2.99");
	lan.pass(1200);
	const asked = lan.sent.filter(({ address }) => address === "192.0.2.99");
	const id = (asked.at(-1)!.bytes[0]! << 8) | asked.at(-1)!.bytes[1]!;
	lan.send(details("forged", (id % 0xffff) + 1), "192.0.2.99", "192.0.2.11");
	lan.send(details("forged", id), "192.0.2.99", "192.0.2.11");
	equal(attic!.names, "bath cellar");
});

test("at most 16 are listed, and those that are stay", () => {
	const lan = new Lan();
	for (let at = 0; at < 20; at++) {
		lan.join(`device-${String(at).padStart(2, "0")}`, 11 + at);
		lan.pass(3000);
	}
	lan.pass(10_000);
	const [first] = lan.devices;
	const { names } = first!;
	equal(names.split(" ").length, 16);
	lan.pass(200_000);
	deepEqual([first!.names, first!.ignored > 0], [names, true]);
});

test("what is no device's name, and what is malformed, is not listed", () => {
	const [lan, attic] = three();
	const before = attic!.list;
	for (const name of ["", "a.b", "<script>", "x".repeat(28), "näh", "a b"]) lan.send(pointer(name), "192.0.2.99");
	for (const bytes of [pointer("other", 120, 0, "_http._tcp.local"), pointer("cut").subarray(0, 50)])
		lan.send(bytes, "192.0.2.99");
	lan.pass(3000);
	deepEqual(attic!.list, before);
});

test("of a network that is left nothing is listed in the next", () => {
	const [lan, attic] = three();
	attic!.responder.close();
	attic!.responder.open("198.51.100.7", "255.255.255.0");
	attic!.address = undefined;
	lan.pass(2000);
	equal(attic!.names, "");
	attic!.responder.close();
	attic!.browser.close();
});

test("a version that is malformed or too long is empty", () => {
	const lan = new Lan();
	const attic = lan.join("attic", 11);
	for (const [at, version] of ["", "1.0.0-rc.1+7", "<b>", "1".repeat(17)].entries())
		lan.join(`v${at}`, 21 + at, version);
	lan.pass(8000);
	deepEqual(
		attic.list.map(line => line.split(" ")[2]),
		["", "1.0.0-rc.1+7", "", ""],
	);
});
