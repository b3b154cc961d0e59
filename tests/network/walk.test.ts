import assert from "node:assert/strict";
import { test } from "node:test";
import type { WiFiManager } from "../../modules/network/wifi-manager.js";
import type { SimulatedNetwork } from "../../modules/platform/simulated/radio.js";
import { choices } from "../fakes/random.js";
import { attic, Bench, home, saved } from "./bench.js";

const garden: SimulatedNetwork = { ssid: "Garden", password: "rose and thorn", dBm: -62 };
const other: SimulatedNetwork = { ssid: "Other", password: "something else", dBm: -40 };

/** What may be wrong with a network that is there. */
const flaws: Readonly<Record<string, Partial<SimulatedNetwork>>> = {
	"wrong-password": { password: "changed today" },
	"no-answer": { lacksDHCP: true },
	"not-found": { dBm: -95 },
};
const reasons = Object.keys(flaws);

/**
 * A walk of events at random. Now and then one of the stored networks is there, and the device must be in it two minutes later, whatever
 * the others do.
 */
class Walk {
	checks = 0;
	restarts = 0;
	refused = 0;
	readonly bench = new Bench();
	#networks: readonly SimulatedNetwork[];
	#below: (end: number) => number;
	#wifi: WiFiManager;
	/** The network that was joined last. */
	#last: string | undefined;

	constructor(networks: readonly SimulatedNetwork[], seed: number) {
		this.#networks = networks;
		this.#below = choices(seed);
		this.bench.stored = saved(networks, seed % 2 === 0 ? networks[0] : undefined);
		this.#wifi = this.bench.start();
	}

	run(steps: number): this {
		const { bench } = this;
		for (let step = 0; step < steps; step++) {
			this.#event();
			bench.clock.advance(this.#below(4) === 0 ? this.#below(90_000) : this.#below(4000));
			this.#look(step);
			if (this.#below(50) === 0) this.#check(step);
		}
		this.#wifi.close();
		assert.equal(bench.clock.pending, 0);
		return this;
	}

	#event(): void {
		const { radio } = this.bench;
		const events = [
			() => radio.drop(),
			() => radio.drop(),
			() => this.#set([]),
			() => this.#set([...this.#networks, other]),
			() => this.#set(this.#networks.filter(() => this.#below(2) === 0)),
			() => this.#set(this.#networks.map(network => ({ ...network, dBm: -40 - this.#below(60) }))),
			() => this.#set(this.#networks.map(network => ({ ...network, ...this.#flaw() }))),
			() => this.#set(this.#networks.map(network => ({ ...network, isHidden: this.#below(2) === 0 }))),
			() => this.#wifi.tryJoin("Other", "not this one"),
			() => this.#wifi.tryJoin("Nowhere", undefined),
			() => this.#wifi.scan(),
			() => this.#wifi.reload(),
			() => radio.listener?.onLost("refused"),
			() => radio.listener?.onLost("lost"),
			() => this.#restart(),
		];
		events[this.#below(events.length)]!();
	}

	#flaw(): Partial<SimulatedNetwork> {
		return this.#below(2) === 0 ? {} : flaws[reasons[this.#below(reasons.length)]!]!;
	}

	#set(networks: readonly SimulatedNetwork[]): void {
		this.bench.radio.networks = networks;
	}

	/** The one that worked last is tried first. */
	#restart(): void {
		const { bench } = this;
		this.restarts++;
		this.#wifi.close();
		bench.radio.tried.length = 0;
		this.#wifi = bench.start();
		if (this.#last !== undefined) assert.equal(bench.radio.tried[0], this.#last);
	}

	#look(step: number): void {
		const { radio, stored } = this.bench;
		const { phase, ssid, stored: list } = this.#wifi.state;
		if (radio.ssid !== undefined && phase === "joined") this.#last = radio.ssid;
		assert.ok(phase !== "setup", `step ${step}: nothing is tried any more`);
		const names = (networks: readonly { ssid: string }[]) => networks.map(network => network.ssid).sort();
		assert.deepEqual(names(list), names(this.#networks), `step ${step}: a network was lost, or one came`);
		for (const { ssid, password } of stored.networks)
			assert.equal(password, this.#networks.find(network => network.ssid === ssid)?.password);
		if (phase === "joined") assert.deepEqual([list[0]?.ssid, list[0]?.reason], [ssid, null], `step ${step}`);
	}

	/** One network works, the others are away or do not: each keeps its own reason. */
	#check(step: number): void {
		const { bench } = this;
		this.checks++;
		const good = this.#networks[this.#below(this.#networks.length)]!;
		const flawed = new Map<string, string>();
		this.#set(
			this.#networks.map(network => {
				if (network === good) return { ...good, isHidden: this.#below(4) === 0 };
				const reason = reasons[this.#below(reasons.length)]!;
				flawed.set(network.ssid, reason);
				return { ...network, ...flaws[reason] };
			}),
		);
		bench.clock.advance(120_000);
		assert.equal(bench.station, "192.0.2.7", `step ${step}: not joined after two minutes`);
		assert.equal(bench.radio.ssid, good.ssid);
		for (const { ssid, reason } of this.#wifi.state.stored)
			if (reason === "wrong-password" && flawed.get(ssid) === reason) this.refused++;
		this.#look(step);
	}
}

test("a walk of 100,000 events with one network: never stuck, never two joins at once, joined within two minutes", () => {
	const walks = [1, 2, 3, 4].map(seed => new Walk([home], seed).run(25_000));
	assert.ok(
		walks.every(({ checks, restarts, bench }) => checks > 400 && restarts > 1000 && bench.radio.joins > 10_000),
	);
});

test("a walk of 100,000 events with three networks: as with one, and wrong passwords stay with their network", () => {
	const walks = [1, 2, 3, 4].map(seed => new Walk([home, attic, garden], seed).run(25_000));
	for (const { checks, restarts, refused, bench } of walks)
		assert.ok(
			checks > 400 && restarts > 1000 && refused > 20 && bench.radio.joins > 20_000,
			`${refused} ${bench.radio.joins}`,
		);
});
