import { fraction, type Scale, ticks } from "./scale.js";
import { draw, type Marks, redraw, zones } from "./svg.js";

/** In the SVG's units: the top of the scale and its length downwards. */
const TOP = 24;
const LENGTH = 256;

/** A tube with a bulb. */
export class Thermometer {
	#face: Element;
	#fluid: SVGElement;
	#drawn = "";

	/** @param svg An empty `svg` with `viewBox="15 6 92 340"`. */
	constructor(svg: Element) {
		draw(svg, "path", { class: "glass", d: "M60 22a14 14 0 0 1 28 0v270a28 28 0 1 1-28 0z" });
		this.#face = draw(svg, "g", {});
		draw(svg, "circle", { class: "fluid", cx: 74, cy: 316, r: 20 });
		const bore = draw(svg, "svg", { x: 67, y: 14, width: 14, height: 290 });
		this.#fluid = draw(bore, "rect", { class: "fluid", y: TOP - 14, width: 14, height: LENGTH + 60, rx: 7 });
	}

	/** Shows `value`; the style empties the tube of a sensor without one. */
	set(value: number | undefined, scale: Scale, marks: Marks): void {
		this.#drawFace(scale, marks);
		const level = value === undefined ? 0 : fraction(scale, value);
		this.#fluid.style.transform = `translateY(${LENGTH * (1 - level)}px)`;
	}

	#drawFace(scale: Scale, marks: Marks): void {
		const wanted = JSON.stringify([scale, marks]);
		if (wanted === this.#drawn) return;
		this.#drawn = wanted;
		this.#face = redraw(this.#face);
		const y = (level: number) => TOP + LENGTH * (1 - level);
		for (const { kind, from, to } of zones(scale, marks))
			draw(this.#face, "path", { class: `zone ${kind}`, d: `M98 ${y(to)}V${y(from)}` });
		let d = "";
		for (const { at, labelled } of ticks(scale)) {
			const level = y(fraction(scale, at));
			d += labelled ? `M46 ${level}h9M93 ${level}h9` : `M50 ${level}h5M93 ${level}h5`;
			if (labelled) draw(this.#face, "text", { x: 41, y: level, dy: 4 }).textContent = `${at}`.replace("-", "−");
		}
		draw(this.#face, "path", { class: "tick", d });
	}
}
