/** What the device serves, by path. */

import type { Device, Readings, SensorHealth, SensorStatus } from "../api/schema.js";
import type { Handler, Routes } from "../http/handler.js";
import { parameter, type Request } from "../http/request.js";
import { Response, textResponse } from "../http/response.js";
import { Files } from "../http/static-files.js";
import { TextBody } from "../http/text-body.js";
import type { Assets } from "../platform/storage.js";
import type { Text } from "../platform/text.js";
import type { Broadcaster } from "../sse/broadcaster.js";

/** The pages; the first one is not for everybody where the device is private. */
const PAGES = Object.freeze(
	[
		["/", "index"],
		["/settings", "settings"],
		["/setup", "setup"],
	] as const,
	true,
);

/** Lets a browser ask for what the gauges show before the page's first line has come. */
const PRELOAD = "Link: </api/readings>; rel=preload; as=fetch; crossorigin\r\n";

/** Served with a page where the build gave no `.csp` of its name. */
const STRICT = "default-src 'none'; frame-ancestors 'none'";

/** What is told of all sensors: made as it is sent, so that next to nothing is kept while a client takes its time. */
export interface Listing<Head, Item> {
	/** As of now. */
	head(): Head;
	readonly length: number;
	/** As of now. @param at 0 to `length - 1`. */
	item(at: number): Item;
}

export interface SiteOptions {
	text: Text;
	assets: Assets;
	broadcaster: Broadcaster;
	readings(): Listing<Omit<Readings, "readings">, SensorStatus>;
	device(): Listing<Omit<Device, "sensors">, SensorHealth>;
	/** More resources, by path. */
	more?: ReadonlyMap<string, Handler>;
}

interface ResourceOptions<Item> {
	text: Text;
	/** Of the list, which comes last. */
	key: string;
	value(): Listing<object, Item>;
	/** An item for a person. */
	line(item: Item): string;
}

/** What changes, as JSON, or as a line a sensor where `Accept` prefers text for a person; made while it is sent. */
class Resource<Item> implements Handler {
	readonly allow = "GET, HEAD";
	#options: ResourceOptions<Item>;

	constructor(options: ResourceOptions<Item>) {
		this.#options = options;
	}

	handle(request: Request): Response {
		const options = this.#options;
		// A link cannot say what it accepts: for it there is ?format=text.
		const plain = parameter(request, "format") === "text" || request.fields.accept?.includes("text/plain");
		const type = plain ? "text/plain;charset=utf-8" : "application/json";
		const parts = plain ? lines(options) : json(options);
		return new Response(200, `Content-Type: ${type}\r\nCache-Control: no-store\r\nVary: Accept\r\n`, {
			source: new TextBody(options.text, parts),
		});
	}
}

function* lines<Item>({ value, line }: ResourceOptions<Item>): Generator<string> {
	const listing = value();
	for (let at = 0; at < listing.length; at++) yield line(listing.item(at));
}

function* json<Item>({ key, value }: ResourceOptions<Item>): Generator<string> {
	const listing = value();
	yield `${JSON.stringify(listing.head()).slice(0, -1)},"${key}":[`;
	for (let at = 0; at < listing.length; at++) yield (at > 0 ? "," : "") + JSON.stringify(listing.item(at));
	yield "]}";
}

function readingLine({ sensor, temperature, humidity, status }: SensorStatus): string {
	return temperature === null ? `${sensor}: ${status}\n` : `${sensor}: ${temperature} °C, ${humidity} %, ${status}\n`;
}

function healthLine({ sensor, model, status, reads }: SensorHealth): string {
	return `${sensor}: ${model}, ${status}, ${reads} reads\n`;
}

/** @returns The device's resources: the page and its files, the stream, readings and device, and `more`. */
export function site({ text, assets, broadcaster, readings, device, more }: SiteOptions): Routes {
	const files = new Files(assets);
	const noIcon = new Response(204, "Cache-Control: max-age=86400\r\n");
	const fixed = new Map<string, Handler>([
		["/favicon.ico", { allow: "GET, HEAD", handle: () => noIcon }],
		["/sensor-data-events", broadcaster],
		["/api/readings", new Resource({ text, key: "readings", value: readings, line: readingLine })],
		["/api/device", new Resource({ text, key: "sensors", value: device, line: healthLine })],
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
	const answer = textResponse(
		text,
		503,
		"text/html;charset=utf-8",
		`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Configuration</title><h1>This device is not configured</h1><p>${escaped}</p></html>\n`,
		`Content-Security-Policy: ${STRICT}\r\nRetry-After: 60\r\n`,
	);
	const handler: Handler = { allow: "GET, HEAD", handle: () => answer };
	return { get: () => handler };
}

// What generators inherit from is constant, too: else the chip keeps a place for its copy in RAM.
Object.freeze(lines.prototype, true);
Object.freeze(json.prototype, true);
