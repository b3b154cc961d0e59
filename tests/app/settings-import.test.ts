// Settings taken in pieces: from another device or version, damaged, too large; all of them or none.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { MAX_IMPORT } from "../../modules/api/settings-import.js";
import { largest, letters } from "../fakes/largest-settings.js";
import { Bench, type Outcome, room } from "./settings-bench.js";

/** A power pin. */
class Output {
	write(): void {}
	close(): void {}
}

const json = JSON.stringify;
const longer = (names: string[]) => names.map(name => name.replace(".lan", `.${letters(60)}`));
/** Sends what a person has in a file. */
const send = (bench: Bench, content: string): Outcome => bench.send(bench.import(content));

test("what the largest device gives is taken by another one, whole", () => {
	const from = new Bench(undefined, { Digital: Output });
	const to = new Bench(undefined, { Digital: Output });
	const url = (index: number) => `http://${letters(60)}${index}.lan/${letters(100)}`;
	const webhooks = Array.from({ length: 4 }, (_, index) => ({ url: url(index), format: "text" }));
	const networks = [0, 1, 2].map(index => ({ ssid: letters(31) + index, password: letters(63) }));
	const byHand = { address: "192.168.100.200/24", gateway: "192.168.100.254", dns: "192.168.100.253" };
	for (const bench of [from, to])
		for (const change of [{ webhooks }, { networks, ...byHand }]) equal(bench.put(change).status, 200);
	equal(send(from, json(largest)).status, 200);
	const given = from.get("/api/settings");
	const content = json(given);
	ok(content.length > 6500 && content.length <= MAX_IMPORT, `${content.length} bytes`);
	const { status, body } = send(to, content);
	deepEqual([status, body.restart, body.ignored], [200, ["name", "timeServer"], []]);
	deepEqual([to.get("/api/settings"), body.settings], [given, given]);
	from.app.close();
	to.app.close();
});

test("what a device takes it can give: settings that would not fit an import are refused by the key that takes most", () => {
	const bench = new Bench(undefined, { Digital: Output });
	const [hosts, origins] = [longer(largest.hosts), longer(largest.origins)];
	const webhooks = largest.origins
		.slice(0, 4)
		.map(url => ({ url: `${url.replace("https", "http")}/x`, format: "text" }));
	equal(send(bench, json({ hosts, origins, timeServer: largest.timeServer })).status, 200);
	equal(bench.put({ webhooks }).status, 200);
	// The device adds the warning zones that are left out.
	const sensors = largest.sensors.map(({ warn: _, ...sensor }) => sensor);
	const statuses = sensors.map((_, index) => {
		const { status, body } = send(bench, json({ sensors: sensors.slice(0, index + 1) }));
		if (status !== 200) equal(body.key, "sensors");
		ok(json(bench.get("/api/settings")).length <= MAX_IMPORT);
		return status;
	});
	deepEqual([statuses[0], statuses.at(-1)], [200, 422]);
	equal(send(bench, json(bench.get("/api/settings"))).status, 200);
	bench.app.close();
});

test("a digest, a body or a file that is damaged changes nothing, and the next is taken", () => {
	const bench = new Bench(undefined, { Digital: Output });
	const before = bench.get("/api/settings");
	const content = json({ units: "F", language: "pt" });
	equal(bench.send(bench.import(content, `${content} `)).status, 400);
	equal(send(bench, content.slice(0, -1)).status, 400);
	const whole = bench.import(content);
	const peer = bench.network.connect();
	peer.send(whole.slice(0, -1));
	peer.close();
	deepEqual(bench.get("/api/settings"), before);
	equal(send(bench, content).status, 200);
	equal(bench.get("/api/settings").units, "F");
	bench.app.close();
});

test("a file with one value that is not allowed is refused with its key", () => {
	const bench = new Bench(undefined, { Digital: Output });
	const before = bench.get("/api/settings");
	for (const [content, key] of [
		[{ ...largest, units: "K" }, "units"],
		[{ units: "F", sensors: [room, { ...room, name: "Attic" }] }, "sensors[1].pin"],
		[{ units: "F", format: 2 }, "format"],
		[{ units: "F", adminPassword: { sealed: "00" } }, undefined],
	] as const) {
		const { status, body } = send(bench, json(content));
		deepEqual([status, body.key], [422, key]);
	}
	deepEqual(bench.get("/api/settings"), before);
	bench.app.close();
});

test("keys of a later version are passed over and named, those of an earlier one are read", () => {
	const bench = new Bench(undefined, { Digital: Output });
	const sensors = [{ ...room, name: "Attic", colour: { of: [1, { name: 2 }] } }];
	const later = { moisture: { pin: 9, sensors: [] }, units: "F", sensors };
	const { status, body } = send(bench, json(later));
	deepEqual([status, body.ignored], [200, ["moisture", "sensors[0].colour"]]);
	deepEqual([body.settings.units, body.settings.sensors[0].name], ["F", "Attic"]);
	deepEqual(send(bench, '{"language":"pt"}').body.ignored, []);
	const { units, language } = bench.get("/api/settings");
	deepEqual([units, language], ["F", "pt"]);
	const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`key${index}`, index]));
	equal(send(bench, json(many)).body.ignored.length, 16);
	equal(bench.put({ moisture: 1 }).status, 422);
	bench.app.close();
});

test("a Wi-Fi and webhooks whose secrets the file lacks stay as they are", () => {
	const bench = new Bench(undefined, { Digital: Output });
	const file = { units: "F", ssid: "Elsewhere", webhooks: [{ url: "http://hub.lan/***", format: "json" }] };
	const { status, body } = send(bench, json(file));
	deepEqual([status, body.ignored], [200, ["ssid", "webhooks"]]);
	deepEqual([body.settings.units, body.settings.ssid, body.settings.webhooks], ["F", undefined, []]);
	equal(bench.put({ webhooks: [{ url: "http://hub.lan/secret", format: "json" }] }).status, 200);
	deepEqual(send(bench, json(file)).body.ignored, ["ssid"]);
	bench.app.close();
});

test("a file of a device without Wi-Fi takes none away", () => {
	const bench = new Bench(undefined, { Digital: Output });
	deepEqual(send(bench, '{"networks":[]}').body.ignored, []);
	const networks = [{ ssid: "Home", password: "correct horse" }];
	equal(bench.put({ networks }).status, 200);
	const { body } = send(bench, '{"units":"F","networks":[]}');
	deepEqual([body.ignored, body.settings.units, body.settings.ssid], [["networks"], "F", "Home"]);
	equal(bench.put({ networks: [] }).body.settings.ssid, undefined);
	bench.app.close();
});

test("the broker of a file does not get the password of the device's own", () => {
	const bench = new Bench(undefined, { Digital: Output });
	const file = json({ units: "F", mqttHost: "hub.lan", mqttPort: 1884, mqttUser: "attic", mqttPrefix: "a" });
	deepEqual(send(bench, file).body.ignored, []);
	equal(bench.put({ mqttHost: "own.lan", mqttPassword: "secret" }).status, 200);
	const { body } = send(bench, json({ ...JSON.parse(file), mqttUser: "other", mqttPrefix: "b" }));
	deepEqual([body.ignored, body.settings.mqttHost], [["mqttHost", "mqttUser"], "own.lan"]);
	equal(body.settings.mqttPrefix, "b");
	deepEqual(send(bench, '{"mqttHost":""}').body.ignored, []);
	bench.app.close();
});

test("settings that are too large are refused: before they are sent, or by the key that takes most", () => {
	const bench = new Bench(undefined, { Digital: Output });
	const before = bench.get("/api/settings");
	equal(send(bench, `{"units":"F"}${" ".repeat(MAX_IMPORT)}`).status, 413);
	equal(send(bench, `{"units":"F"}${" ".repeat(MAX_IMPORT - 13)}`).status, 200);
	const wide = largest.sensors.map((sensor, index) => ({ ...sensor, name: `${index}${"\u{1f321}".repeat(63)}` }));
	const [hosts, origins] = [longer(largest.hosts), longer(largest.origins)];
	equal(send(bench, json({ ...largest, hosts, origins, sensors: [room] })).status, 200);
	const { status, body } = send(bench, json({ sensors: wide, timeServer: [60, 60, 60].map(letters).join(".") }));
	deepEqual([status, body.key], [422, "sensors"]);
	match(body.message, /all settings take \d+ bytes, and 8176 fit: this one takes \d+, shorten it$/);
	deepEqual(bench.get("/api/settings").sensors, before.sensors);
	bench.app.close();
});

test("who has no password gets no byte in, and one file is taken at a time", () => {
	const bench = new Bench(undefined, { Digital: Output });
	const content = json(largest);
	const unsigned = bench.network.connect();
	unsigned.send(bench.import(content, content, "").slice(0, 700));
	match(unsigned.received, /^HTTP\/1\.1 401 /);
	const first = bench.network.connect();
	const [one, other] = [bench.import(content), bench.import('{"units":"F"}')];
	first.send(one.slice(0, 3000));
	equal(bench.send(bench.import('{"units":"F"}')).status, 409);
	first.close();
	ok(other);
	equal(send(bench, content).status, 200);
	bench.app.close();
});

test("a digest that is none, and a body in chunks, are refused", () => {
	const bench = new Bench(undefined, { Digital: Output });
	const whole = String.fromCharCode(...bench.import("{}"));
	const [head = ""] = whole.split("\r\n\r\n");
	const chunked = `${head.replace("Content-Length: 2", "Transfer-Encoding: chunked")}\r\n\r\n2\r\n{}\r\n0\r\n\r\n`;
	equal(bench.ask(chunked)[0].slice(9, 12), "411");
	bench.app.close();
});

test("while too little memory is free nothing is changed, and the client is told when to come back", () => {
	let free = 32_000;
	const bench = new Bench(undefined, { heapFree: () => free });
	equal(send(bench, '{"units":"F"}').status, 503);
	free = 33_000;
	equal(send(bench, '{"units":"F"}').status, 200);
	bench.app.close();
});
