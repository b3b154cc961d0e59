// What the decoder returned, for tests that expect one of the two.

import { decodeFrame, type Frame } from "../../modules/dht/decode.js";
import { Fault, type FaultKind } from "../../modules/dht/fault.js";

/** Decodes what must be good. @throws {Error} It is a fault. */
export function goodFrame(...options: Parameters<typeof decodeFrame>): Frame {
	const frame = decodeFrame(...options);
	if (frame instanceof Fault) throw new Error(`a fault: ${frame.kind}`);
	return frame;
}

/** @returns The kind of a fault; `undefined` of a frame. */
export function kindOf(outcome: Frame | Fault): FaultKind | undefined {
	return outcome instanceof Fault ? outcome.kind : undefined;
}
