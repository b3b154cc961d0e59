import type { Bounds } from "../../modules/api/schema.js";
import { type Band, fraction, type Scale } from "./scale.js";

/** Adds an SVG element to `parent`. */
export function draw(parent: Element, name: string, attributes: Record<string, string | number>): SVGElement {
	const element = document.createElementNS("http://www.w3.org/2000/svg", name);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
	parent.append(element);
	return element;
}

/** @returns An empty face instead of `face`: the style lets a new one fade in. */
export function redraw(face: Element): Element {
	const fresh = draw(face.parentElement!, "g", { class: "face" });
	face.replaceWith(fresh);
	return fresh;
}

/** What is marked on a gauge, in its scale's unit. */
export interface Marks {
	/** Of the warning zones. */
	limits?: Bounds | undefined;
	comfort?: Band | undefined;
}

/** @returns The comfort band and the warning zones as fractions of the scale. */
export function zones(
	scale: Scale,
	{ limits, comfort }: Marks,
): { kind: "low" | "high" | "comfort"; from: number; to: number }[] {
	const [from, to] = comfort ?? [0, 0];
	const low = limits?.below == null ? 0 : fraction(scale, limits.below);
	const high = limits?.above == null ? 1 : fraction(scale, limits.above);
	return [
		{ kind: "comfort" as const, from: fraction(scale, from), to: fraction(scale, to) },
		{ kind: "low" as const, from: 0, to: low },
		{ kind: "high" as const, from: high, to: 1 },
	].filter(({ from, to }) => to > from);
}

/** Describes a gauge to assistive technology: a meter with a value, an image without one. @param spoken The value as it is read aloud. */
export function describe(gauge: Element, label: string, scale: Scale, value: number | undefined, spoken: string): void {
	const meter = value !== undefined;
	const attributes = {
		role: meter ? "meter" : "img",
		"aria-label": meter ? label : `${label}: ${spoken}`,
		"aria-valuemin": meter && scale.min,
		"aria-valuemax": meter && scale.max,
		"aria-valuenow": meter && value,
		"aria-valuetext": meter && spoken,
	};
	for (const [name, content] of Object.entries(attributes)) {
		if (content === false) gauge.removeAttribute(name);
		else if (gauge.getAttribute(name) !== `${content}`) gauge.setAttribute(name, `${content}`);
	}
}
