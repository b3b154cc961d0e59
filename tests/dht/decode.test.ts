import { deepEqual, equal, ok } from "node:assert/strict";
import { describe, test } from "node:test";
import { decodeFrame } from "../../modules/dht/decode.js";
import type { FaultKind } from "../../modules/dht/fault.js";
import { findModel } from "../../modules/dht/models.js";
import { goodFrame, kindOf } from "./decoded.js";
import { bytesOf, trainOf, withChecksum } from "./trains.js";

function decode(pulses: ArrayLike<number>, model: string, level?: 0 | 1) {
	const { humidity, temperature } = goodFrame(pulses, findModel(model)!, level);
	return { humidity, temperature };
}

function fails(kind: FaultKind, pulses: ArrayLike<number>, model = "DHT22", level?: 0 | 1): void {
	equal(kindOf(decodeFrame(pulses, findModel(model)!, level)), kind);
}

const frame = trainOf(bytesOf("01F900FCF6"));

describe("frames of real parts", () => {
	for (const [model, text, humidity, temperature] of [
		["DHT22", "01F900FCF6", 50.5, 25.2],
		["DHT22", "020B010513", 52.3, 26.1],
		["DHT22", "0292010DA2", 65.8, 26.9],
		["DHT22", "03D300643A", 97.9, 10],
		["DHT22", "01B9FFFAB3", 44.1, -0.6],
		["DHT22", "0193FF4DE0", 40.3, -17.9],
		["DHT22", "01DDFF3F1C", 47.7, -19.3],
		["AM2322", "02BF804E8F", 70.3, -7.8],
		["DHT11", "22001A003C", 34, 26],
		["DHT11", "43001A0764", 67, 26.7],
		["DHT11", "350018004D", 53, 24],
		["Si7021", "020B00FC09", 52.3, 25.2],
	] as const)
		test(`${model} ${text}`, () => {
			const pulses = trainOf(bytesOf(text));
			deepEqual(decode(pulses, model), { humidity, temperature });
			deepEqual(decode(pulses, "auto"), { humidity, temperature });
			deepEqual(decode(Uint16Array.from(pulses), model), { humidity, temperature });
			deepEqual(decode(trainOf(bytesOf(text), 64), model), { humidity, temperature });
		});
});

test("auto says which part answered", () => {
	equal(goodFrame(frame, findModel("auto")!).encoding, "16-bit");
	equal(goodFrame(trainOf(bytesOf("22001A003C")), findModel("auto")!).encoding, "8-bit");
});

test("every tenth of a DHT22 is exact and prints with one decimal", () => {
	for (let tenths = -400; tenths <= 1250; tenths++) {
		const word = tenths < 0 ? 0x8000 - tenths : tenths;
		const { temperature } = decode(trainOf(withChecksum(1, 0xf4, word >> 8, word & 0xff)), "DHT22");
		equal(temperature, Number((tenths / 10).toFixed(1)));
		ok(String(temperature).length <= 5);
	}
});

test("a DHT22's negative temperature in each of its four encodings", () => {
	for (const [word, temperature] of [
		[0x8000, 0],
		[0x8001, -0.1],
		[0x8190, -40],
		[0xffff, -0.1],
		[0xfe70, -40],
		[0x7fff, -0.1],
		[0x7e70, -40],
		[0x0fff, -0.1],
		[0x0e70, -40],
		[0x04e2, 125],
	] as const)
		equal(decode(trainOf(withChecksum(1, 0xf4, word >> 8, word & 0xff)), "DHT22").temperature, temperature);
	for (const word of [0x04e3, 0x0e6f, 0x1000, 0x7e6f, 0x8191, 0xfe6f])
		fails("out-of-range", trainOf(withChecksum(1, 0xf4, word >> 8, word & 0xff)));
});

test("a DHT11's negative temperature as the setting has it", () => {
	const pulses = trainOf(withChecksum(40, 0, 3, 0x84));
	equal(goodFrame(pulses, findModel("DHT11")!).temperature, -3.4);
	equal(goodFrame(pulses, findModel("DHT11")!, 1, "floor").temperature, -3.6);
	equal(Object.is(goodFrame(trainOf(withChecksum(40, 0, 0, 0x80)), findModel("DHT11")!).temperature, 0), true);
});

test("a part cannot send what it cannot measure", () => {
	fails("out-of-range", trainOf(withChecksum(0x03, 0xe9, 0, 200)));
	fails("out-of-range", trainOf(withChecksum(4, 0, 20, 0)), "DHT11");
	fails("out-of-range", trainOf(withChecksum(96, 0, 20, 0)), "DHT11");
	fails("out-of-range", trainOf(withChecksum(40, 10, 20, 0)), "DHT11");
	fails("out-of-range", trainOf(withChecksum(40, 0, 61, 0)), "DHT11");
	fails("out-of-range", trainOf(withChecksum(99, 0, 20, 0)), "auto");
	fails("out-of-range", trainOf(withChecksum(40, 0, 70, 0)), "auto");
	fails("out-of-range", trainOf(bytesOf("22001A003C")), "DHT22");
	fails("out-of-range", trainOf(bytesOf("01F900FCF6")), "DHT11");
});

test("too few and too many edges", () => {
	fails("bus-stuck", [], "DHT22", 0);
	fails("no-answer", []);
	fails("no-answer", [40, 60]);
	fails("short-frame", frame.slice(0, 3));
	fails("short-frame", frame.slice(0, 82));
	fails("short-frame", frame.slice(0, 83));
	fails("long-frame", [...frame, 70]);
	fails("long-frame", [...frame, 50, 26]);
	const long = trainOf(bytesOf("01F900FCF6"), 64);
	fails("short-frame", long.slice(0, 130));
	fails("long-frame", [...long, 50, 26]);
});

test("a capture may end within the final low, cut it short, or go on into the idle high", () => {
	const expected = { humidity: 50.5, temperature: 25.2 };
	deepEqual(decode(frame.slice(0, 83), "DHT22", 0), expected);
	deepEqual(decode([...frame.slice(0, 83), 3], "DHT22"), expected);
	deepEqual(decode([...frame, 5000], "DHT22"), expected);
});

test("the release high is of any length", () => {
	for (const release of [1, 5, 22.5, 200, 9000])
		deepEqual(decode([release, ...frame.slice(1)], "DHT22"), { humidity: 50.5, temperature: 25.2 });
});

describe("widths", () => {
	const expected = { humidity: 50.5, temperature: 25.2 };
	const late = (us: number) => frame.map((width, i) => (i % 2 === 0 ? width - us : width + us));

	test("edges seen late or early, within reason", () => {
		for (const us of [-8, 4, 8, 12, 15]) deepEqual(decode(late(us), "DHT22"), expected);
		fails("timing", late(24));
	});

	test("a part whose clock is 8 % slow or fast", () => {
		for (const speed of [0.92, 1.08])
			deepEqual(
				decode(
					frame.map(width => width * speed),
					"DHT22",
				),
				expected,
			);
	});

	test("a longer low before each byte", () => {
		const before = (byteLow: number) => frame.map((width, i) => (i > 3 && i < 83 && i % 16 === 3 ? byteLow : width));
		for (const byteLow of [68, 75, 100]) deepEqual(decode(before(byteLow), "DHT22"), expected);
		fails("timing", before(105));
	});

	test("long lows elsewhere", () => {
		const long = (count: number) => frame.map((width, i) => (i > 3 && i % 2 === 1 && i < 5 + 2 * count ? 80 : width));
		deepEqual(decode(long(8), "DHT22"), expected);
		fails("timing", long(9));
	});

	test("a low before a byte that is longer than the ones, which edges seen late make short", () => {
		const pulses = late(12).map((width, i) => (i > 3 && i < 83 && i % 16 === 3 ? width + 20 : width));
		deepEqual(decode(pulses, "DHT22"), expected);
	});

	test("the median of lows, and that of zeros, as no part has them", () => {
		const widths = (low: number, zero: number) =>
			frame.map((width, i) => (i < 3 || i > 82 ? width : i % 2 === 1 ? low : width < 40 ? zero : width));
		for (const low of [35, 51, 79]) deepEqual(decode(widths(low, 26), "DHT22"), expected);
		for (const low of [31, 83]) fails("timing", widths(low, 26));
		fails("timing", widths(51, 5));
		fails("timing", widths(51, 46));
	});

	test("lows of 43 and zeros of 23, as some parts have them", () => {
		deepEqual(
			decode(
				frame.map((width, i) => (i > 2 && i % 2 === 1 ? 43 : width === 26 ? 23 : width)),
				"DHT22",
			),
			expected,
		);
	});

	test("one pulse that no sensor sends", () => {
		for (let at = 3; at < 83; at++) {
			fails(
				"timing",
				frame.map((width, i) => (i === at ? 3 : width)),
			);
			fails(
				"timing",
				frame.map((width, i) => (i === at ? 130 : width)),
			);
		}
		fails(
			"timing",
			frame.map((width, i) => (i === 83 ? 130 : width)),
		);
		fails(
			"timing",
			frame.map((width, i) => (i === 1 ? 500 : width)),
		);
	});

	test("bits after the fortieth that are not zero", () => {
		const bytes = bytesOf("01F900FCF6");
		fails("timing", trainOf([...bytes, 0, 0, 1], 64));
		fails("timing", trainOf([...bytes, 0x80], 64));
	});
});

test("a flipped bit anywhere", () => {
	const bytes = bytesOf("01F900FCF6");
	for (let bit = 0; bit < 40; bit++)
		fails("checksum", trainOf(bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))));
});

test("an edge lost and one added, lows and highs in each other's places between them", () => {
	for (const text of ["0000819011", "01F900FCF6"]) {
		const right = trainOf(bytesOf(text)).map(width => Math.round(width / 10) * 10);
		const expected = decode(right, "DHT22");
		for (let lost = 3; lost < 82; lost++) {
			const merged = right.slice();
			merged.splice(lost, 2, right[lost]! + right[lost + 1]!);
			for (let added = 3; added < 83; added++)
				for (const cut of [10, 20, 30, 50]) {
					const pulses = merged.slice();
					pulses.splice(added, 1, cut, merged[added]! - cut);
					if (kindOf(decodeFrame(pulses, findModel("DHT22")!)) === undefined)
						deepEqual(decode(pulses, "DHT22"), expected, `${text}: ${lost}, ${added}, ${cut}`);
				}
		}
	}
});
