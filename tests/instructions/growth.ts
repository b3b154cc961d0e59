// How cost and memory grow: plans for the program of tools/instructions.

import { chromium, curl, get, hex } from "./household.js";

/** What grows, and what is done meanwhile. */
export interface Axis {
	/** What there are more and more of. */
	readonly what: string;
	/** What is counted. */
	readonly name: string;
	readonly counts: readonly number[];
	/** How many times it is counted where there are `count`. */
	readonly rounds: (count: number) => number;
	/** Whether `npm test` counts it, at the first two numbers and the last two. */
	readonly isTested?: true;
	/** Whether there are `count` sensors; else one. */
	readonly ofSensors?: true;
	/** More settings. */
	readonly config?: object;
	/** Steps before what is counted, and what is. */
	readonly steps: (count: number) => { before: string[]; counted: string[] };
}

/** Of tools/instructions/broker.c. */
const broker = "192.168.1.101";

const readings = get("/api/readings", "Connection: keep-alive\r\n");
const past = curl("/api/history?sensor=Living%20room&span=15m");
const send = (connection: number, request: string) => `send ${connection} ${hex(request)}`;
const expect = (connection: number) => `expect ${connection} 200`;
const each = (count: number, steps: (connection: number) => string[]) =>
	Array.from({ length: count }, (_, connection) => steps(connection)).flat();
const open = (connection: number) => [`open ${connection}`];

/** All of `count` clients ask at once. @param wait Steps until all have their responses. */
const together = (count: number, request: string, wait: string[] = []) => [
	...each(count, connection => [send(connection, request)]),
	...wait,
	...each(count, connection => [expect(connection)]),
];

export const axes: readonly Axis[] = [
	{
		what: "sensors",
		name: "readings of all, polled",
		counts: [1, 2, 4, 6, 8],
		isTested: true,
		rounds: () => 16,
		ofSensors: true,
		steps: () => ({
			before: ["wait 30000", "open 0", send(0, readings), expect(0)],
			counted: [send(0, readings), expect(0)],
		}),
	},
	{
		what: "sensors",
		name: "two seconds: each is read",
		counts: [1, 2, 4, 6, 8],
		rounds: () => 16,
		ofSensors: true,
		steps: () => ({ before: ["wait 30000"], counted: ["wait 2000"] }),
	},
	{
		what: "sensors",
		name: "two seconds: each is read and published",
		counts: [1, 2, 4, 6, 8],
		isTested: true,
		rounds: () => 16,
		ofSensors: true,
		config: { mqttHost: broker },
		steps: count => ({ before: ["wait 30000"], counted: ["wait 2000", `published ${count}`] }),
	},
	{
		what: "streams",
		name: "an event to all",
		counts: [1, 2, 4, 8, 12],
		isTested: true,
		rounds: () => 64,
		config: { maxStreams: 12 },
		steps: count => ({
			before: [...each(count, at => [`open ${at}`, send(at, chromium.stream()), expect(at)]), "call publish"],
			counted: ["call publish"],
		}),
	},
	{
		what: "clients",
		name: "readings to each, at once",
		counts: [1, 2, 4, 8, 11, 14],
		isTested: true,
		// One takes so little that the collector runs once in several rounds.
		rounds: count => Math.ceil(112 / count),
		steps: count => ({
			before: [...each(count, open), ...together(count, readings)],
			counted: together(count, readings),
		}),
	},
	{
		what: "clients",
		name: "history of 15 minutes to each, at once",
		counts: [1, 2, 4, 6, 8],
		rounds: () => 1,
		steps: count => ({ before: ["wait 900000", ...each(count, open)], counted: together(count, past, ["wait 250"]) }),
	},
];

export function planOf({ steps, rounds }: Axis, count: number): string {
	const { before, counted } = steps(count);
	const round = ["begin", ...counted, "end counted"];
	const lines = [
		"start",
		"wait 1000",
		...before,
		...Array.from({ length: rounds(count) }, () => round).flat(),
		"kept after",
	];
	return `${lines.join("\n")}\n`;
}
