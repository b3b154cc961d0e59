// The drawing of a sensor at a board: straight wires from the sensor's pins to the pins of the same names.

import { draw } from "../www/gauges/svg.js";
import type { LanguageKey } from "../www/i18n/languages.js";
import { localize } from "./strings.js";

export const sensors = ["bare", "module", "cable"] as const;

/** How the sensor is connected: on four pins, on a board with three, or by a cable. */
export type SensorForm = (typeof sensors)[number];

type Wire = "supply" | "data" | "ground";

/** A pin of the sensor: the wire at it, and what is printed there. */
interface SensorPin {
	wire?: Wire;
	printed: string;
}

/** The pins from top to bottom; of four from the left, with the grid in front. */
const pins: Readonly<Record<SensorForm, readonly SensorPin[]>> = {
	bare: [
		{ wire: "supply", printed: "1" },
		{ wire: "data", printed: "2" },
		{ printed: "3" },
		{ wire: "ground", printed: "4" },
	],
	module: [
		{ wire: "supply", printed: "+" },
		{ wire: "data", printed: "OUT" },
		{ wire: "ground", printed: "−" },
	],
	cable: [
		{ wire: "supply", printed: "" },
		{ wire: "data", printed: "" },
		{ wire: "ground", printed: "" },
	],
};

const SENSOR = { x: 8, y: 20, width: 112, height: 172 };
const BOARD = { x: 246, y: 8, width: 146, height: 196 };
const RESISTOR = { x: 182, width: 14 };

function rectangle(parent: Element, kind: string, x: number, y: number, width: number, height: number, rx = 4): void {
	draw(parent, "rect", { class: kind, x, y, width, height, rx });
}

function label(parent: Element, text: string, x: number, y: number, kind = ""): void {
	draw(parent, "text", { x, y, class: kind }).textContent = text;
}

function drawSensor(svg: Element): void {
	const { x, y, width, height } = SENSOR;
	rectangle(svg, "sensor", x, y, width, height, 10);
	for (let slot = 0; slot < 5; slot++) rectangle(svg, "slot", x + 12, y + 22 + slot * 28, 34, 14, 7);
}

function drawBoard(svg: Element, chip: string): void {
	const { x, y, width, height } = BOARD;
	rectangle(svg, "board", x, y, width, height, 10);
	rectangle(svg, "lid", x + 62, y + 22, 74, 86);
	label(svg, chip, x + 99, y + 70, "on-lid");
	rectangle(svg, "usb", x + 82, y + height - 26, 36, 30, 3);
	label(svg, "USB", x + 100, y + height - 36, "middle");
}

/** The resistor from the data line to the supply line. */
function drawPullUp(svg: Element, from: number, to: number): void {
	const { x, width } = RESISTOR;
	draw(svg, "path", { class: "wire data", d: `M${x} ${from}V${to}` });
	const middle = (from + to) / 2;
	rectangle(svg, "resistor", x - width / 2, middle - 15, width, 30, 2);
	label(svg, "4.7 kΩ", x + width, middle + 4);
}

/** @returns The height of each of the sensor's pins. */
const heights = (count: number): number[] =>
	Array.from({ length: count }, (_, index) => SENSOR.y + 32 + (index * (SENSOR.height - 64)) / (count - 1));

/** Draws into `svg`, in place of an earlier drawing. @param pin The GPIO of the data line. */
export function drawWiring(svg: Element, form: SensorForm, chip: string, pin: number, language: LanguageKey): void {
	svg.replaceChildren();
	svg.setAttribute("viewBox", "0 0 400 212");
	svg.setAttribute("role", "img");
	svg.setAttribute("aria-label", localize("drawing", language, chip, `GPIO ${pin}`));
	const printed: Record<Wire, string> = { supply: "3V3", data: `GPIO ${pin}`, ground: "GND" };
	const y = heights(pins[form].length);
	drawSensor(svg);
	drawBoard(svg, chip);
	const right = SENSOR.x + SENSOR.width;
	pins[form].forEach(({ wire, printed: name }, index) => {
		const at = y[index]!;
		draw(svg, "circle", { class: "pin", cx: right, cy: at, r: 4 });
		label(svg, name, right - 9, at + 4, "end");
		if (!wire) return;
		draw(svg, "path", { class: `wire ${wire}`, d: `M${right} ${at}H${BOARD.x}` });
		draw(svg, "circle", { class: "pin", cx: BOARD.x, cy: at, r: 4 });
		label(svg, printed[wire], BOARD.x + 9, at + 4);
		label(svg, localize(wire, language), right + 8, at - 7, "caption");
	});
	if (form === "bare") drawPullUp(svg, y[0]!, y[1]!);
}
