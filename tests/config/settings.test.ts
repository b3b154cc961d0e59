import assert from "node:assert/strict";
import { test } from "node:test";
import { ownConfig, readSettings } from "../../modules/config/settings.js";
import { SettingsError } from "../../modules/config/validate.js";

const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };
const read = (config: unknown) => readSettings(config, limits);

test("an empty configuration is one DHT22 on pin 4", () => {
	const settings = read({});
	assert.equal(settings.name, "dht");
	assert.equal(settings.port, undefined);
	assert.equal(settings.intervalMs, 2000);
	assert.equal(settings.maxConnections, 14);
	assert.equal(settings.maxStreams, 8);
	assert.deepEqual(
		settings.sensors.map(({ name, model, pin }) => [name, model, pin]),
		[["Room", "DHT22", 4]],
	);
	assert.deepEqual(settings.sensors[0]?.warn, {
		temperature: { below: null, above: 60, hysteresis: 0.5 },
		humidity: { below: null, above: 80, hysteresis: 2 },
		delayMs: 60_000,
	});
});

test("numbers may arrive as the strings of a command line", () => {
	const settings = read({ port: "8082", intervalMs: "5000", ssid: "Attic", password: "1234567890" });
	assert.equal(settings.port, 8082);
	assert.equal(settings.intervalMs, 5000);
	assert.equal(settings.password, "1234567890");
});

test("a model is found by every name it is sold under", () => {
	assert.equal(read({ sensors: [{ name: "A", model: "am2302", pin: 1 }] }).sensors[0]?.model, "DHT22");
});

test("a sensor's further settings are kept", () => {
	const [sensor] = read({
		sensors: [
			{
				name: "Sótão 🌡",
				model: "DHT11",
				pin: "5",
				powerPin: 6,
				sign: "floor",
				median: true,
				calibration: {
					temperature: { offset: -0.5 },
					humidity: {
						points: [
							[30, 33],
							[75, 75],
						],
					},
				},
				warn: { humidity: { below: 30, above: 70 }, temperature: { hysteresis: 1 }, delayMs: 0 },
				scale: { temperature: [-10, 40] },
				comfort: { temperature: [19, 24], humidity: ["40", 60] },
			},
		],
	}).sensors;
	assert.deepEqual(sensor, {
		name: "Sótão 🌡",
		model: "DHT11",
		pin: 5,
		powerPin: 6,
		sign: "floor",
		median: true,
		calibration: {
			temperature: { offset: -0.5 },
			humidity: {
				points: [
					[30, 33],
					[75, 75],
				],
			},
		},
		warn: {
			temperature: { below: null, above: 60, hysteresis: 1 },
			humidity: { below: 30, above: 70, hysteresis: 2 },
			delayMs: 0,
		},
		scale: { temperature: [-10, 40] },
		comfort: { temperature: [19, 24], humidity: [40, 60] },
	});
});

const room = { name: "Room", model: "DHT22", pin: 4 };

for (const [config, message] of [
	["text", /^config: "text" is not allowed; an object is$/],
	[{ intervall: 5 }, /^intervall: 5 is not allowed; the keys are name, port, intervalMs, /],
	[{ name: "my device" }, /^name: "my device" is not allowed; 1 to 24 letters, digits and inner hyphens are$/],
	[{ name: "-x" }, /^name: "-x" /],
	[{ port: 0 }, /^port: 0 is not allowed; a whole number from 1 to 65535 is$/],
	[{ port: "80a" }, /^port: "80a" /],
	[{ intervalMs: 9 }, /^intervalMs: 9 is not allowed; a whole number from 10 to 3600000 is$/],
	[{ intervalMs: 10.5 }, /^intervalMs: 10.5 /],
	[{ sensors: [] }, /^sensors: an array is not allowed; an array of 1 to 8 sensors is$/],
	[{ sensors: [5] }, /^sensors\[0\]: 5 is not allowed; an object is$/],
	[{ sensors: [{ ...room, model: "DHT99" }] }, /^sensors\[0\]\.model: "DHT99" is not allowed; the models are DHT11, /],
	[
		{ sensors: [{ ...room, pin: "four" }] },
		/^sensors\[0\]\.pin: "four" is not allowed; a whole number from 0 to 48 is$/,
	],
	[{ sensors: [{ name: "Room", model: "DHT22" }] }, /^sensors\[0\]\.pin: undefined is not allowed; /],
	[
		{ sensors: [{ ...room, colour: "red" }] },
		/^sensors\[0\]\.colour: "red" is not allowed; the keys are name, model, pin, /,
	],
	[
		{ sensors: [room, { ...room, pin: 5 }] },
		/^sensors\[1\]\.name: "Room" is not allowed; no two sensors may have one name$/,
	],
	[
		{ sensors: [room, { ...room, name: "B" }] },
		/^sensors\[1\]\.pin: 4 is not allowed; it is taken by sensors\[0\]\.pin$/,
	],
	[
		{ sensors: [{ ...room, powerPin: 4 }] },
		/^sensors\[0\]\.powerPin: 4 is not allowed; it is taken by sensors\[0\]\.pin$/,
	],
	[
		{ sensors: [{ ...room, name: "" }] },
		/^sensors\[0\]\.name: "" is not allowed; 1 to 64 characters without control characters are$/,
	],
	[{ sensors: [{ ...room, name: "a\nb" }] }, /^sensors\[0\]\.name: "a\\nb" is not allowed; /],
	[{ sensors: [{ ...room, name: "x".repeat(65) }] }, /^sensors\[0\]\.name: "x+" is not allowed; /],
	[
		{ sensors: [{ ...room, median: "perhaps" }] },
		/^sensors\[0\]\.median: "perhaps" is not allowed; true and false are$/,
	],
	[{ sensors: [{ ...room, sign: "both" }] }, /^sensors\[0\]\.sign: "both" is not allowed; magnitude and floor are$/],
	[
		{ sensors: [{ ...room, calibration: { temperature: { offset: 51 } } }] },
		/^sensors\[0\]\.calibration\.temperature\.offset: 51 is not allowed; a number from -50 to 50 is$/,
	],
	[
		{ sensors: [{ ...room, calibration: { humidity: { points: [[1, 2]] } } }] },
		/^sensors\[0\]\.calibration\.humidity\.points: an array is not allowed; two pairs \[shown, actual\] are$/,
	],
	[
		{ sensors: [{ ...room, warn: { temperature: { below: 70 } } }] },
		/^sensors\[0\]\.warn\.temperature\.below: 70 is not allowed; less than above \(60\) is$/,
	],
	[
		{ sensors: [{ ...room, warn: { humidity: { hysteresis: 21 } } }] },
		/^sensors\[0\]\.warn\.humidity\.hysteresis: 21 is not allowed; a number from 0 to 20 is$/,
	],
	[
		{ sensors: [{ ...room, comfort: { humidity: [60, 40] } }] },
		/^sensors\[0\]\.comfort\.humidity\[0\]: 60 is not allowed; less than 40 is$/,
	],
	[
		{ sensors: [{ ...room, comfort: { humidity: [40, 101] } }] },
		/^sensors\[0\]\.comfort\.humidity\[1\]: 101 is not allowed; a number from 0 to 100 is$/,
	],
	[
		{ sensors: [{ ...room, scale: { temperature: [20] } }] },
		/^sensors\[0\]\.scale\.temperature: an array is not allowed; a pair \[from, to\] is$/,
	],
	[
		{ sensors: [{ ...room, scale: { humidity: [0, 50] } }] },
		/^sensors\[0\]\.scale\.humidity: .* the keys are temperature$/,
	],
	[
		{ sensors: [{ ...room, warn: { delayMs: -1 } }] },
		/^sensors\[0\]\.warn\.delayMs: -1 is not allowed; a whole number from 0 to 86400000 is$/,
	],
	[{ maxConnections: 15 }, /^maxConnections: 15 is not allowed; a whole number from 3 to 14 is$/],
	[{ maxConnections: 6, maxStreams: 5 }, /^maxStreams: 5 is not allowed; at most maxConnections - 2 = 4 are$/],
	[{ hosts: ["a b"] }, /^hosts\[0\]: "a b" is not allowed; a host name in lower case is$/],
	...["Router.lan", "a\r\nb", "a..b", ".", "", `${"x".repeat(64)}.lan`, "ä.lan", "\ud83d"].map(
		host => [{ hosts: [host] }, /^hosts\[0\]: ".*" is not allowed; (a host name in lower case|text) is/] as const,
	),
	...[
		"https://example.org/",
		"https://example.org\r\nSet-Cookie: a=b",
		"https://exam ple.org",
		"https://Example.org",
		"HTTPS://example.org",
		"https://example.org\n",
		"https://example.org:",
		"https://example.org:080",
		"https://example.org:65536",
		"https://user@example.org",
		"https://",
		"https://[::1",
		"https://[]",
		"https://[::g]:80",
		"https://[::1]x",
		"ftp://example.org",
		"null",
		"https://\ud83d.org",
	].map(
		origin =>
			[
				{ origins: [origin] },
				/^origins\[0\]: ".*" is not allowed; (an origin in lower case, like https:\/\/example\.org,|text) is/,
			] as const,
	),
	...["\ud83d", "a\udf21", "\udf21\ud83d", "\ud83dx"].map(
		name =>
			[
				{ sensors: [{ ...room, name }] },
				/^sensors\[0\]\.name: ".*" is not allowed; text is, and half a surrogate pair is none$/,
			] as const,
	),
	[{ ssid: "\ud83d" }, /^ssid: "\\ud83d" is not allowed; text is, /],
	[{ password: "\ud83d" }, /^password: "\\ud83d" is not allowed; text is, /],
	[{ adminPassword: "long enough \udf21" }, /^adminPassword: "long enough \\udf21" is not allowed; text is, /],
	[{ intervalMs: "1".repeat(2000) }, /^intervalMs: "1+…" is not allowed; /],
	[{ idleMs: 99 }, /^idleMs: 99 is not allowed; a whole number from 100 to 600000 is$/],
] as const)
	test(`refused: ${message.source.slice(1, 70)}`, () => {
		assert.throws(
			() => read(config),
			(error: unknown) =>
				error instanceof SettingsError && message.test(error.message) && !error.message.includes("\n"),
		);
	});

test("origins are taken as browsers send them, hosts in lower case", () => {
	const origins = [
		"https://example.org",
		"http://192.0.2.7:8081",
		"http://[2001:db8::1]:8081",
		"http://[::1]",
		"http://localhost:65535",
		`https://${"a".repeat(63)}.xn--bcher-kva.example`,
	];
	assert.deepEqual(read({ origins }).origins, origins);
	assert.deepEqual(read({ hosts: ["router.lan", "dht-7", "10.0.0.7"] }).hosts, ["router.lan", "dht-7", "10.0.0.7"]);
	assert.equal(read({ timeServer: "Time.Example.ORG" }).timeServer, "Time.Example.ORG");
});

test("a value is shown on one line and not at full length", () => {
	assert.throws(() => read({ name: `${"y".repeat(5000)}\n` }), /^SettingsError|y…"/);
	assert.throws(() => read({ name: ["a"] }), /name: an array is not allowed/);
});

test("on a device the keys of the SDK's boards are left out", () => {
	assert.deepEqual(ownConfig(Object.freeze({ screen: "ili9341", port: 81, ssid: "Attic" })), {
		port: 81,
		ssid: "Attic",
	});
});
