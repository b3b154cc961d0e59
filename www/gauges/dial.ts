import { fraction, type Scale, ticks } from "./scale.js";
import { draw, type Marks, redraw, zones } from "./svg.js";

/** Of a radius that leaves the labels outside, where the needle does not cover them. */
const ARC = "M48.4 151.6A73 73 0 1 1 151.6 151.6";
/** Degrees: the angle of the scale's minimum from straight up, and the angle of the whole scale. */
const MIN_ANGLE = -135;
const ANGLE_RANGE = 270;

/** A round gauge with a needle. */
export class Dial {
	#face: Element;
	#value: SVGElement;
	#needle: SVGElement;
	#drawn = "";

	/** @param svg An empty `svg` with `viewBox="0 0 200 170"`. */
	constructor(svg: Element) {
		draw(svg, "path", { class: "track", d: ARC });
		this.#face = draw(svg, "g", {});
		this.#value = draw(svg, "path", { class: "value", d: ARC, pathLength: 100 });
		this.#needle = draw(svg, "path", { class: "needle", d: "M100 40L104 96A5.7 5.7 0 1 1 96 96Z" });
	}

	/** Shows `value`; the style hides the needle of a sensor without one. */
	set(value: number | undefined, scale: Scale, marks: Marks): void {
		this.#drawFace(scale, marks);
		const level = value === undefined ? 0 : fraction(scale, value);
		this.#needle.style.transform = `rotate(${MIN_ANGLE + ANGLE_RANGE * level}deg)`;
		this.#value.style.strokeDashoffset = `${100 - 100 * level}`;
	}

	#drawFace(scale: Scale, marks: Marks): void {
		const wanted = JSON.stringify([scale, marks]);
		if (wanted === this.#drawn) return;
		this.#drawn = wanted;
		this.#face = redraw(this.#face);
		for (const { kind, from, to } of zones(scale, marks)) {
			const length = 100 * (to - from);
			draw(this.#face, "path", {
				class: `zone ${kind}`,
				d: ARC,
				pathLength: 100,
				"stroke-dasharray": `${length} 200`,
				"stroke-dashoffset": -100 * from,
			});
		}
		let d = "";
		for (const { at, labelled } of ticks(scale)) {
			const angle = ((MIN_ANGLE + ANGLE_RANGE * fraction(scale, at)) * Math.PI) / 180;
			const point = (radius: number) =>
				[100 + radius * Math.sin(angle), 100 - radius * Math.cos(angle)].map(x => x.toFixed(1)).join(" ");
			d += `M${point(62)}L${point(labelled ? 54 : 57)}`;
			if (!labelled) continue;
			const [x = "", y = ""] = point(87).split(" ");
			draw(this.#face, "text", { x, y, dy: 4 }).textContent = `${at}`;
		}
		draw(this.#face, "path", { class: "tick", d });
	}
}
