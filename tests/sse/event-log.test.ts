import { deepEqual, equal, throws } from "node:assert/strict";
import { test } from "node:test";
import { type Cursor, EventLog, type EventLogOptions } from "../../modules/sse/event-log.js";
import { text } from "../fakes/text.js";

const make = (options: Partial<EventLogOptions> = {}) => new EventLog({ text, boot: "b", ...options });

/** What a client is sent: number, event and data of each. */
function sent(log: EventLog, { pending = 1, replayUntil = 0, key }: Partial<Cursor> = {}): string[] {
	const cursor: Cursor = { pending, replayUntil, key };
	const events: string[] = [];
	for (let bytes = log.next(cursor); bytes; bytes = log.next(cursor)) {
		const [id, event, data] = text.decode(bytes).split("\n");
		equal(id, `id: b-${cursor.pending}`);
		events.push(`${cursor.pending} ${event!.slice(7)} ${data!.slice(6)}`);
		cursor.pending++;
	}
	return events;
}

test("an event is its id, its name and its data as JSON", () => {
	const log = make();
	equal(log.lastId, null);
	equal(
		text.decode(log.append("tick", "clock", { at: 1, é: "\n" })),
		'id: b-1\nevent: tick\ndata: {"at":1,"é":"\\n"}\n\n',
	);
	equal(log.lastId, "b-1");
});

test("a newcomer is sent the newest event of each name and key, in order", () => {
	const log = make();
	for (const [event, key] of ["a x", "b x", "a y", "a x", "b y"].map(pair => pair.split(" ")))
		log.append(event!, key!, {});
	deepEqual(sent(log), ["2 b {}", "3 a {}", "4 a {}", "5 b {}"]);
});

test("an event supersedes what the caller says, of its key alone, until that comes again", () => {
	const log = make({ supersedes: { up: ["down", "lost"] } });
	log.append("down", "x", {});
	log.append("lost", "x", {});
	log.append("down", "y", {});
	log.append("up", "x", {});
	deepEqual(sent(log), ["3 down {}", "4 up {}"]);
	log.append("down", "x", {});
	deepEqual(sent(log), ["3 down {}", "4 up {}", "5 down {}"]);
});

test("a client that returns is sent superseded events, too", () => {
	const log = make({ supersedes: { up: ["down"] } });
	for (const event of ["down", "up", "down", "up"]) log.append(event, "x", {});
	deepEqual(sent(log, { pending: 2, replayUntil: 4 }), ["2 up {}", "3 down {}", "4 up {}"]);
});

test("a client of one key is sent that one alone", () => {
	const log = make();
	for (const key of ["x", "y", "x", "y"]) log.append("a", key, {});
	deepEqual(sent(log, { key: "y" }), ["4 a {}"]);
	deepEqual(sent(log, { key: "y", replayUntil: 4 }), ["2 a {}", "4 a {}"]);
	deepEqual(sent(log, { key: "z", replayUntil: 4 }), []);
});

test("beyond the bound of topics, the one published longest ago is dropped", () => {
	const log = make({ topics: 2, ring: 1 });
	for (const key of ["x", "y", "x", "z"]) log.append("a", key, {});
	deepEqual(sent(log), ["3 a {}", "4 a {}"]);
});

test("data that cannot become JSON leave the log as it was", () => {
	const log = make();
	log.append("a", "x", {});
	throws(() => log.append("a", "x", { n: 1n }));
	deepEqual(sent(log), ["1 a {}"]);
	equal(log.last, 1);
});
