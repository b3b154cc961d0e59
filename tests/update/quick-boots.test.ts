import { equal } from "node:assert/strict";
import { test } from "node:test";
import { BootRecord } from "../../modules/update/boot-record.js";
import { QuickBoots } from "../../modules/update/quick-boots.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeStorage } from "../fakes/storage.js";
import { text } from "../fakes/text.js";

/** A device whose flash outlasts its starts. */
class Bench {
	readonly storage = new FakeStorage(16, 512);
	#clock = new FakeClock();

	/** Starts it, and lets it run for so long. @returns Whether that was the third quick start. */
	start(ranMs: number, reason: string | null = "power-on"): boolean {
		this.#clock = new FakeClock();
		const record = new BootRecord({ storage: this.storage, text, log() {} });
		let third = false;
		new QuickBoots({
			clock: this.#clock,
			record,
			reason: reason ?? undefined,
			onThird: () => {
				third = true;
			},
		});
		this.#clock.advance(ranMs);
		return third;
	}
}

for (const reason of ["power-on", "reset-pin"])
	test(`the third quick start by ${reason} is found, once in three`, () => {
		const bench = new Bench();
		const found = Array.from({ length: 9 }, () => bench.start(3000, reason));
		equal(found.map(Number).join(""), "001001001");
	});

test("a run of ten seconds begins the count anew", () => {
	const bench = new Bench();
	bench.start(1000);
	bench.start(10_000);
	equal(bench.start(1000), false);
	equal(bench.start(9999), false);
	equal(bench.start(0), true);
});

for (const reason of ["restart", "exception", "watchdog", "brown-out", "usb", "unknown", null])
	test(`a start by ${reason} does not count, and begins the count anew`, () => {
		const bench = new Bench();
		for (let start = 0; start < 6; start++) equal(bench.start(1000, reason), false);
		bench.start(1000);
		bench.start(1000);
		equal(bench.start(1000, reason), false);
		equal(bench.start(1000), false);
	});

test("what the flash holds is erased no more often than starts ask for it", () => {
	const bench = new Bench();
	for (let start = 0; start < 10; start++) bench.start(60_000, "restart");
	equal(Math.max(...bench.storage.erasures), 0);
});

test("after it is closed nothing is left of it", () => {
	const clock = new FakeClock();
	const record = new BootRecord({ storage: undefined, text, log() {} });
	const starts = new QuickBoots({ clock, record, reason: "power-on", onThird() {} });
	starts.close();
	starts.close();
	equal(clock.pending, 0);
});
