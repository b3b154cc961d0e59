import type { Bounds } from "../../modules/api/schema.js";
import { fraction, type Scale, ticks } from "./scale.js";
import { draw, zones } from "./svg.js";

const ARC = "M43.4 156.6A80 80 0 1 1 156.6 156.6";
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

	/** Shows `value`; the style hides the needle of a sensor without one. @param limits Of the warning zones. */
	set(value: number | undefined, scale: Scale, limits: Bounds | undefined): void {
		this.#drawFace(scale, limits);
		const level = value === undefined ? 0 : fraction(scale, value);
		this.#needle.style.transform = `rotate(${MIN_ANGLE + ANGLE_RANGE * level}deg)`;
		this.#value.style.strokeDashoffset = `${100 - 100 * level}`;
	}

	#drawFace(scale: Scale, limits: Bounds | undefined): void {
		const wanted = JSON.stringify([scale, limits]);
		if (wanted === this.#drawn) return;
		this.#drawn = wanted;
		this.#face.replaceChildren();
		for (const { kind, from, to } of zones(scale, limits)) {
			const length = 100 * (to - from);
			draw(this.#face, "path", {
				class: `zone ${kind}`,
				d: ARC,
				pathLength: 100,
				"stroke-dasharray": `${length} 200`,
				"stroke-dashoffset": -100 * from,
			});
		}
		let marks = "";
		for (const [index, tick] of ticks(scale).entries()) {
			const angle = ((MIN_ANGLE + ANGLE_RANGE * fraction(scale, tick)) * Math.PI) / 180;
			const point = (radius: number) =>
				`${(100 + radius * Math.sin(angle)).toFixed(1)} ${(100 - radius * Math.cos(angle)).toFixed(1)}`;
			marks += `M${point(68)}L${point(index % 2 ? 63 : 60)}`;
			if (index % 2) continue;
			const [x = "", y = ""] = point(51).split(" ");
			draw(this.#face, "text", { x, y, dy: 4 }).textContent = `${tick}`;
		}
		draw(this.#face, "path", { class: "tick", d: marks });
	}
}
