/** What can be wrong with a read: a closed set of names, each with a sentence that a person can act on. */

export type FaultKind =
	| "no-answer"
	| "bus-stuck"
	| "short-frame"
	| "long-frame"
	| "timing"
	| "checksum"
	| "out-of-range"
	| "implausible"
	| "hardware";

export const faultKinds: readonly FaultKind[] = Object.freeze(
	[
		"no-answer",
		"bus-stuck",
		"short-frame",
		"long-frame",
		"timing",
		"checksum",
		"out-of-range",
		"implausible",
		"hardware",
	],
	true,
);

/** One read gave no reading; the sensor may give one the next time. It is returned, not thrown. */
export class Fault {
	readonly kind: FaultKind;

	constructor(kind: FaultKind) {
		this.kind = kind;
	}
}

/** @returns One sentence: what happened on `pin` and what to look at. */
export function explainFault(kind: FaultKind, pin: number): string {
	switch (kind) {
		case "no-answer":
			return `no answer: check power, wiring and the 4.7 kΩ pull-up on pin ${pin}`;
		case "bus-stuck":
			return `bus stuck: the line on pin ${pin} never rises; check for a short to ground and that the pull-up is there`;
		case "short-frame":
			return `short frame: the answer on pin ${pin} broke off; check for a loose wire or a cable that is too long`;
		case "long-frame":
			return `long frame: more edges on pin ${pin} than a sensor sends; keep the cable away from mains and motors`;
		case "timing":
			return `timing: pulses on pin ${pin} of a width that no sensor sends; check the pull-up (4.7 kΩ), the cable's length and the model`;
		case "checksum":
			return `checksum: bits changed on the way to pin ${pin}; shorten the cable or put 100 nF across the sensor's supply`;
		case "out-of-range":
			return `out of range: the sensor on pin ${pin} cannot measure what it sent; check that the model in the settings is the part's`;
		case "implausible":
			return `implausible: what came from pin ${pin} is all zeros, or moved as air does not; if that goes on, the sensor is broken or fake`;
		case "hardware":
			return `hardware: the capture on pin ${pin} failed; it is opened again for the next read`;
	}
}
