// The simulator's right side: what the chosen sensor has sent, and the device's log. It draws, and knows no messages.

import { getBackgroundComponent } from "assets";

/** Lines of the app's log that are kept. */
const logLines = 40;

/** The simulator loads its panels anew when its colours change. */
const isDark = getBackgroundComponent() < 0x80;
const colors = isDark
	? { fill: "#1e1e1e", text: "#f0f0f0", quiet: "#b0b0b0", fault: "#ff8f80", train: "#8fb8ff", rule: "#454545" }
	: { fill: "#fafafa", text: "#262626", quiet: "#5d5d5d", fault: "#b3261e", train: "#2f54b0", rule: "#c2c2c2" };

const left = { horizontal: "left" };
const quietStyle = new Style({ font: "12px Open Sans", color: colors.quiet, ...left });
const faultStyle = new Style({ font: "12px Open Sans", color: colors.fault, ...left });
const nameStyle = new Style({ font: "semibold 14px Open Sans", color: colors.text, ...left });
const valueStyle = new Style({ font: "semibold 26px Open Sans", color: [colors.text, colors.quiet], ...left });
const logStyle = new Style({ font: "12px Open Sans", color: colors.text, ...left });
const paneSkin = new Skin({ fill: colors.fill });
const ruleSkin = new Skin({ fill: colors.rule });

/** As the page has it. */
const shown = ({ temperature, humidity }) => `${temperature.toFixed(1)} °C   ${humidity.toFixed(1)} %`;

const inWords = fault => fault.replaceAll("-", " ");

/** @returns `text`, shortened so that it is at most `width` wide. */
export function fitted(text, width, style = quietStyle) {
	if (style.measure(text).width <= width) return text;
	const letters = [...text];
	while (letters.length > 0 && style.measure(`${letters.join("")}…`).width > width) letters.pop();
	return `${letters.join("")}…`;
}

function extent({ pulses, level }) {
	if (pulses.length === 0) return level ? "no pulses" : "no pulses, the level is low";
	const us = pulses.reduce((sum, width) => sum + width);
	return `${pulses.length} pulses in ${(us / 1000).toFixed(1)} ms`;
}

/** A pulse train as an oscilloscope shows it. */
class TrainBehavior extends Behavior {
	show(port, observation) {
		this.observation = observation;
		port.invalidate();
	}
	onDraw(port) {
		const { width, height } = port;
		if (!this.observation) return;
		const { pulses, level } = this.observation;
		const whole = pulses.reduce((sum, pulse) => sum + pulse, 0);
		const low = height - 6;
		if (whole === 0) return port.fillColor(colors.train, 0, level ? 4 : low, width, 2);
		let from = 0;
		let us = 0;
		for (let at = 0; at < pulses.length; at++) {
			us += pulses[at];
			const to = Math.round((us / whole) * (width - 2));
			port.fillColor(colors.train, from, at % 2 === 0 ? 4 : low, to - from + 1, 2);
			port.fillColor(colors.train, to, 4, 1, low - 2);
			from = to;
		}
	}
}

const train = anchor => $ => new Port($, { anchor, left: 20, right: 20, height: 44, Behavior: TrainBehavior });
const label =
	(anchor, style, height = 20) =>
	$ =>
		new Label($, { anchor, left: 20, right: 20, height, style, string: "" });

/** Its anchors are `$`'s properties. */
export const View = Column.template($ => ({
	left: 0,
	right: 0,
	top: 0,
	bottom: 0,
	skin: paneSkin,
	contents: [
		new Content($, { height: 12 }),
		label("NAME", nameStyle)($),
		label("VALUE", valueStyle, 38)($),
		label("NEWEST", quietStyle)($),
		train("TRAIN")($),
		label("FAULT", quietStyle)($),
		train("FAILED")($),
		new Content($, { height: 8 }),
		new Content($, { left: 20, right: 20, height: 1, skin: ruleSkin }),
		new Container($, {
			left: 20,
			right: 20,
			top: 0,
			bottom: 0,
			clip: true,
			contents: [new Text($, { anchor: "LOG", left: 0, right: 0, bottom: 8, style: logStyle })],
		}),
	],
}));

/** @param $ With the view's anchors. @param sensor A sheet; its newest and its last failed observation may be missing. */
export function showSensor($, { name, reading, newest, failed, failures, failedAt }) {
	$.NAME.string = fitted(name, $.NAME.width, nameStyle);
	$.VALUE.string = reading ? shown(reading) : "– °C   – %";
	$.VALUE.state = newest?.fault ? 1 : 0;
	$.NEWEST.string = newest
		? `Newest pulse train: ${newest.fault === "hardware" ? "not captured" : extent(newest)}`
		: "";
	$.FAULT.style = failed ? faultStyle : quietStyle;
	const last = failed ? `Last fault (${failures} so far): ${inWords(failed.fault)} at ${failedAt}` : "No fault so far";
	$.FAULT.string = fitted(last, $.FAULT.width);
	$.TRAIN.behavior.show($.TRAIN, newest);
	$.FAILED.behavior.show($.FAILED, failed);
}

/** @param lines The log; the oldest are dropped. */
export function showLog($, lines) {
	lines.splice(0, lines.length - logLines);
	$.LOG.string = lines.join("\n");
}
