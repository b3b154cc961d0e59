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

/** A stream on a fake clock, and a device that is in reach or not. */
class Harness {
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
		for (let count = 0; count < 5; count++) await Promise.resolve();
	}

	/** The current attempt is rejected. */
	async reject(): Promise<void> {
		this.source.fail();
		await this.settle();
	}
}

test("a stream is live with hello, and passes events on undecoded", () => {
	const harness = new Harness();
	assert.equal(harness.source.url, "/sensor-data-events");
	harness.source.hello();
	harness.source.emit("sensor-data", { temperature: 20 }, "a-1");
	assert.deepEqual(harness.links, ["live"]);
	assert.deepEqual(harness.messages[harness.messages.length - 1], {
		event: "sensor-data",
		id: "a-1",
		data: '{"temperature":20}',
		ageMs: 0,
	});
});

test("two heartbeats of silence end a stream, and no sooner", async () => {
	const harness = new Harness();
	harness.source.hello();
	await harness.pass(10_000);
	assert.deepEqual(harness.links, ["live"]);
	await harness.pass(250);
	assert.deepEqual(harness.links, ["live", "lost"]);
	assert.equal(harness.sources.length, 2);
	assert.ok(harness.sources[0]!.closed);
});

test("a heartbeat keeps a stream alive", async () => {
	const harness = new Harness();
	harness.source.hello();
	for (let beat = 0; beat < 10; beat++) {
		await harness.pass(5000);
		harness.source.emit("heartbeat", { uptimeMs: 1 });
	}
	assert.deepEqual(harness.links, ["live"]);
});

test("a reopened stream names the last event", async () => {
	const harness = new Harness();
	harness.source.hello();
	harness.source.emit("sensor-data", {}, "a b-7");
	await harness.pass(10_250);
	assert.equal(harness.source.url, "/sensor-data-events?lastEventId=a%20b-7");
});

test("an attempt without a response ends after 2 s, and the next follows at once", async () => {
	const harness = new Harness();
	await harness.pass(1750);
	assert.equal(harness.sources.length, 1);
	await harness.pass(250);
	assert.equal(harness.sources.length, 2);
	assert.deepEqual(harness.links, ["lost"]);
	await harness.pass(20_000);
	assert.equal(harness.sources.length, 12);
	assert.equal(harness.polls, 0);
});

test("out of reach, the silence is counted from the last event", async () => {
	const harness = new Harness();
	harness.source.hello();
	await harness.pass(30_000);
	const { state } = harness.stream;
	assert.deepEqual(state, { link: "lost", silentMs: 30_000 });
});

test("a device that comes back is live with its first hello", async () => {
	const harness = new Harness();
	harness.source.hello();
	await harness.pass(30_000);
	harness.source.hello();
	assert.deepEqual(harness.links, ["live", "lost", "live"]);
});

test("a stream that ends is reopened after 500 ms", async () => {
	const harness = new Harness();
	harness.source.hello();
	await harness.reject();
	assert.deepEqual(harness.links, ["live", "connecting"]);
	assert.equal(harness.sources.length, 1);
	await harness.pass(500);
	assert.equal(harness.sources.length, 2);
	assert.equal(harness.polls, 0);
});

test("a device that refuses connections is out of reach, and tried twice a second", async () => {
	const harness = new Harness();
	harness.reachable = false;
	await harness.reject();
	assert.deepEqual(harness.links, ["lost"]);
	await harness.pass(250);
	assert.equal(harness.sources.length, 1);
	await harness.pass(250);
	assert.equal(harness.sources.length, 2);
});

test("a device that responds but has no free stream is polled", async () => {
	const harness = new Harness();
	await harness.reject();
	assert.deepEqual(harness.links, [], "the first rejection may come from a device that has just started");
	await harness.reject();
	assert.deepEqual(harness.links, ["full"]);
	assert.equal(harness.polls, 2);
	assert.deepEqual(harness.messages.filter(message => "event" in message && message.event === "readings").length, 1);
	await harness.pass(2000);
	await harness.reject();
	assert.equal(harness.polls, 3);
	await harness.pass(2000);
	harness.source.hello();
	assert.deepEqual(harness.links, ["full", "live"]);
});

test("waking reopens a late stream and leaves a good one alone", async () => {
	const harness = new Harness();
	harness.source.hello();
	harness.now += 7000;
	harness.stream.wake();
	assert.equal(harness.sources.length, 1);
	harness.now += 1000;
	harness.stream.wake();
	assert.equal(harness.sources.length, 2);
	assert.deepEqual(harness.links, ["live", "connecting"]);
});

test("waking ends a pause, but not an attempt", async () => {
	const harness = new Harness();
	harness.stream.wake();
	assert.equal(harness.sources.length, 1);
	harness.reachable = false;
	await harness.reject();
	harness.stream.wake();
	assert.equal(harness.sources.length, 2);
});

test("events of a replaced stream are ignored", async () => {
	const harness = new Harness();
	const [first] = harness.sources;
	await harness.pass(2000);
	first!.hello();
	first!.fail();
	await harness.settle();
	assert.deepEqual(harness.links, ["lost"]);
	assert.equal(harness.polls, 0);
});

test("after close nothing follows, not even from a pending poll", async () => {
	const harness = new Harness();
	harness.source.fail();
	harness.stream.close();
	harness.stream.close();
	await harness.pass(10_000);
	assert.deepEqual(harness.messages, []);
	assert.equal(harness.sources.length, 1);
});
