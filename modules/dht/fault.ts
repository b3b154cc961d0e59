/** How a read may fail: a closed set of kinds, each with a sentence for a person. */

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

/** A read that gave no reading; the next may give one. Faults are returned, not thrown. */
export class Fault {
	readonly kind: FaultKind;

	constructor(kind: FaultKind) {
		this.kind = kind;
	}
}

/** @returns One sentence: the symptom on `pin`, and the remedy. */
export function explainFault(kind: FaultKind, pin: number): string {
	switch (kind) {
		case "no-answer":
			return `no response: check power, wiring and the 4.7 kΩ pull-up on pin ${pin}`;
		case "bus-stuck":
			return `bus stuck: pin ${pin} never rises; check for a short to ground and that the pull-up is there`;
		case "short-frame":
			return `short frame: the pulses on pin ${pin} broke off; check for a loose wire or a cable that is too long`;
		case "long-frame":
			return `long frame: more edges on pin ${pin} than a sensor sends; keep the cable away from mains and motors`;
		case "timing":
			return `timing: pulses on pin ${pin} of a width that no sensor sends; check the pull-up (4.7 kΩ), the cable's length and the model`;
		case "checksum":
			return `checksum: bits changed on the way to pin ${pin}; shorten the cable or put 100 nF across the sensor's supply`;
		case "out-of-range":
			return `out of range: the sensor on pin ${pin} cannot measure the value it sent; check that the model is right`;
		case "implausible":
			return `implausible: the values from pin ${pin} are all zeros, or moved as air does not; if that goes on, the sensor is broken or fake`;
		case "hardware":
			return `hardware: the capture on pin ${pin} failed; check that nothing else uses the pin`;
	}
}
