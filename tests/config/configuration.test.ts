import assert from "node:assert/strict";
import { test } from "node:test";
import { Configuration, type ConfigurationOptions } from "../../modules/config/configuration.js";
import type { Settings } from "../../modules/config/settings.js";
import { SettingsError } from "../../modules/config/validate.js";
import { earlierSettingsBlocks, settingsBlocks } from "../../modules/storage/blocks.js";
import { TwoCopyStore } from "../../modules/storage/two-copies.js";
import { FakeStorage } from "../fakes/storage.js";
import { text } from "../fakes/text.js";

const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };
const room = { name: "Room", model: "DHT22", pin: 4 };
const nothing = () => {};

const flash = () => new FakeStorage(21, 512);

function open(storage: FakeStorage | undefined, more: Partial<ConfigurationOptions> = {}) {
	const lines: string[] = [];
	const log = (line: string) => lines.push(line);
	const config = { name: "built", adminPassword: "from the build", sensors: [room] };
	return { configuration: new Configuration({ config, limits, storage, text, log, ...more }), lines };
}

/** Writes as a program of another version would. */
function plant(storage: FakeStorage, content: string): void {
	const copies = new TwoCopyStore({ storage, ...settingsBlocks });
	copies.find();
	for (const _ of copies.write([text.encode(content)]));
}

test("what was changed outlasts a restart, over what the build says", () => {
	const storage = flash();
	open(storage).configuration.change({ name: "attic", intervalMs: 5000 }, nothing);
	const { settings } = open(storage).configuration;
	assert.equal(settings.name, "attic");
	assert.equal(settings.intervalMs, 5000);
	assert.equal(settings.adminPassword, "from the build");
});

test("null takes a key back to the build's value", () => {
	const storage = flash();
	const { configuration } = open(storage);
	configuration.change({ name: "attic", ssid: "Net" }, nothing);
	configuration.change({ name: null }, nothing);
	assert.equal(configuration.settings.name, "built");
	assert.equal(configuration.settings.ssid, "Net");
	assert.equal(open(storage).configuration.settings.name, "built");
});

test("without a storage changes hold until the end", () => {
	const { configuration } = open(undefined);
	configuration.change({ name: "attic" }, nothing);
	assert.equal(configuration.settings.name, "attic");
	assert.equal(open(undefined).configuration.settings.name, "built");
});

for (const [patch, key] of [
	[{ name: "no spaces" }, "name"],
	[{ name: "attic", intervalMs: 5 }, "intervalMs"],
	[{ name: "attic", sensors: [{ ...room, pin: 99 }] }, "sensors[0].pin"],
	[{ name: "attic", colour: "red" }, "colour"],
	[{ port: 81 }, "port"],
	[{ maxStreams: 2 }, "maxStreams"],
	[{ adminPassword: "short" }, "adminPassword"],
	[{ language: "fr" }, "language"],
	[{ units: "K" }, "units"],
	[{ timeServer: "http://time" }, "timeServer"],
	[{ private: "perhaps" }, "private"],
	["text", "settings"],
	[["name"], "settings"],
] as const)
	test(`refused as a whole: ${JSON.stringify(patch)}`, () => {
		const storage = flash();
		const { configuration } = open(storage);
		const before = configuration.settings;
		assert.throws(
			() => configuration.change(patch, nothing),
			(error: unknown) => error instanceof SettingsError && error.key === key && error.message.startsWith(`${key}: `),
		);
		assert.equal(configuration.settings, before);
		assert.deepEqual(open(storage).configuration.settings, before);
	});

test("a device is private only with a password", () => {
	const { configuration } = open(undefined, { config: {} });
	assert.throws(() => configuration.change({ private: true }, nothing), /^SettingsError|private: true is not allowed/);
	configuration.change({ private: true, adminPassword: "long enough" }, nothing);
	assert.throws(() => configuration.change({ adminPassword: null }, nothing), /it needs an adminPassword/);
});

test("what cannot be applied is not kept, and what was there is applied again", () => {
	const storage = flash();
	const { configuration } = open(storage);
	const applied: string[] = [];
	const apply = ({ name }: Settings) => {
		applied.push(name);
		if (name === "attic") throw new Error("the pin is in use");
	};
	assert.throws(() => configuration.change({ name: "attic" }, apply), /the pin is in use/);
	assert.deepEqual(applied, ["attic", "built"]);
	assert.equal(open(storage).configuration.settings.name, "built");
});

test("what the command line says stands", () => {
	const { configuration } = open(undefined, { fixed: { intervalMs: 100 } });
	assert.equal(configuration.settings.intervalMs, 100);
	assert.throws(() => configuration.change({ intervalMs: 5000 }, nothing), /given on the command line/);
});

test("what may be told has every open key and no secret", () => {
	const { configuration } = open(undefined, {
		config: { ssid: "Net", password: "12345678", adminPassword: "87654321" },
	});
	assert.deepEqual(Object.keys(configuration.open), [
		"name",
		"intervalMs",
		"sensors",
		"language",
		"units",
		"webhooks",
		"ssid",
		"networks",
		"address",
		"gateway",
		"dns",
		"timeServer",
		"mqttHost",
		"mqttPort",
		"mqttUser",
		"mqttPrefix",
		"mqttDiscovery",
		"mqttDiscoveryPrefix",
		"private",
		"hosts",
		"origins",
	]);
	assert.ok(!/12345678|87654321/.test(JSON.stringify(configuration.open)));
	assert.equal(configuration.open.ssid, "Net");
});

test("what may be told can be sent back as it is", () => {
	const sensor = {
		...room,
		powerPin: 5,
		calibration: { temperature: { offset: 1 } },
		warn: { humidity: { above: null } },
	};
	const { configuration } = open(undefined, { config: { sensors: [sensor] } });
	const before = configuration.settings;
	configuration.change(JSON.parse(JSON.stringify(configuration.open)), nothing);
	assert.deepEqual(configuration.settings, before);
});

test("power lost at every byte of a write leaves the old settings or the new, whole", () => {
	const names = { old: "before", new: "after" };
	/** A storage with two generations in it, so that a write goes over an older copy. */
	const used = () => {
		const storage = flash();
		open(storage).configuration.change({ name: "first", ssid: "First" }, nothing);
		open(storage).configuration.change({ name: names.old, ssid: "Old" }, nothing);
		return storage;
	};
	const seen = new Set<string>();
	let bytes = 0;
	for (let whole = false; !whole; bytes++) {
		const storage = used();
		const { configuration } = open(storage);
		storage.power = bytes;
		try {
			configuration.change({ name: names.new, ssid: "New" }, nothing);
			whole = true;
		} catch {
			assert.equal(configuration.settings.name, names.old, "what is not kept does not hold");
		}
		storage.power = Number.POSITIVE_INFINITY;
		const { name, ssid } = open(storage).configuration.settings;
		assert.ok(
			(name === names.old && ssid === "Old") || (name === names.new && ssid === "New"),
			`after ${bytes} bytes: ${name}`,
		);
		assert.equal(whole, name === names.new);
		seen.add(name);
		open(storage).configuration.change({ name: "later" }, nothing);
		assert.equal(open(storage).configuration.settings.name, "later", "and can be changed again");
	}
	assert.ok(bytes > 256, "a block was erased and written");
	assert.deepEqual([...seen].sort(), ["after", "before"]);
});

test("keys of a newer program are kept for it", () => {
	const storage = flash();
	plant(storage, '{"format":7,"changes":{"name":"attic","moisture":{"pin":9}}}');
	const { configuration, lines } = open(storage);
	assert.equal(configuration.settings.name, "attic");
	assert.deepEqual(lines, []);
	configuration.change({ name: "cellar" }, nothing);
	const copies = new TwoCopyStore({ storage, ...settingsBlocks });
	const copy = copies.find()!;
	assert.deepEqual(JSON.parse(text.decode(copy.read(0, copy.length))), {
		format: 7,
		changes: { name: "cellar", moisture: { pin: 9 } },
	});
});

/** Keeps `content` as a version up to 1.0 does. */
function plantEarlier(storage: FakeStorage, content: object): void {
	const copies = new TwoCopyStore({ storage, ...earlierSettingsBlocks });
	copies.find();
	for (const _ of copies.write([text.encode(JSON.stringify({ format: 1, changes: content }))]));
}

test("what an earlier version has kept is taken over, once", () => {
	const storage = flash();
	plantEarlier(storage, { name: "attic" });
	assert.equal(open(storage).configuration.settings.name, "attic");
	open(storage).configuration.change({ name: "cellar" }, nothing);
	const { configuration, lines } = open(storage);
	assert.deepEqual([configuration.settings.name, lines], ["cellar", []]);
	for (const block of [16, 17, 18, 19]) storage.erase(block);
	assert.equal(open(storage).configuration.settings.name, "attic", "what the earlier version finds is left to it");
});

test("what an earlier version changes after firmware was taken back is taken over again", () => {
	const storage = flash();
	plantEarlier(storage, { name: "attic" });
	open(storage).configuration.change({ name: "cellar" }, nothing);
	plantEarlier(storage, { name: "garden" });
	assert.equal(open(storage).configuration.settings.name, "garden");
	open(storage).configuration.change({ units: "F" }, nothing);
	const { name, units } = open(storage).configuration.settings;
	assert.deepEqual([name, units], ["garden", "F"]);
});

test("power lost at every byte of the first start after an earlier version leaves what that one has kept", () => {
	for (let power = 0, isWhole = false; !isWhole; power++) {
		const storage = flash();
		plantEarlier(storage, { name: "attic", ssid: "Net" });
		storage.power = power;
		const { lines } = open(storage);
		isWhole = lines.length === 0;
		storage.power = Number.POSITIVE_INFINITY;
		const { configuration } = open(storage);
		assert.deepEqual([configuration.settings.name, configuration.settings.ssid], ["attic", "Net"], `${power}`);
		configuration.change({ name: "cellar" }, nothing);
		assert.equal(open(storage).configuration.settings.name, "cellar");
	}
});

test("a kept value that this program does not allow is left out, the others hold", () => {
	const storage = flash();
	plant(
		storage,
		'{"format":2,"changes":{"name":"attic","intervalMs":1,"sensors":[{"name":"A","model":"SHT99","pin":1}]}}',
	);
	const { configuration, lines } = open(storage);
	assert.equal(configuration.settings.name, "attic");
	assert.equal(configuration.settings.intervalMs, 2000);
	assert.equal(configuration.settings.sensors[0]?.name, "Room");
	assert.equal(lines.length, 2);
	assert.match(lines.join("\n"), /a changed setting is left out: intervalMs: 1 is not allowed/);
});

for (const content of [
	"",
	"{",
	"null",
	"5",
	'{"format":1}',
	'{"format":1,"changes":[]}',
	'{"changes":{"name":"attic"}}',
])
	test(`what is no settings is left out with a line: ${content || "nothing"}`, () => {
		const storage = flash();
		plant(storage, content);
		const { configuration, lines } = open(storage);
		assert.equal(configuration.settings.name, "built");
		assert.equal(lines.length, 1);
		configuration.change({ name: "attic" }, nothing);
		assert.equal(open(storage).configuration.settings.name, "attic");
	});

test("a build whose configuration is wrong is not mended by what is left out", () => {
	assert.throws(() => open(flash(), { config: { name: "no spaces" } }), SettingsError);
});

test("a change that is too large with those before is refused by the key that takes most, before it is applied", () => {
	const storage = flash();
	const { configuration } = open(storage);
	configuration.change({ hosts: ["a", "b", "c"].map(letter => `${letter.repeat(60)}.${"z".repeat(60)}`) }, nothing);
	const before = configuration.settings;
	const origins = ["f", "g"].map(letter => `http://${letter.repeat(60)}.${"y".repeat(60)}.lan`);
	const patch = { name: "attic", origins };
	const refused = (error: unknown) =>
		error instanceof SettingsError &&
		error.key === "hosts" &&
		/^hosts: an array is not allowed; all settings take 1\d\d\d bytes, and 1008 fit: this one takes 373, shorten it$/.test(
			error.message,
		);
	assert.throws(() => configuration.preview(patch), refused);
	assert.throws(() => configuration.change(patch, () => assert.fail("applied")), refused);
	assert.equal(configuration.settings, before);
	configuration.change({ ...patch, hosts: null }, nothing);
	assert.equal(open(storage).configuration.settings.name, "attic");
});

test("a kept password that is not allowed any more closes: private as before, and nobody has a password", () => {
	for (const adminPassword of ["short", "with half of a pair \\ud83d", 5]) {
		const storage = flash();
		plant(storage, `{"format":1,"changes":{"adminPassword":"${adminPassword}","private":true}}`);
		const { configuration, lines } = open(storage);
		assert.equal(lines.length, 1);
		assert.deepEqual([configuration.settings.adminPassword, configuration.settings.private], [undefined, true]);
		configuration.change({ name: "attic" }, nothing);
		const again = open(storage).configuration;
		assert.deepEqual(
			[again.settings.name, again.settings.adminPassword, again.settings.private],
			["attic", undefined, true],
		);
		assert.throws(() => again.change({ adminPassword: "short" }, nothing), SettingsError);
		assert.equal(again.settings.adminPassword, undefined);
		again.change({ adminPassword: "long enough" }, nothing);
		const { settings } = open(storage).configuration;
		assert.deepEqual([settings.adminPassword, settings.private], ["long enough", true]);
	}
});

test("where only the build is private, a kept password that is not allowed leaves it private", () => {
	const storage = flash();
	plant(storage, '{"format":1,"changes":{"adminPassword":"short"}}');
	const config = { adminPassword: "from the build", private: true };
	const { settings } = open(storage, { config }).configuration;
	assert.deepEqual([settings.adminPassword, settings.private], [undefined, true]);
});

test("a kept private that is not allowed, or whose password is gone, stays private", () => {
	const storage = flash();
	plant(storage, '{"format":1,"changes":{"private":"perhaps"}}');
	assert.equal(open(storage).configuration.settings.private, true);
	assert.equal(open(storage).configuration.settings.adminPassword, "from the build");
	plant(storage, '{"format":1,"changes":{"private":true}}');
	const { configuration } = open(storage, { config: {} });
	assert.deepEqual([configuration.settings.private, configuration.settings.adminPassword], [true, undefined]);
	configuration.change({ name: "attic" }, nothing);
	assert.equal(open(storage, { config: {} }).configuration.settings.private, true);
	configuration.change({ private: false }, nothing);
	assert.equal(open(storage, { config: {} }).configuration.settings.private, false);
});

test("other keys can be changed while a kept value is left out, and it is replaced by a good one", () => {
	const storage = flash();
	plant(storage, '{"format":1,"changes":{"intervalMs":1}}');
	const { configuration } = open(storage);
	configuration.change({ name: "attic" }, nothing);
	configuration.change({ intervalMs: 5000 }, nothing);
	const after = open(storage);
	assert.deepEqual([after.configuration.settings.intervalMs, after.lines], [5000, []]);
});

test("the Wi-Fi is forgotten alone; the password and private only for who holds the device", () => {
	const storage = flash();
	const { configuration } = open(storage);
	configuration.change({ private: true, adminPassword: "long enough", ssid: "Net", password: "12345678" }, nothing);
	configuration.networks = { networks: [], joined: undefined };
	const kept = ({ ssid, password, adminPassword, private: isPrivate }: Settings) => [
		ssid,
		password,
		adminPassword,
		isPrivate,
	];
	assert.deepEqual(kept(configuration.settings), [undefined, undefined, "long enough", true]);
	assert.deepEqual(kept(open(storage).configuration.settings), [undefined, undefined, "long enough", true]);
	configuration.forgetPassword();
	assert.deepEqual(kept(configuration.settings), [undefined, undefined, "from the build", false]);
	assert.deepEqual(kept(open(storage).configuration.settings), [undefined, undefined, "from the build", false]);
});

test("in safe mode changed settings are kept, shown and not in force, but for those that reach and protect the device", () => {
	const storage = flash();
	const changes = { name: "attic", ssid: "Net", private: true, units: "F", intervalMs: 5000 };
	open(storage).configuration.change(changes, nothing);
	const { configuration, lines } = open(storage, { mode: "safe" });
	const { name, ssid, private: isPrivate, units, intervalMs } = configuration.settings;
	assert.deepEqual([name, ssid, isPrivate, units, intervalMs], ["attic", "Net", true, "C", 2000]);
	assert.deepEqual([configuration.open.units, configuration.open.intervalMs], ["F", 5000]);
	assert.deepEqual([configuration.leftOut, lines], [["units", "intervalMs"], []]);
});

test("what is changed in safe mode is in force at once, and the rest with the next start", () => {
	const storage = flash();
	open(storage).configuration.change({ units: "F", intervalMs: 5000 }, nothing);
	const { configuration } = open(storage, { mode: "safe" });
	configuration.change({ intervalMs: 3000 }, nothing);
	assert.deepEqual([configuration.settings.intervalMs, configuration.settings.units], [3000, "C"]);
	assert.deepEqual(configuration.leftOut, ["units"]);
	configuration.networks = { networks: [{ ssid: "Net", password: undefined }], joined: "Net" };
	configuration.forgetPassword();
	assert.equal(configuration.settings.units, "C");
	const { settings } = open(storage).configuration;
	assert.deepEqual([settings.intervalMs, settings.units, settings.ssid], [3000, "F", "Net"]);
});

test("a change that fails in safe mode leaves the others out as before", () => {
	const storage = flash();
	open(storage).configuration.change({ units: "F" }, nothing);
	const { configuration } = open(storage, { mode: "safe" });
	const fail = ({ units }: Settings) => {
		if (units === "F") throw new Error("no");
	};
	assert.throws(() => configuration.change({ units: "F" }, fail), /no/);
	assert.deepEqual([configuration.settings.units, configuration.leftOut], ["C", ["units"]]);
});

test("a password that is not allowed closes in safe mode, too", () => {
	const storage = flash();
	plant(storage, '{"format":1,"changes":{"adminPassword":"short","private":true}}');
	const { settings } = open(storage, { mode: "safe" }).configuration;
	assert.deepEqual([settings.adminPassword, settings.private], [undefined, true]);
});

test("in rescue values of the build that are not allowed are left out, and close where they protect", () => {
	const config = { name: "no spaces", adminPassword: "short", private: "perhaps", sensors: 5, ssid: "Net" };
	const { configuration } = open(flash(), { config, mode: "rescue" });
	const { name, adminPassword, private: isPrivate, sensors, ssid } = configuration.settings;
	assert.deepEqual([name, adminPassword, isPrivate, sensors.length, ssid], ["dht", undefined, true, 1, "Net"]);
	assert.throws(() => open(flash(), { config, mode: "safe" }), SettingsError);
});

test("an older version after a newer one keeps what it does not know, and the newer finds it again", () => {
	const storage = flash();
	plant(storage, '{"format":2,"changes":{"name":"attic","intervalMs":"PT2S","mqtt":{"host":"broker"}}}');
	const older = open(storage);
	assert.equal(older.lines.length, 1);
	older.configuration.change({ units: "F" }, nothing);
	open(storage, { mode: "safe" }).configuration.change({ name: "cellar" }, nothing);
	const copies = new TwoCopyStore({ storage, ...settingsBlocks });
	const copy = copies.find()!;
	assert.deepEqual(JSON.parse(text.decode(copy.read(0, copy.length))), {
		format: 2,
		changes: { name: "cellar", intervalMs: "PT2S", mqtt: { host: "broker" }, units: "F" },
	});
});

test("a pin that the chip needs is refused as a change, and one that is kept or built in stays with a warning", () => {
	const storage = flash();
	const onC3 = { limits: { ...limits, chip: "esp32c3" } };
	const usb = [{ ...room, pin: 18 }];
	const { configuration } = open(storage, onC3);
	assert.throws(() => configuration.change({ sensors: usb }, nothing), { key: "sensors[0].pin" });
	assert.equal(configuration.settings.sensors[0]!.pin, 4);
	open(storage).configuration.change({ sensors: usb }, nothing);
	const kept = open(storage, onC3);
	assert.deepEqual(kept.lines, ["sensors[0].pin is 18: USB of the ESP32-C3 is there"]);
	kept.configuration.change({ sensors: [{ ...usb[0], name: "Attic" }] }, nothing);
	assert.equal(kept.configuration.settings.sensors[0]!.pin, 18);
	assert.deepEqual(open(flash(), { ...onC3, config: { sensors: [{ ...room, pin: 9 }] } }).lines, [
		"sensors[0].pin is 9: its level at a reset decides how the ESP32-C3 boots",
	]);
});
