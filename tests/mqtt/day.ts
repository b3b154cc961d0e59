// A device at a broker that comes and goes, and a sensor that fails or is silent now and then.

import { ok } from "node:assert/strict";
import { choices } from "../fakes/random.js";
import { FakeBroker, type Mood, type Published } from "./broker.js";
import { fault, publisherAt, reading, room } from "./devices.js";

export const intervalMs = 10_000;

const moods: readonly Mood[] = ["well", "well", "refuses", "no response", "accepts, then silent", "no acknowledgement"];

export class Day {
	readonly broker = new FakeBroker();
	readonly publisher = publisherAt(this.broker, { sensors: [{ ...room, intervalMs }] });
	#choose = choices(17);
	#next = intervalMs;
	#silentUntil = 0;

	constructor() {
		this.publisher.open();
	}

	/** The broker changes its mood some 50 times an hour. @param check Called with each message that arrives. */
	pass(ms: number, check: (message: Published) => void): void {
		const { broker } = this;
		for (const end = this.#next + ms; this.#next < end; this.#next += intervalMs) {
			this.#disturb();
			broker.advance(this.#next - broker.clock.ticks, 1000);
			this.#read();
			for (const message of broker.messages.splice(0)) check(message);
			ok(broker.network.open.size <= 1);
			ok(broker.clock.pending <= 6);
		}
	}

	/** The broker is well again for two minutes, and forgets what it has noted. */
	rest(): void {
		const { broker } = this;
		broker.mood = "well";
		broker.advance(120_000, 500);
		this.#next = broker.clock.ticks + intervalMs;
		for (const noted of [broker.messages, broker.connects, broker.subscriptions, broker.lookups, broker.lines])
			noted.length = 0;
	}

	#disturb(): void {
		if (this.#choose(7) > 0) return;
		this.broker.mood = moods[this.#choose(moods.length)]!;
		if (this.#choose(2) === 0) this.broker.drop();
	}

	#read(): void {
		const { broker, publisher } = this;
		if (this.#choose(40) === 0) this.#silentUntil = this.#next + this.#choose(12) * intervalMs;
		if (this.#choose(20) === 0) publisher.onFault(fault(broker));
		else if (this.#next >= this.#silentUntil) publisher.onReading(reading(broker));
		broker.settle();
	}
}
