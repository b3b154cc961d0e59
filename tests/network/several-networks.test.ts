// Up to three networks: which is tried when, what is kept of them, and what a wrong password costs.

import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { inOrder } from "../../modules/network/network-order.js";
import type { FailureReason } from "../../modules/network/provisioning.js";
import { StoredNetwork } from "../../modules/network/stored-networks.js";
import type { SimulatedNetwork } from "../../modules/platform/simulated/radio.js";
import { attic, Bench, home, saved } from "./bench.js";

const garden: SimulatedNetwork = { ssid: "Garden", password: "rose and thorn", dBm: -62 };
const three = [home, attic, garden];
const wrong = (network: SimulatedNetwork) => ({ ...network, password: "changed today" });

interface Choice {
	/** By name: why the newest attempt failed, and when it began. */
	stored: readonly (readonly [ssid: string, reason?: FailureReason, triedAt?: number])[];
	found: readonly (readonly [ssid: string, dBm: number])[];
	order: string;
}

const choices: Readonly<Record<string, Choice>> = {
	"none is in reach: their own order": { stored: [["a"], ["b"], ["c"]], found: [], order: "a b c" },
	"the strongest": {
		stored: [["a"], ["b"], ["c"]],
		found: [
			["b", -40],
			["x", -30],
			["c", -60],
			["a", -80],
		],
		order: "b c a",
	},
	"a hidden one after those in reach": { stored: [["a"], ["b"]], found: [["b", -89]], order: "b a" },
	"one that rejected the device after all that did not": {
		stored: [["a", "wrong-password"], ["b"], ["c", "lost"]],
		found: [
			["a", -30],
			["c", -70],
		],
		order: "c b a",
	},
	"those that rejected it in turn": {
		stored: [
			["a", "wrong-password", 3000],
			["b", "no-answer", 1000],
			["c", "refused", 2000],
		],
		found: [
			["a", -30],
			["b", -70],
		],
		order: "b c a",
	},
	"one that was not found before, as it is in reach now": {
		stored: [["a", "not-found"], ["b"]],
		found: [
			["a", -60],
			["b", -70],
		],
		order: "a b",
	},
};

for (const [says, { stored, found, order }] of Object.entries(choices))
	test(`the choice: ${says}`, () => {
		const networks = stored.map(([ssid, reason, triedAt = 0]) =>
			Object.assign(new StoredNetwork({ ssid, password: undefined }), { reason, triedAt }),
		);
		const names = inOrder(
			networks,
			found.map(([ssid, dBm]) => ({ ssid, dBm, secure: true })),
		).map(({ ssid }) => ssid);
		equal(names.join(" "), order);
	});

/** @returns A bench whose device has three networks. @param joined The one that worked last. */
function bench(there: readonly SimulatedNetwork[], joined?: SimulatedNetwork): Bench {
	const made = new Bench();
	made.radio.networks = there;
	made.stored = saved(three, joined);
	return made;
}

test("the one that worked last is tried first, though another is stronger, without a scan", () => {
	const { clock, radio, start } = bindStart(bench(three, attic));
	const wifi = start();
	clock.advance(1500);
	deepEqual([radio.tried, wifi.state.ssid, wifi.scan()], [["Attic"], "Attic", []]);
});

test("where it is gone the strongest in reach follows, and is first after a restart", () => {
	const { bench: made, clock, radio, start } = bindStart(bench([home, garden], attic));
	const wifi = start();
	clock.advance(20_000);
	deepEqual([radio.tried, wifi.state.ssid], [["Attic", "Home"], "Home"]);
	deepEqual(made.stored, saved([home, attic, garden], home));
	wifi.close();
	radio.tried.length = 0;
	start();
	deepEqual(radio.tried, ["Home"]);
});

test("of networks of which none has worked yet the strongest in reach is tried first, a hidden one last", () => {
	const { clock, radio, start } = bindStart(bench([{ ...garden, isHidden: true }, wrong(attic), wrong(home)]));
	const wifi = start();
	clock.advance(30_000);
	deepEqual([radio.tried, wifi.state.ssid], [["Home", "Attic", "Garden"], "Garden"]);
});

test("a wrong password stays with its network: the log and the state name it, the others are tried", () => {
	const { bench: made, clock, start } = bindStart(bench([wrong(home), garden], home));
	const wifi = start();
	clock.advance(20_000);
	deepEqual(wifi.state.stored, [
		{ ssid: "Garden", reason: null },
		{ ssid: "Home", reason: "wrong-password" },
		{ ssid: "Attic", reason: null },
	]);
	ok(made.lines.includes("Wi-Fi Home: the password is wrong"));
	deepEqual(made.stored, saved([garden, home, attic], garden));
});

test("a network that is lost is tried again at once, then the others", () => {
	const { clock, radio, start } = bindStart(bench(three, home));
	start();
	clock.advance(2000);
	radio.networks = [attic, garden];
	clock.advance(20_000);
	deepEqual([radio.tried, radio.ssid], [["Home", "Home", "Garden"], "Garden"]);
});

test("the pause between rounds grows to a minute, less what the others of a round took, and each round tries all", () => {
	const { clock, radio, start } = bindStart(bench([], home));
	start();
	clock.advance(600_000);
	equal(radio.tried.length % 3, 0);
	ok(radio.tried.length >= 39 && radio.tried.length <= 42, `${radio.tried.length} attempts`);
	for (const { ssid } of three) equal(radio.tried.filter(name => name === ssid).length * 3, radio.tried.length);
});

test("a radio that cannot scan, or never reports, costs no network its turn", () => {
	for (const scan of [
		() => {
			throw new Error("busy");
		},
		() => {},
	]) {
		const { clock, radio, start } = bindStart(bench([garden], home));
		Object.defineProperty(radio, "scan", { value: scan });
		start();
		clock.advance(30_000);
		equal(radio.ssid, "Garden");
	}
});

test("a network that is added comes first; of three others that which was joined the longest ago goes", () => {
	const other = { ssid: "Other", password: "something else", dBm: -40 };
	const { bench: made, clock, radio, start } = bindStart(bench([...three, other], home));
	const wifi = start();
	clock.advance(2000);
	wifi.tryJoin("Other", "something else");
	clock.advance(2000);
	deepEqual(made.stored, saved([other, home, attic], other));
	ok(made.lines.includes("Wi-Fi Garden: forgotten, for there are 3 others"));
	wifi.tryJoin("Attic", undefined);
	clock.advance(2000);
	equal(radio.ssid, "Attic");
	wifi.close();
	deepEqual(made.stored, saved([attic, other, home], attic));
});

test("a network that is added with a wrong password replaces none, nor its own right one", () => {
	const { bench: made, clock, radio, start } = bindStart(bench(three, home));
	const wifi = start();
	clock.advance(2000);
	wifi.tryJoin("Garden", "not this one");
	clock.advance(10_000);
	deepEqual([made.saves, radio.ssid, wifi.state.phase, wifi.state.reason], [0, "Home", "joined", "wrong-password"]);
	deepEqual(wifi.state.stored[2], { ssid: "Garden", reason: null });
});

test("a device between two networks writes their order every ten minutes at most", () => {
	const { bench: made, clock, radio, start } = bindStart(bench(three, home));
	const wifi = start();
	for (let minute = 0; minute < 60; minute++) {
		radio.networks = minute % 2 === 0 ? [attic] : [garden];
		clock.advance(60_000);
	}
	ok(made.saves >= 6 && made.saves <= 7, `${made.saves} writes`);
	wifi.close();
	equal(made.stored.joined, "Garden");
});

test("networks that are changed: the one joined stays if its password does, else another is joined half a second later", () => {
	const { bench: made, clock, radio, start } = bindStart(bench(three, home));
	const wifi = start();
	clock.advance(2000);
	made.stored = saved([garden, home], home);
	wifi.reload();
	clock.advance(5000);
	deepEqual([radio.tried, wifi.state.stored.map(({ ssid }) => ssid)], [["Home"], ["Home", "Garden"]]);
	made.stored = saved([wrong(home), garden]);
	wifi.reload();
	clock.advance(499);
	equal(radio.ssid, "Home");
	clock.advance(20_000);
	equal(radio.ssid, "Garden");
	made.stored = saved([]);
	wifi.reload();
	clock.advance(500);
	deepEqual([wifi.state.phase, made.station, made.accessPoint], ["setup", undefined, "192.168.4.1"]);
	wifi.close();
	equal(clock.pending, 0);
});

test("a network that is removed while it is being joined is left again, and takes no other's place", () => {
	const cellar = { ssid: "Cellar", password: "cold and damp", dBm: -70 };
	const { bench: made, clock, radio, start } = bindStart(bench([...three, cellar], home));
	const wifi = start();
	clock.advance(1200);
	made.stored = saved([attic, garden, cellar]);
	wifi.reload();
	clock.advance(20_000);
	equal(radio.ssid, "Garden");
	deepEqual(made.stored, saved([garden, attic, cellar], garden));
});

test("a password that is changed while the old one still lets the device in is kept", () => {
	const { bench: made, clock, start } = bindStart(bench(three, home));
	const wifi = start();
	clock.advance(1200);
	made.stored = saved([wrong(home), attic, garden]);
	wifi.reload();
	clock.advance(20_000);
	deepEqual(made.stored, saved([garden, wrong(home), attic], garden));
});

test("three networks of which none has worked open the access point after two minutes, and forgetting forgets all", () => {
	const { bench: made, clock, start } = bindStart(bench([]));
	const wifi = start();
	clock.advance(119_000);
	equal(made.accessPoint, undefined);
	clock.advance(1000);
	equal(made.accessPoint, "192.168.4.1");
	wifi.forget();
	deepEqual(made.stored, saved([]));
});

function bindStart(made: Bench) {
	return { bench: made, clock: made.clock, radio: made.radio, start: () => made.start() };
}
