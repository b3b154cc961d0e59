// The Wi-Fis among the settings: what earlier and later versions kept, what a change may say, and what is reported.

import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { Configuration } from "../../modules/config/configuration.js";
import { readSettings, type Settings } from "../../modules/config/settings.js";
import { staticAddressOf } from "../../modules/config/static-address.js";
import { SettingsError } from "../../modules/config/validate.js";
import { settingsBlocks } from "../../modules/storage/blocks.js";
import { TwoCopyStore } from "../../modules/storage/two-copies.js";
import { FakeStorage } from "../fakes/storage.js";
import { text } from "../fakes/text.js";

const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };
const home = { ssid: "Home", password: "correct horse" };
const attic = { ssid: "Attic", password: undefined };
const garden = { ssid: "Garden", password: "rose and thorn" };
const nothing = () => {};

/** @param changes Kept by whatever version. */
function open(changes: object = {}, config: object = {}, storage = new FakeStorage(21)) {
	if (Object.keys(changes).length > 0) {
		const copies = new TwoCopyStore({ storage, ...settingsBlocks });
		copies.find();
		for (const _ of copies.write([text.encode(JSON.stringify({ format: 1, changes }))]));
	}
	const lines: string[] = [];
	const again = () => new Configuration({ config, limits, storage, text, log: line => lines.push(line) });
	return { configuration: again(), again, storage, lines };
}

/** @returns What is kept in flash. */
function kept(storage: FakeStorage): Record<string, unknown> {
	const copy = new TwoCopyStore({ storage, ...settingsBlocks }).find()!;
	return JSON.parse(text.decode(copy.read(0, copy.length))).changes;
}

/** What versions keep, and what this one joins: names, and that which worked last. */
const versions: Readonly<Record<string, [changes: object, config: object, names: string, joined: string | undefined]>> =
	{
		nothing: [{}, {}, "", undefined],
		"the build's": [{}, home, "Home", undefined],
		"the build's, which has worked": [{ joined: "Home" }, home, "Home", "Home"],
		"1.0: one network": [{ ...home, joined: "Home" }, {}, "Home", "Home"],
		"1.0: an open one": [{ ssid: "Attic", password: null, joined: "Attic" }, {}, "Attic", "Attic"],
		"1.0: one that has not worked": [home, {}, "Home", undefined],
		"1.0: forgotten": [{ ssid: null, password: null }, home, "", undefined],
		"three, as this one keeps them": [
			{ ...home, networks: [home, attic, garden], joined: "Home" },
			{},
			"Home Attic Garden",
			"Home",
		],
		"1.0 was given another one since": [
			{ ssid: "New", password: "12345678", networks: [home, attic], joined: "New" },
			{},
			"New Home Attic",
			"New",
		],
		"1.0 was given a fourth one since": [
			{ ssid: "New", networks: [home, attic, garden], joined: "New" },
			{},
			"New Home Attic",
			"New",
		],
		"1.0 has forgotten since": [{ ssid: null, password: null, networks: [home, attic] }, {}, "", undefined],
		"the build's list": [{}, { ...home, networks: [home, garden] }, "Home Garden", undefined],
		"a list that is damaged": [{ ...home, networks: [{ ssid: 5 }], joined: "Home" }, {}, "Home", "Home"],
	};

for (const [says, [changes, config, names, joined]] of Object.entries(versions))
	test(`kept: ${says}`, () => {
		const { networks, joined: newest } = open(changes, config).configuration.networks;
		deepEqual([networks.map(({ ssid }) => ssid).join(" "), newest], [names, joined]);
	});

test("1.0 was given another password since: it counts", () => {
	const { configuration } = open({ ssid: "Home", password: "changed today", networks: [home, attic] });
	deepEqual(configuration.networks.networks, [{ ssid: "Home", password: "changed today" }, attic]);
});

test("an earlier version joins the network that worked last, and keeps the others", () => {
	const { configuration, storage } = open({ ...home, joined: "Home", futureKey: 7 });
	const tried = { ...attic, triedAt: 5 };
	configuration.networks = { networks: [tried, home], joined: "Attic" };
	deepEqual(configuration.networks, { networks: [attic, home], joined: "Attic" });
	const { ssid, password, joined, futureKey } = kept(storage);
	deepEqual([ssid, password, joined, futureKey], ["Attic", null, "Attic", 7]);
});

test("the build's own networks are not kept, in whatever order, but which one worked", () => {
	const { configuration, storage } = open({}, { ...home, networks: [home, garden] });
	configuration.networks = { networks: [garden, home], joined: "Garden" };
	deepEqual(kept(storage), { joined: "Garden" });
});

test("passwords are reported masked, and what is reported can be sent back", () => {
	const { configuration, again } = open({ ...home, networks: [home, attic, garden], joined: "Home" });
	const { ssid, networks } = configuration.open;
	deepEqual(
		[ssid, networks],
		["Home", [{ ssid: "Home", password: "***" }, { ssid: "Attic" }, { ssid: "Garden", password: "***" }]],
	);
	ok(!JSON.stringify(configuration.open).includes("horse"));
	configuration.change({ ssid, networks }, nothing);
	deepEqual(again().networks, { networks: [home, attic, garden], joined: "Home" });
});

/** Changes of Home, which works, and Attic; and what is kept then. */
const changes: Readonly<Record<string, [patch: object, networks: object[], joined: string | undefined]>> = {
	"without passwords they stay": [{ networks: [{ ssid: "Attic" }, { ssid: "Home" }] }, [attic, home], "Home"],
	"one is left out": [{ networks: [{ ssid: "Home" }] }, [home], "Home"],
	"one is added": [{ networks: [{ ssid: "Home" }, garden] }, [home, garden], "Home"],
	"another password has not worked yet": [
		{ networks: [{ ssid: "Home", password: "changed today" }] },
		[{ ssid: "Home", password: "changed today" }],
		undefined,
	],
	"an empty password makes an open network": [
		{ networks: [{ ssid: "Home", password: "" }] },
		[{ ssid: "Home", password: undefined }],
		undefined,
	],
	"ssid puts one first": [{ ssid: "Attic", networks: [{ ssid: "Home" }, { ssid: "Attic" }] }, [attic, home], "Home"],
	none: [{ networks: [] }, [], undefined],
	"null takes back the build's": [{ networks: null }, [], undefined],
	"ssid alone has the password of its own": [{ ssid: "Attic" }, [attic, home], "Home"],
};

for (const [says, [patch, networks, joined]] of Object.entries(changes))
	test(`a change: ${says}`, () => {
		const { configuration, again } = open({ ...home, networks: [home, attic], joined: "Home" });
		configuration.change(patch, nothing);
		deepEqual(configuration.networks, { networks, joined });
		deepEqual(again().networks, { networks, joined });
	});

const long = "x".repeat(65);

/** What a hostile or mistaken change is told; nothing of it is kept. */
const rejected: readonly [patch: object, message: RegExp][] = [
	[{ networks: "Home" }, /^networks: "Home" is not allowed; an array of at most 3 is$/],
	[{ networks: {} }, /^networks: an object is not allowed; an array/],
	[{ networks: [1, 2, 3, 4] }, /^networks: an array is not allowed; an array of at most 3 is$/],
	[{ networks: [null] }, /^networks\[0\]: null is not allowed; an object is$/],
	[{ networks: [[]] }, /^networks\[0\]: an array is not allowed/],
	[{ networks: [{}] }, /^networks\[0\]\.ssid: undefined is not allowed; 1 to 32 characters are$/],
	[{ networks: [{ ssid: "" }] }, /^networks\[0\]\.ssid: "" is not allowed/],
	[{ networks: [{ ssid: "\ud83d" }] }, /^networks\[0\]\.ssid: "\\ud83d" is not allowed; text is/],
	[
		{ networks: [{ ssid: "Home" }, { ssid: "Home" }] },
		/^networks\[1\]\.ssid: "Home" is not allowed; networks\[0\] has it, each name once$/,
	],
	[{ networks: [{ ssid: "Home", pin: 5 }] }, /^networks\[0\]\.pin: 5 is not allowed; the keys are ssid, password$/],
	[
		{ networks: [{ ssid: "New", password: "***" }] },
		/^networks\[0\]\.password: "\*\*\*" is not allowed; the whole password is$/,
	],
	[
		{ networks: [{ ssid: "New", password: 12345678 }] },
		/^networks\[0\]\.password: "\*\*\*" is not allowed; at most 64 characters are$/,
	],
	[
		{ networks: [{ ssid: "New", password: long }] },
		/^networks\[0\]\.password: "\*\*\*" is not allowed; at most 64 characters are$/,
	],
	[{ networks: [home], ssid: "Elsewhere" }, /^ssid: "Elsewhere" is not allowed; the name of one of networks is$/],
	[{ networks: [home], password: "a secret" }, /^password: "\*\*\*" is not allowed; that of each of networks is$/],
	[
		{ address: "192.168.1.50" },
		/^address: "192\.168\.1\.50" is not allowed; an IPv4 address of a host with its network's prefix/,
	],
	[{ address: "192.168.1.0/24" }, /^address: /],
	[{ address: "192.168.1.255/24" }, /^address: /],
	[{ address: "127.0.0.1/8" }, /^address: /],
	[{ address: "224.0.0.1/24" }, /^address: /],
	[{ address: "10.0.0.1/31" }, /^address: /],
	[{ address: "10.0.0.01/24" }, /^address: /],
	[{ address: "10.0.0.1/1e1" }, /^address: /],
	[{ address: 5 }, /^address: /],
	[{ address: "192.168.1.50/24" }, /^address: "192\.168\.1\.50\/24" is not allowed; it needs a gateway$/],
	[
		{ address: "192.168.1.50/24", gateway: "192.168.2.1" },
		/^gateway: "192\.168\.2\.1" is not allowed; another host's of 192\.168\.1\.0\/24 is$/,
	],
	[{ address: "192.168.1.50/24", gateway: "192.168.1.50" }, /^gateway: /],
	[{ address: "192.168.1.50/24", gateway: "192.168.1.255" }, /^gateway: /],
	[
		{ gateway: "router.lan" },
		/^gateway: "router\.lan" is not allowed; an IPv4 address like 192\.168\.1\.1, or nothing, is$/,
	],
	[{ dns: "1.1.1" }, /^dns: /],
	[{ dns: "1.1.1.256" }, /^dns: /],
];

for (const [patch, message] of rejected)
	test(`not allowed: ${JSON.stringify(patch).slice(0, 70)}`, () => {
		const { configuration, storage } = open({ ...home, networks: [home, attic] });
		const before = kept(storage);
		throws(
			() => configuration.change(patch, nothing),
			(error: Error) => {
				ok(error instanceof SettingsError);
				match(error.message, message);
				return !/horse|secret|x{5}/.test(error.message);
			},
		);
		deepEqual(kept(storage), before);
	});

test("an address by hand has its netmask, and the gateway as DNS server unless there is another one", () => {
	const address = (settings: Partial<Settings>) => staticAddressOf(readSettings(settings, limits));
	equal(address({ gateway: "192.168.1.1" }), undefined);
	const given = { address: "10.1.2.3/22", gateway: "10.1.0.1" };
	deepEqual(address(given), { address: "10.1.2.3", mask: "255.255.252.0", gateway: "10.1.0.1", dns: "10.1.0.1" });
	equal(address({ ...given, dns: "9.9.9.9" })?.dns, "9.9.9.9");
});

test("an address that does not go with another build's gateway is left out, and the device starts", () => {
	const { configuration, lines } = open(
		{ address: "192.168.1.50/24", name: "attic" },
		{ address: "10.0.0.2/24", gateway: "10.0.0.1" },
	);
	deepEqual([configuration.settings.name, configuration.settings.address], ["attic", "10.0.0.2/24"]);
	deepEqual(configuration.leftOut, ["address"]);
	match(lines[0]!, /^a changed setting is left out: gateway: /);
});
