// What a page keeps, and how long its tasks are.

import assert from "node:assert/strict";
import type { CDPSession } from "playwright-core";

interface TraceEvent {
	ph: string;
	name: string;
	pid: number;
	tid: number;
	/** In µs. */
	ts: number;
	/** By the clock, in µs. */
	dur?: number;
	/** Thread time in µs. */
	tdur?: number;
	args: { name?: string };
}

/** @returns What the page keeps after its garbage is gone. */
export async function weigh(session: CDPSession): Promise<{ heap: number; nodes: number; listeners: number }> {
	// Finalizers of one collection may free objects for the next.
	for (let count = 0; count < 3; count++) await session.send("HeapProfiler.collectGarbage");
	const { metrics } = await session.send("Performance.getMetrics");
	const metric = (name: string) => metrics.find(found => found.name === name)!.value;
	return { heap: metric("JSHeapUsedSize"), nodes: metric("Nodes"), listeners: metric("JSEventListeners") };
}

/** The longest tasks of a trace, ms. */
export interface Longest {
	/** CPU time of the longest one that each page had in the same 5 s. */
	inEach: number;
	/** CPU time. */
	inOne: number;
	/** By the clock, the machine's other work included. */
	wall: number;
}

/** The pages' tasks are compared in slots of this many µs. */
const SLOT_US = 5_000_000;

/** @returns The tasks of each renderer's main thread. */
function tasksOf(trace: Buffer): TraceEvent[][] {
	const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString());
	const key = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
	const renderers = new Map<string, TraceEvent[]>();
	for (const event of traceEvents)
		if (event.name === "thread_name" && event.args.name === "CrRendererMain") renderers.set(key(event), []);
	for (const event of traceEvents) if (event.ph === "X") renderers.get(key(event))?.push(event);
	return [...renderers.values()];
}

const max = (tasks: TraceEvent[], time: "dur" | "tdur") =>
	tasks.reduce((most, task) => Math.max(most, task[time] ?? 0), 0) / 1000;

/** @returns The longest task of the traced pages, ms of their threads' CPU time: the machine's load does not count. */
export function longest(trace: Buffer): number {
	return longestOf(trace, 1).inOne;
}

/**
 * A hypervisor may take a CPU away for 100 ms, and the kernel counts them as the thread's own. What a page does itself takes as
 * long in the other pages that show the same.
 * @returns The longest tasks of `pages` traced pages.
 */
export function longestOf(trace: Buffer, pages: number): Longest {
	const renderers = tasksOf(trace);
	assert.ok(renderers.filter(tasks => tasks.length > 100).length >= pages, "a trace of each page's tasks");
	const slots = renderers.map(longestBySlot);
	// A renderer that the browser has in reserve does next to nothing.
	const inEach = (slot: number) =>
		slots.map(times => times.get(slot) ?? 0).sort((one, other) => other - one)[pages - 1]!;
	const tasks = renderers.flat();
	return {
		inEach: Math.max(...slots.flatMap(times => [...times.keys()]).map(inEach)),
		inOne: max(tasks, "tdur"),
		wall: max(tasks, "dur"),
	};
}

function longestBySlot(tasks: TraceEvent[]): Map<number, number> {
	const slots = new Map<number, number>();
	for (const { ts, tdur = 0 } of tasks) {
		const slot = Math.floor(ts / SLOT_US);
		slots.set(slot, Math.max(slots.get(slot) ?? 0, tdur / 1000));
	}
	return slots;
}
