import { deepEqual, equal } from "node:assert/strict";
import type { NetworkInterfaceInfo } from "node:os";
import { type TestContext, test } from "node:test";
import { OwnAddress } from "../../../modules/platform/node/address.js";

/** A computer with a loopback interface and a cable. */
class Computer {
	addresses: string[] = ["192.0.2.7"];

	readonly interfaces = () => ({
		lo: [entry("127.0.0.1", true)],
		cable: [{ ...entry("fe80::1"), family: "IPv6", scopeid: 1 } as const, ...this.addresses.map(one => entry(one))],
	});
}

function entry(address: string, internal = false): NetworkInterfaceInfo {
	return { address, netmask: "255.255.0.0", family: "IPv4", mac: "", internal, cidr: null };
}

/** @returns What the one of `listening` told, while the computer has each of `changes` for 2 s. */
function told(t: TestContext, listening: string, changes: readonly string[][]): unknown[] {
	t.mock.timers.enable({ apis: ["setInterval"] });
	const computer = new Computer();
	const own = new OwnAddress(listening, computer.interfaces);
	const heard: unknown[] = [];
	own.watch((address, mask) => heard.push([address, mask]));
	for (const addresses of changes) {
		computer.addresses = addresses;
		t.mock.timers.tick(2000);
	}
	own.watch(undefined);
	computer.addresses = ["192.0.2.99"];
	t.mock.timers.tick(10_000);
	return heard;
}

test("a server on every address is browsed to at the computer's own, or at 127.0.0.1 without a network", () => {
	const computer = new Computer();
	const { current, mask } = new OwnAddress("0.0.0.0", computer.interfaces);
	deepEqual([current, mask], ["192.0.2.7", "255.255.0.0"]);
	computer.addresses = [];
	equal(new OwnAddress("::", computer.interfaces).current, "127.0.0.1");
	equal(new OwnAddress("192.0.2.1", computer.interfaces).current, "192.0.2.1");
});

test("its change is told within two seconds, and that it is gone, until nobody listens", t => {
	deepEqual(told(t, "0.0.0.0", [["192.0.2.8"], ["192.0.2.8"], [], ["198.51.100.4"]]), [
		["192.0.2.8", "255.255.0.0"],
		[undefined, undefined],
		["198.51.100.4", "255.255.0.0"],
	]);
});

test("an address that stays is kept, though another comes before it", t => {
	deepEqual(told(t, "0.0.0.0", [["192.0.2.5", "192.0.2.7"]]), []);
});

test("a server on one address keeps that", t => {
	deepEqual(told(t, "192.0.2.7", [["192.0.2.8"], []]), []);
});
