/** What the device serves, by path. */

import type { Assets, Text } from "../platform/types.js";
import { Answer, content, json } from "./answer.js";
import type { Broadcaster } from "./broadcaster.js";
import type { Device, Readings } from "./events.js";
import { Files } from "./files.js";
import { parameter, type Request } from "./request.js";
import type { Handler, Routes } from "./routes.js";

/** The pages; the first one is not for everybody where the device is private. */
const PAGES = [
	["/", "index"],
	["/settings", "settings"],
	["/setup", "setup"],
] as const;

/** Lets a browser ask for what the gauges show before the page's first line has come. */
const PRELOAD = "Link: </api/readings>; rel=preload; as=fetch; crossorigin\r\n";

/** Served with a page where the build gave no `.csp` of its name. */
const STRICT = "default-src 'none'; frame-ancestors 'none'";

export interface SiteOptions {
	text: Text;
	assets: Assets;
	broadcaster: Broadcaster;
	/** As of now. */
	readings(): Readings;
	/** As of now. */
	device(): Device;
	/** More resources, by path. */
	more?: ReadonlyMap<string, Handler>;
}

/** A value that changes, as JSON, or as text for a person where `Accept` prefers that. */
class Resource<Value> implements Handler {
	readonly allow = "GET, HEAD";
	#text: Text;
	#value: () => Value;
	#lines: (value: Value) => string;

	constructor(text: Text, value: () => Value, lines: (value: Value) => string) {
		this.#text = text;
		this.#value = value;
		this.#lines = lines;
	}

	answer(request: Request): Answer {
		const value = this.#value();
		// A link cannot say what it accepts: for it there is ?format=text.
		const plain = parameter(request, "format") === "text" || request.fields.accept?.includes("text/plain");
		return plain
			? content(this.#text, 200, "text/plain;charset=utf-8", this.#lines(value), "Vary: Accept\r\n")
			: json(this.#text, value);
	}
}

/** One line a sensor. */
function readingLines({ readings }: Readings): string {
	return readings
		.map(({ sensor, temperature, humidity, status }) =>
			temperature === null ? `${sensor}: ${status}\n` : `${sensor}: ${temperature} °C, ${humidity} %, ${status}\n`,
		)
		.join("");
}

/** One line a sensor. */
function deviceLines({ sensors }: Device): string {
	return sensors.map(({ sensor, model, status, reads }) => `${sensor}: ${model}, ${status}, ${reads} reads\n`).join("");
}

/** @returns The device's resources: the page and its files, the stream, readings and device, and `more`. */
export function site({ text, assets, broadcaster, readings, device, more }: SiteOptions): Routes {
	const files = new Files(assets);
	const noIcon = new Answer(204, "Cache-Control: max-age=86400\r\n");
	const fixed = new Map<string, Handler>([
		["/favicon.ico", { allow: "GET, HEAD", answer: () => noIcon }],
		["/sensor-data-events", broadcaster],
		["/api/readings", new Resource(text, readings, readingLines)],
		["/api/device", new Resource(text, device, deviceLines)],
		...(more ?? []),
	]);
	for (const [path, name] of PAGES) {
		const policy = assets.get(`${name}.csp`);
		const csp = `Content-Security-Policy: ${policy ? text.decode(policy).trim() : STRICT}\r\n`;
		const fields = path === "/" ? csp + PRELOAD : csp;
		const page = files.get(`${name}.html`, fields, path !== "/");
		if (page) fixed.set(path, page);
	}
	return { get: path => fixed.get(path) ?? files.get(path.slice(1)) };
}

/** @returns Routes that answer every path with `message`: what keeps the device from its work. */
export function problem(text: Text, message: string): Routes {
	const escaped = message.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
	const answer = content(
		text,
		503,
		"text/html;charset=utf-8",
		`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Configuration</title><h1>This device is not configured</h1><p>${escaped}</p></html>\n`,
		`Content-Security-Policy: ${STRICT}\r\nRetry-After: 60\r\n`,
	);
	const handler: Handler = { allow: "GET, HEAD", answer: () => answer };
	return { get: () => handler };
}
