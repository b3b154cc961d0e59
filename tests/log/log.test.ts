import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { Log, maxKeptBytes } from "../../modules/log/log.js";
import { FakeClock } from "../fakes/clock.js";
import { text } from "../fakes/text.js";

function fakeLog() {
	const clock = new FakeClock();
	const printed: string[] = [];
	return { clock, printed, log: new Log({ clock, text, log: line => printed.push(line) }) };
}

test("a line is printed as it is, and kept with its time, source and level", () => {
	const { clock, printed, log } = fakeLog();
	const network = log.from("network");
	clock.advance(1500);
	network("Wi-Fi Attic: not in reach", "warning");
	log.from("server")("dht: http://192.0.2.7/");
	deepEqual(printed, ["Wi-Fi Attic: not in reach", "dht: http://192.0.2.7/"]);
	deepEqual(log.lines, [
		{ ticks: 1500, source: "network", level: "warning", message: "Wi-Fi Attic: not in reach" },
		{ ticks: 1500, source: "server", level: "info", message: "dht: http://192.0.2.7/" },
	]);
});

test("the oldest lines are dropped once the kept bytes are used up", () => {
	const { log } = fakeLog();
	const sensors = log.from("sensors");
	for (let count = 0; count < 100; count++) sensors(`Room: read ${count}`);
	const messages = log.lines.map(({ message }) => message);
	equal(messages.at(-1), "Room: read 99");
	equal(messages[0], `Room: read ${100 - messages.length}`);
	ok(messages.length > 10 && messages.length < maxKeptBytes / 20, `${messages.length} lines`);
});

test("a line of any length and characters is kept, cut", () => {
	const { printed, log } = fakeLog();
	const message = "\u20ac".repeat(1000);
	log.from("server")(message);
	equal(printed[0], message);
	deepEqual(
		log.lines.map(line => line.message),
		["\u20ac".repeat(120)],
	);
});

test("a message with line ends is one kept line", () => {
	const { log } = fakeLog();
	log.from("network")("Wi-Fi a\nb: refused");
	deepEqual(
		log.lines.map(({ message }) => message),
		["Wi-Fi a\nb: refused"],
	);
});
