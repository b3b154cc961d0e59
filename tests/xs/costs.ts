// What an operation costs on XS, by the natives of tools/xs/natives.c.

declare const gc: () => void;
declare const meter: () => number;
declare const bytes: () => number;
declare const slots: () => number;

/** Bytes of a slot on a 32-bit machine. */
const SLOT = 16;

export interface Cost {
	/** Bytecodes and surcharges. */
	compute: number;
	/** Bytes of slots and chunks allocated, or of those kept after the garbage is gone. */
	bytes: number;
}

function once(run: () => void): Cost {
	gc();
	const bytesBefore = bytes();
	const before = meter();
	run();
	const after = meter();
	return { compute: after - before, bytes: bytes() - bytesBefore };
}

const nothing = once(() => {});

/** @returns What `run` costs once whatever is made on first use is made; `before` goes before each run, uncounted. */
export function cost(run: () => void, before = () => {}): Cost {
	for (let turn = 0; turn < 3; turn++) {
		before();
		run();
	}
	before();
	const total = once(run);
	return { compute: total.compute - nothing.compute, bytes: total.bytes - nothing.bytes };
}

/** Bytes in slots alone: objects and their properties; the rest are chunks: strings, buffers, arrays' items. */
export const inSlots = (): number => slots() * SLOT;

/** @returns What is kept of each `make()`: bytes of slots and chunks, or what else `size` counts. */
export function kept(make: () => unknown, count = 4, size = bytes): Cost {
	const held: unknown[] = new Array(count + 1).fill(undefined);
	held[count] = make();
	gc();
	const before = size();
	for (let at = 0; at < count; at++) held[at] = make();
	gc();
	return { compute: 0, bytes: (size() - before) / count };
}
