// A pulse train as a picture, and what the decoder makes of it.

import { decodeFrame } from "../../modules/dht/decode.js";
import { Fault, type FaultKind } from "../../modules/dht/fault.js";
import { findModel } from "../../modules/dht/models.js";

/** Pulses before the first bit: release high, response low, response high. */
const LEAD = 3;
/** In the picture's units. */
const WIDTH = 600;
const HIGH = 6;
const LOW = 34;
const HEIGHT = 40;

/** What the decoder makes of a train. */
export interface Verdict {
	/** The rule that it breaks; `implausible` for a whole frame that was not accepted. */
	readonly rule: FaultKind;
	/** In hexadecimal digits, as many as are whole: `01 d0 00 f4 c5`. */
	readonly bytes: string;
}

/** @returns `M0 6H12V34…`: the level over time, high first. */
export function pathOf(pulses: readonly number[]): string {
	const total = pulses.reduce((sum, pulse) => sum + pulse, 0) || 1;
	let path = `M0 ${HIGH}`;
	let at = 0;
	for (const [index, pulse] of pulses.entries()) {
		at += pulse;
		path += `H${((WIDTH * at) / total).toFixed(1)}`;
		if (index < pulses.length - 1) path += `V${index % 2 ? HIGH : LOW}`;
	}
	return path;
}

/** @param model As `/api/device` names it. */
export function judge(pulses: readonly number[], model: string, level: 0 | 1): Verdict {
	const decoded = decodeFrame(pulses, findModel(model) ?? findModel("auto")!, level);
	return { rule: decoded instanceof Fault ? decoded.kind : "implausible", bytes: bytesOf(pulses) };
}

/** The middle of the widths of the highs separates zeros from ones. */
function bytesOf(pulses: readonly number[]): string {
	const highs = pulses.slice(LEAD).filter((_, index) => index % 2 === 1);
	const middle = (Math.min(...highs) + Math.max(...highs)) / 2;
	const bytes: string[] = [];
	for (let at = 0; at + 8 <= highs.length && bytes.length < 8; at += 8) {
		const byte = highs.slice(at, at + 8).reduce((value, high) => 2 * value + (high > middle ? 1 : 0), 0);
		bytes.push(byte.toString(16).padStart(2, "0"));
	}
	return bytes.join(" ");
}

/** @returns The picture. @param label What it shows, for those who do not see it. */
export function drawTrain(pulses: readonly number[], label: string): SVGElement {
	const create = (name: string, attributes: Record<string, string>) => {
		const element = document.createElementNS("http://www.w3.org/2000/svg", name);
		for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
		return element;
	};
	const svg = create("svg", {
		...{ class: "train", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" },
		"aria-label": label,
	});
	svg.append(create("path", { d: pathOf(pulses) }));
	return svg;
}
