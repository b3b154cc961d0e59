import { deepEqual, equal, throws } from "node:assert/strict";
import { test } from "node:test";
import DHT, { type DHTOptions } from "../../modules/dht/dht.js";
import type { PulseCapture, PulseCaptureOptions } from "../../modules/dht/pulse-capture.js";
import { bytesOf, trainOf } from "./trains.js";

/** A capture whose pulses the test gives. */
class FakeCapture implements PulseCapture {
	static made: FakeCapture;
	target: unknown;
	readonly options: PulseCaptureOptions;
	readonly starts: number[] = [];
	pulses: readonly number[] = [];
	closed = 0;

	constructor(options: PulseCaptureOptions) {
		this.target = options.target;
		this.options = options;
		FakeCapture.made = this;
	}
	start(lowUs: number): void {
		this.starts.push(lowUs);
	}
	read() {
		return { pulses: this.pulses, level: 1 as const, ticks: 1234 };
	}
	close(): void {
		this.closed++;
	}
	/** Ends a read with the pulses of `frame`. */
	end(frame: string): void {
		this.pulses = trainOf(bytesOf(frame));
		this.options.onReadable?.call(this);
	}
}

function open(options: Partial<DHTOptions> = {}) {
	const sensor = new DHT({ sensor: { io: FakeCapture, pin: 4 }, ...options });
	return { sensor, capture: FakeCapture.made };
}

test("there is no sample before the first good frame", () => {
	const { sensor, capture } = open();
	equal(sensor.sample(), undefined);
	capture.end("01F900FCF7");
	equal(sensor.sample(), undefined);
});

test("a sample has the standard's fields, and is a new object each time", () => {
	const { sensor, capture } = open();
	capture.end("01F900FCF6");
	const sample = sensor.sample()!;
	deepEqual(sample, { hygrometer: { humidity: 50.5 }, thermometer: { temperature: 25.2 }, ticks: 1234 });
	equal(sensor.sample() === sample, false);
});

test("after a bad frame there is no sample: an old value is not returned as new", () => {
	const { sensor, capture } = open();
	capture.end("01F900FCF6");
	capture.end("01F900FCF7");
	equal(sensor.sample(), undefined);
	equal(sensor.frame!.temperature, 25.2);
});

test("the capture gets the properties of `sensor` but `io`", () => {
	const { capture } = open();
	equal(capture.options.pin, 4);
	equal("io" in capture.options, false);
});

test("callbacks come with the sensor as `this`, and its target", () => {
	const calls: string[] = [];
	const { capture } = open({
		target: calls,
		onSample() {
			(this.target as string[]).push(`${this.sample()!.hygrometer.humidity} %`);
		},
		onFault({ kind }) {
			(this.target as string[]).push(kind);
		},
		onError({ message }) {
			(this.target as string[]).push(message);
		},
	});
	capture.end("01F900FCF6");
	capture.end("01F900FCF7");
	capture.options.onError?.call(capture, new Error("broken"));
	deepEqual(calls, ["50.5 %", "checksum", "broken"]);
});

test("the model is auto unless it is configured, and decides on the start signal", () => {
	const { sensor, capture } = open();
	sensor.start();
	sensor.configure({ model: "am2302" });
	sensor.start();
	sensor.configure({});
	sensor.start();
	deepEqual(capture.starts, [19_000, 2000, 2000]);
});

test("the sign of a DHT11 can be configured", () => {
	const { sensor, capture } = open({ model: "DHT11" });
	capture.end("28000384AF");
	equal(sensor.sample()!.thermometer.temperature, -3.4);
	sensor.configure({ sign: "floor" });
	capture.end("28000384AF");
	equal(sensor.sample()!.thermometer.temperature, -3.6);
});

test("a wrong option changes nothing", () => {
	const { sensor, capture } = open({ model: "DHT11" });
	throws(() => sensor.configure({ model: "BME280" }), /^RangeError: model is "BME280": DHT11, .* allowed$/);
	throws(() => sensor.configure({ model: "DHT22", sign: "two" as "floor" }), /^RangeError: sign is "two"/);
	sensor.start();
	deepEqual(capture.starts, [20_000]);
});

test("the constructor checks its options before it takes the pin", () => {
	const { capture } = open();
	throws(() => open({ model: "BME280" }), /RangeError/);
	equal(FakeCapture.made, capture);
});

test("once closed, every method but close throws, and the pin is freed once", () => {
	const { sensor, capture } = open();
	sensor.close();
	sensor.close();
	throws(() => sensor.start(), /closed/);
	throws(() => sensor.sample(), /closed/);
	throws(() => sensor.configure({}), /closed/);
	equal(capture.closed, 1);
});

test("nothing is reported after close", () => {
	let calls = 0;
	const { sensor, capture } = open({ onSample: () => calls++ });
	sensor.close();
	capture.end("01F900FCF6");
	equal(calls, 0);
});
