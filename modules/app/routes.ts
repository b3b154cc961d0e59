/** The resources of the device: the whole table of paths. */

import { DeviceHandler, type DeviceSource } from "../api/device.js";
import { errorPage, strictPolicy } from "../api/error-page.js";
import { HistoryHandler } from "../api/history.js";
import { Metrics } from "../api/metrics.js";
import { NeighboursHandler } from "../api/neighbours.js";
import { ReadingsHandler } from "../api/readings.js";
import { Session } from "../api/session.js";
import { SettingsHandler } from "../api/settings.js";
import { SetupHandler, type SetupSource } from "../api/setup.js";
import { UpdateHandler, type UpdateSource } from "../api/update.js";
import type { Access } from "../auth/access.js";
import type { Handler, Routes } from "../http/handler.js";
import type { Request } from "../http/request.js";
import { type HTTPError, Response } from "../http/response.js";
import { Files } from "../http/static-files.js";
import type { Clock } from "../platform/clock.js";
import type { Assets } from "../platform/storage.js";
import type { Text } from "../platform/text.js";
import type { Broadcaster } from "../sse/broadcaster.js";
import type { Report } from "./report.js";
import type { SettingsChanger } from "./settings-changer.js";

/** The components that respond to requests in every mode. */
export interface ControlComponents extends SetupSource {
	readonly host: { readonly clock: Clock; readonly text: Text; readonly assets: Assets };
	readonly access: Access;
	readonly report: DeviceSource;
	readonly changer: SettingsChanger;
	readonly updates: UpdateSource | undefined;
}

/** The components that respond to requests. */
export interface RoutedComponents extends ControlComponents {
	readonly broadcaster: Broadcaster;
	readonly report: Report;
}

/** @returns Every path of the device. */
export function routes(app: RoutedComponents): Routes {
	const { host, broadcaster, report } = app;
	const { clock, text, assets } = host;
	return site(
		text,
		assets,
		new Map<string, Handler>([
			["/sensor-data-events", broadcaster],
			["/api/readings", new ReadingsHandler({ text, source: report })],
			["/api/history", new HistoryHandler({ text, clock, source: report })],
			["/api/neighbours", new NeighboursHandler({ text, source: report })],
			["/metrics", new Metrics({ text, source: report })],
			...controls(app),
		]),
	);
}

/** @returns The paths of a device that reads no sensor: what can mend it, and at every other path the `reason`. */
export function rescueRoutes(rescue: ControlComponents, reason: string): Routes {
	const { text, assets } = rescue.host;
	const page = errorPage(text, reason);
	const found = site(text, assets, new Map(controls(rescue)));
	return { get: path => (path === "/" ? page : (found.get(path) ?? page)) };
}

/** By path: what changes the device, and what tells its state. */
function controls(app: ControlComponents): [string, Handler][] {
	const { host, access, report, changer } = app;
	const { text } = host;
	return [
		["/api/device", new DeviceHandler({ text, source: report })],
		["/api/settings", new SettingsHandler({ text, access, source: changer })],
		["/api/session", new Session(text, access)],
		["/api/setup", new SetupHandler({ text, access, source: app })],
		["/api/update", new UpdateHandler({ text, source: app })],
	];
}

/** The pages; a private device serves all but the first to anybody. */
const pages = Object.freeze(
	[
		["/", "index"],
		["/settings", "settings"],
		["/setup", "setup"],
	] as const,
	true,
);

/** Makes a browser fetch the readings before the page's script asks for them. */
const preload = "Link: </api/readings>; rel=preload; as=fetch; crossorigin\r\n";

/** Browsers ask for one on their own. */
const noIcon: Handler = Object.freeze(
	{ allow: "GET, HEAD", handle: () => new Response(204, "Cache-Control: max-age=86400\r\n") },
	true,
);

/** @returns `resources` by path, the pages, and every other file of the build by its name. */
export function site(text: Text, assets: Assets, resources: ReadonlyMap<string, Handler>): Routes {
	const files = new Files(assets);
	const handlers = new Map<string, Handler>([...resources, ["/favicon.ico", noIcon]]);
	for (const [path, name] of pages) {
		const policy = assets.get(`${name}.csp`);
		const csp = `Content-Security-Policy: ${policy ? text.decode(policy).trim() : strictPolicy}\r\n`;
		const page = files.get(`${name}.html`, path === "/" ? csp + preload : csp, path !== "/");
		if (page) handlers.set(path, page);
	}
	const gauge = files.get("gauge.js", "Vary: Origin\r\n");
	if (gauge) handlers.set("/gauge.js", new SharedFile(gauge));
	return new Site(handlers, files);
}

/** A file that pages of other origins may read. */
class SharedFile implements Handler {
	readonly #file: Handler;

	constructor(file: Handler) {
		this.#file = file;
	}

	get allow(): string {
		return this.#file.allow;
	}

	get isPublic(): true {
		return true;
	}

	get isShared(): true {
		return true;
	}

	handle(request: Request): Response | HTTPError {
		return this.#file.handle(request);
	}
}

/** A class for its method, as that one. */
class Site implements Routes {
	readonly #handlers: ReadonlyMap<string, Handler>;
	readonly #files: Files;

	constructor(handlers: ReadonlyMap<string, Handler>, files: Files) {
		this.#handlers = handlers;
		this.#files = files;
	}

	get(path: string): Handler | undefined {
		return this.#handlers.get(path) ?? this.#files.get(path.slice(1));
	}
}
