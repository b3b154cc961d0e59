import assert from "node:assert/strict";
import { test } from "node:test";
import type { Message } from "../../../www/stream/message.js";
import { type EventSourceLike, Stream } from "../../../www/stream/stream.js";

class FakeSource implements EventSourceLike {
	onerror: ((event: Event) => void) | null = null;
	closed = false;
	readonly url: string;
	readonly #listeners = new Map<string, (event: MessageEvent<string>) => void>();

	constructor(url: string) {
		this.url = url;
	}

	addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
		this.#listeners.set(type, listener);
	}

	close(): void {
		this.closed = true;
	}

	emit(type: string, data: object, lastEventId = ""): void {
		this.#listeners.get(type)?.({ type, data: JSON.stringify(data), lastEventId } as MessageEvent<string>);
	}

	hello(): void {
		this.emit("hello", { boot: "a", uptimeMs: 1, intervalMs: 2000, heartbeatMs: 5000, version: "1", name: "dht" });
	}

	fail(): void {
		this.onerror?.({} as Event);
	}
}

/** A stream on a clock moved by hand, and a device that answers polls or does not. */
class Bench {
	now = 1000;
	reachable = true;
	polls = 0;
	readonly sources: FakeSource[] = [];
	readonly messages: Message[] = [];
	readonly stream: Stream;

	constructor() {
		this.stream = new Stream({
			open: url => {
				const source = new FakeSource(url);
				this.sources.push(source);
				return source;
			},
			poll: () => {
				this.polls++;
				return this.reachable ? Promise.resolve('{"readings":[]}') : Promise.reject(new Error("unreachable"));
			},
			now: () => this.now,
			onMessage: message => this.messages.push(message),
		});
	}

	get source(): FakeSource {
		return this.sources[this.sources.length - 1]!;
	}

	get links(): string[] {
		return this.messages.flatMap(message => ("link" in message ? [message.link] : []));
	}

	/** Lets time pass in steps of a quarter of a second, and promises with it. */
	async pass(ms: number): Promise<void> {
		for (const end = this.now + ms; this.now < end; ) {
			this.now += 250;
			this.stream.tick();
			await this.settle();
		}
	}

	async settle(): Promise<void> {
		for (let turn = 0; turn < 5; turn++) await Promise.resolve();
	}

	/** The attempt under way is refused. */
	async refuse(): Promise<void> {
		this.source.fail();
		await this.settle();
	}
}

test("is live with hello and passes on what comes, as it came", () => {
	const bench = new Bench();
	assert.equal(bench.source.url, "/sensor-data-events");
	bench.source.hello();
	bench.source.emit("sensor-data", { temperature: 20 }, "a-1");
	assert.deepEqual(bench.links, ["live"]);
	assert.deepEqual(bench.messages[bench.messages.length - 1], {
		event: "sensor-data",
		id: "a-1",
		data: '{"temperature":20}',
		ageMs: 0,
	});
});

test("two heartbeats of silence end a stream, and no sooner", async () => {
	const bench = new Bench();
	bench.source.hello();
	await bench.pass(10_000);
	assert.deepEqual(bench.links, ["live"]);
	await bench.pass(250);
	assert.deepEqual(bench.links, ["live", "lost"]);
	assert.equal(bench.sources.length, 2);
	assert.ok(bench.sources[0]!.closed);
});

test("a heartbeat keeps a stream alive", async () => {
	const bench = new Bench();
	bench.source.hello();
	for (let beat = 0; beat < 10; beat++) {
		await bench.pass(5000);
		bench.source.emit("heartbeat", { uptimeMs: 1 });
	}
	assert.deepEqual(bench.links, ["live"]);
});

test("goes on after the last event that came", async () => {
	const bench = new Bench();
	bench.source.hello();
	bench.source.emit("sensor-data", {}, "a b-7");
	await bench.pass(10_250);
	assert.equal(bench.source.url, "/sensor-data-events?lastEventId=a%20b-7");
});

test("an attempt without an answer is given up after 2 s and made again at once", async () => {
	const bench = new Bench();
	await bench.pass(1750);
	assert.equal(bench.sources.length, 1);
	await bench.pass(250);
	assert.equal(bench.sources.length, 2);
	assert.deepEqual(bench.links, ["lost"]);
	await bench.pass(20_000);
	assert.equal(bench.sources.length, 12);
	assert.equal(bench.polls, 0);
});

test("out of reach: silent for as long as the device is", async () => {
	const bench = new Bench();
	bench.source.hello();
	await bench.pass(30_000);
	const { state } = bench.stream;
	assert.deepEqual(state, { link: "lost", silentMs: 30_000 });
});

test("a device that comes back is live with its first hello", async () => {
	const bench = new Bench();
	bench.source.hello();
	await bench.pass(30_000);
	bench.source.hello();
	assert.deepEqual(bench.links, ["live", "lost", "live"]);
});

test("a stream that ends is opened again after a moment", async () => {
	const bench = new Bench();
	bench.source.hello();
	await bench.refuse();
	assert.deepEqual(bench.links, ["live", "connecting"]);
	assert.equal(bench.sources.length, 1);
	await bench.pass(500);
	assert.equal(bench.sources.length, 2);
	assert.equal(bench.polls, 0);
});

test("a device that refuses everything is out of reach, and asked twice a second", async () => {
	const bench = new Bench();
	bench.reachable = false;
	await bench.refuse();
	assert.deepEqual(bench.links, ["lost"]);
	await bench.pass(250);
	assert.equal(bench.sources.length, 1);
	await bench.pass(250);
	assert.equal(bench.sources.length, 2);
});

test("a device that answers but grants no stream is polled", async () => {
	const bench = new Bench();
	await bench.refuse();
	assert.deepEqual(bench.links, [], "the first refusal may come from a device that is just starting");
	await bench.refuse();
	assert.deepEqual(bench.links, ["full"]);
	assert.equal(bench.polls, 2);
	assert.deepEqual(bench.messages.filter(message => "event" in message && message.event === "readings").length, 1);
	await bench.pass(2000);
	await bench.refuse();
	assert.equal(bench.polls, 3);
	await bench.pass(2000);
	bench.source.hello();
	assert.deepEqual(bench.links, ["full", "live"]);
});

test("waking tries a doubtful stream at once and leaves a good one alone", async () => {
	const bench = new Bench();
	bench.source.hello();
	bench.now += 7000;
	bench.stream.wake();
	assert.equal(bench.sources.length, 1);
	bench.now += 1000;
	bench.stream.wake();
	assert.equal(bench.sources.length, 2);
	assert.deepEqual(bench.links, ["live", "connecting"]);
});

test("waking ends a pause, but not an attempt", async () => {
	const bench = new Bench();
	bench.stream.wake();
	assert.equal(bench.sources.length, 1);
	bench.reachable = false;
	await bench.refuse();
	bench.stream.wake();
	assert.equal(bench.sources.length, 2);
});

test("what an abandoned stream still says is not heard", async () => {
	const bench = new Bench();
	const [first] = bench.sources;
	await bench.pass(2000);
	first!.hello();
	first!.fail();
	await bench.settle();
	assert.deepEqual(bench.links, ["lost"]);
	assert.equal(bench.polls, 0);
});

test("after close nothing follows, not even from a poll under way", async () => {
	const bench = new Bench();
	bench.source.fail();
	bench.stream.close();
	bench.stream.close();
	await bench.pass(10_000);
	assert.deepEqual(bench.messages, []);
	assert.equal(bench.sources.length, 1);
});
