// `npm run bench -- --growth`: how cost and memory grow with sensors, streams and clients, as figures and as a picture in docs/.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../compile.mjs";
import { read, run } from "./count.mjs";

/**
 * Thousand instructions without the collector's; with them; KB of XS's heap and of malloc that are kept afterwards.
 * @typedef {{ count: number, own: number, all: number, kept: number }} Point
 */
/** @typedef {{ what: string, name: string, points: Point[] }} Curve */

/** @param quick Whether to count what `npm test` does, and no more. @returns {Promise<Curve[]>} */
export async function growth(quick = false) {
	const { axes, planOf } = await import(pathToFileURL(join(root, "build/node/tests/instructions/growth.js")).href);
	const curves = [];
	for (const axis of axes) {
		if (quick && !axis.isTested) continue;
		const points = [];
		for (const count of quick ? [...axis.counts.slice(0, 2), ...axis.counts.slice(-2)] : axis.counts) {
			const options = { sensors: axis.ofSensors ? count : 1, config: axis.config ?? {}, plan: planOf(axis, count) };
			points.push(await run(options, (output, folder) => point(count, read(output, folder))));
		}
		curves.push({ what: axis.what, name: axis.name, points });
	}
	return curves;
}

/** @returns {Point} The means of all rounds. */
function point(/** @type {number} */ count, /** @type {ReturnType<typeof read>} */ { laps, kept }) {
	const rounds = laps.filter(({ name }) => name === "counted");
	const mean = (/** @type {"instructions" | "collection"} */ key) =>
		rounds.reduce((sum, lap) => sum + lap[key], 0) / rounds.length / 1000;
	const { slots = 0, chunks = 0, outside = 0 } = kept.after ?? {};
	const own = mean("instructions");
	return { count, own, all: own + mean("collection"), kept: (slots + chunks + outside) / 1000 };
}

/**
 * How many times as much one more may take at the end as before. 1 is a straight line. It is above for what is looked up by name among
 * eight sensors: a table of names would take more memory than it saves time.
 */
const mostBend = 1.15;
/** What one of many may take, with the collector, in what one takes alone. */
const mostShare = 1.02;

/**
 * @returns {number} How many times as much one more takes at the end as where it takes the minimum before: 1 is linear, less is better.
 * `NaN` where one more takes nothing or less: then something else was counted.
 */
export function bend(/** @type {Point[]} */ points, /** @type {"own" | "kept"} */ key) {
	const slopes = points.slice(1).map((point, at) => {
		const before = points[at] ?? point;
		return (point[key] - before[key]) / (point.count - before.count);
	});
	if (!slopes.every(slope => slope > 0)) return Number.NaN;
	return (slopes.pop() ?? Number.NaN) / Math.min(...slopes);
}

/** @returns {number} What one takes where there are most, the collector's share included, in what one takes alone. */
export function share(/** @type {Point[]} */ points) {
	const [first, last] = [points[0], points.at(-1)];
	return first && last ? last.all / last.count / (first.all / first.count) : Number.NaN;
}

/**
 * @returns What grows by more than a straight line. The collector walks over all that is kept whenever what is free was used. What it
 * takes is no line: there one of many may take no more than one alone, by `mostShare`.
 */
export function bent(/** @type {Curve} */ { name, points }) {
	const found = [];
	for (const key of /** @type {const} */ (["own", "kept"]))
		if (!(bend(points, key) <= mostBend)) found.push(`${name}: ${key} bends by ${bend(points, key).toFixed(2)}`);
	if (!(share(points) <= mostShare))
		found.push(`${name}: with the collector one of many takes ${share(points).toFixed(2)}`);
	return found;
}

const width = 300;
const height = 190;
const left = 46;
const bottom = 34;
const top = 40;
const legend = 26;
const colours = { own: "#1f5fa8", all: "#9dbde0", kept: "#b4541a" };

/** Puts the picture into docs/. */
export function draw(/** @type {Curve[]} */ curves) {
	const columns = 3;
	const rows = Math.ceil(curves.length / columns);
	const panels = curves.map((curve, at) => {
		const x = (at % columns) * width;
		return `<g transform="translate(${x} ${Math.floor(at / columns) * height})">${panel(curve)}</g>`;
	});
	const style = "text{font:11px sans-serif}.name{font-weight:bold}";
	const key = [
		`<tspan fill="${colours.own}">● instructions</tspan>`,
		`<tspan fill="${colours.all}" dx="16">● with those of the collector</tspan>`,
		`<tspan fill="${colours.kept}" dx="16">● KB kept</tspan>`,
	].join("");
	writeFileSync(
		join(root, "docs/growth.svg"),
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${columns * width} ${rows * height + legend}" role="img" ` +
			'aria-label="How instructions and memory grow with sensors, streams and clients">' +
			`<style>${style}</style><rect width="100%" height="100%" fill="#fff"/>\n${panels.join("\n")}\n` +
			`<text x="${left}" y="${rows * height + legend / 2}">${key}</text>\n</svg>\n`,
	);
}

function panel(/** @type {Curve} */ { what, name, points }) {
	const plotWidth = width - 2 * left;
	const plotHeight = height - top - bottom;
	const last = points.at(-1)?.count ?? 1;
	const x = (/** @type {number} */ count) => left + (plotWidth * count) / last;
	const most = {
		instructions: Math.max(...points.map(({ all }) => all)),
		kept: Math.max(...points.map(({ kept }) => kept)),
	};
	const line = (/** @type {"own" | "all" | "kept"} */ key) => {
		const scale = key === "kept" ? most.kept : most.instructions;
		const y = (/** @type {number} */ value) => (top + plotHeight * (1 - value / scale)).toFixed(1);
		const dots = points.map(point => `${x(point.count).toFixed(1)},${y(point[key])}`);
		const circles = dots.map(dot => `<circle cx="${dot.replace(",", '" cy="')}" r="2.5" fill="${colours[key]}"/>`);
		return `<polyline points="${dots.join(" ")}" fill="none" stroke="${colours[key]}" stroke-width="1.5"/>${circles.join("")}`;
	};
	const thousands = most.instructions;
	const cost = thousands < 1000 ? `${thousands.toFixed(0)} thousand` : `${(thousands / 1000).toFixed(1)} million`;
	const ticks = points.map(
		({ count }) => `<text x="${x(count).toFixed(1)}" y="${height - bottom + 14}" text-anchor="middle">${count}</text>`,
	);
	return [
		`<text class="name" x="${left}" y="14">${name}</text>`,
		`<text x="${left}" y="${top - 10}" fill="${colours.own}">${cost} instructions</text>`,
		`<text x="${width - left}" y="${top - 10}" text-anchor="end" fill="${colours.kept}">${most.kept.toFixed(0)} KB</text>`,
		`<path d="M${left} ${top}V${top + plotHeight}H${width - left}" fill="none" stroke="#999"/>`,
		line("kept"),
		line("all"),
		line("own"),
		...ticks,
		`<text x="${width / 2}" y="${height - 6}" text-anchor="middle">${what}</text>`,
	].join("");
}
