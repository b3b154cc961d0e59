import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { judge, pathOf } from "../../../www/forms/pulse-train.js";

/** A frame of these bytes as a DHT22 sends it. */
function pulses(...bytes: number[]): number[] {
	const bits = bytes.flatMap(byte => Array.from({ length: 8 }, (_, at) => (byte >> (7 - at)) & 1));
	return [30, 80, 80, ...bits.flatMap(bit => [50, bit ? 70 : 26]), 50];
}

test("a frame has its bytes, and the rule that it breaks", () => {
	deepEqual(judge(pulses(0x01, 0xd0, 0x00, 0xf4, 0xc4), "DHT22", 1), { rule: "checksum", bytes: "01 d0 00 f4 c4" });
	deepEqual(judge(pulses(0x01, 0xd0, 0x00, 0xf4, 0xc5), "DHT22", 1), { rule: "implausible", bytes: "01 d0 00 f4 c5" });
});

test("a train that is cut has the bytes that are whole, and a silent sensor none", () => {
	const cut = pulses(0x01, 0xd0, 0x00, 0xf4, 0xc5).slice(0, 3 + 2 * 20);
	deepEqual(judge(cut, "DHT22", 1), { rule: "short-frame", bytes: "01 d0" });
	deepEqual(judge([30], "DHT22", 1), { rule: "no-answer", bytes: "" });
	deepEqual(judge([], "auto", 0), { rule: "bus-stuck", bytes: "" });
});

test("the picture goes over the whole width, and changes its level with each pulse", () => {
	equal(pathOf([25, 50, 25]), "M0 6H150.0V34H450.0V6H600.0");
	equal(pathOf([]), "M0 6");
});
