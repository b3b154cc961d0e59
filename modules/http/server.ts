/** The HTTP server: takes connections, bounds them, and finds who answers. */

import type { Clock, Timer } from "../platform/clock.js";
import type { Listener, ListenerConstructor, TCP } from "../platform/io.js";
import type { Text } from "../platform/text.js";
import { Connection } from "./connection.js";
import { evicted } from "./eviction.js";
import { type Handler, Options, type Routes } from "./handler.js";
import { HostCheck, type RedirectGuest } from "./host-check.js";
import { checkLimits, type Limits } from "./limits.js";
import { bound } from "./memory-bound.js";
import type { Request } from "./request.js";
import { HTTPError, plainText, type Response, type SocketOwner } from "./response.js";
import { ResponseHead } from "./response-head.js";

/** Whom the server answers. */
export interface AllowedHosts {
	/** The device's name, which `Host` may give, with and without `.local`. @defaultValue "dht" */
	name?: string;
	/** More names that `Host` may give. */
	hosts?: readonly string[];
	/** Web origins (`https://example.org`) whose pages may read and change. */
	origins?: readonly string[];
}

export interface ServerOptions extends Partial<Limits>, AllowedHosts {
	Listener: ListenerConstructor;
	clock: Clock;
	text: Text;
	/** @defaultValue 80 */
	port?: number;
	routes: Routes;
	/** Open connections, from 1, streams included. Two more may be open for a moment, while they are turned away. @defaultValue 14 */
	maxConnections?: number;
	/** Where a guest of the set-up access point is sent that asks for another host. */
	portal?: RedirectGuest;
	/** Asked before each request is answered. @defaultValue everybody may read, and change what can be changed */
	access?: { check(request: Request, handler: Handler): HTTPError | undefined };
	/** Told of exceptions in handlers, which the client sees as a 500. */
	onError?(error: unknown): void;
}

/** What happened since the start. */
export interface ServerCounters {
	/** Connections taken. */
	accepted: number;
	/** Connections closed to make room for new ones, or for what these sent and asked for. */
	gaveWay: number;
	/** Connections turned away because all were busy. */
	turnedAway: number;
	/** Exceptions in handlers. */
	failures: number;
}

const METHODS = Object.freeze(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"], true);
/** Connections being turned away. */
const SPARE = 2;
const CHECK_MS = 500;

export class Server {
	readonly clock: Clock;
	readonly text: Text;
	readonly limits: Limits;
	readonly access: ServerOptions["access"];
	readonly counters: ServerCounters = { accepted: 0, gaveWay: 0, turnedAway: 0, failures: 0 };
	messages!: ResponseHead;
	/** Answers by status. */
	readonly statuses = new Map<number, number>();
	#routes: Routes;
	#anything = new Options("GET, HEAD");
	#guard!: HostCheck;
	#origins!: readonly string[];
	#portal: RedirectGuest | undefined;
	#onError: ((error: unknown) => void) | undefined;
	/** Places for connections; `SPARE` more follow for those being turned away. */
	#places: number;
	#endpoints: (SocketOwner | undefined)[];
	/** Bytes of the heap that all connections hold between their turns. */
	#held = 0;
	/** The place given last, which mostly is free again. */
	#turn = 0;
	#listener: Listener | undefined;
	#timer: Timer | undefined;

	/** @throws {Error} An option is out of range, or `Listener` throws: the port is in use or no network is up. */
	constructor(options: ServerOptions) {
		const { Listener, clock, text, port = 80, maxConnections = 14 } = options;
		if (!Number.isInteger(maxConnections) || maxConnections < 1)
			throw new RangeError(`maxConnections ${maxConnections}: a whole number from 1`);
		const limits = checkLimits(options);
		this.clock = clock;
		this.text = text;
		this.limits = limits;
		this.#routes = options.routes;
		this.#portal = options.portal;
		this.allow(options);
		this.access = options.access;
		this.#onError = options.onError;
		this.#places = maxConnections;
		this.#endpoints = new Array(maxConnections + SPARE).fill(undefined);
		this.#listener = new Listener({ port, target: this, onReadable });
		this.#timer = clock.repeat(() => this.#check(), CHECK_MS);
	}

	/** Connections open now, streams and those being turned away included. */
	get connections(): number {
		let count = 0;
		for (const endpoint of this.#endpoints) if (endpoint?.socket) count++;
		return count;
	}

	close(): void {
		this.#listener?.close();
		this.#listener = undefined;
		this.clock.clear(this.#timer);
		this.#timer = undefined;
		for (const endpoint of this.#endpoints) endpoint?.close();
		this.#endpoints.fill(undefined);
	}

	/** From now on answers these; connections stay. */
	allow({ name = "dht", hosts = [], origins = [] }: AllowedHosts): void {
		this.#guard = new HostCheck(name, hosts, this.#portal);
		this.#origins = origins;
		this.messages = new ResponseHead(this.text, this.clock, origins);
	}

	/** Takes over a connection. Never throws. */
	accept(from: TCP): void {
		try {
			this.counters.accepted++;
			if (this.#endpoints[this.#turn]?.socket && !this.#turned(from.remoteAddress)) this.#turnAway(from);
			else this.#endpoints[this.#turn] = new Connection(this, from);
		} catch (error) {
			from.close();
			this.failed(error);
		}
	}

	/** Puts `to` where `from` was. */
	replace(from: SocketOwner, to: SocketOwner): void {
		this.#endpoints[this.#endpoints.indexOf(from)] = to;
	}

	/** Notes that `holder` holds more, or less, than before, and sees that all connections together hold no more than they may. */
	hold(more: number, holder: Connection): void {
		this.#held += more;
		const { maxHeld } = this.limits;
		if (more > 0 && this.#held > maxHeld)
			this.counters.gaveWay += bound(this.#endpoints, holder, this.#held, maxHeld, this.clock.ticks);
	}

	/** @returns Who answers `request`; why nobody does, or it is not allowed. */
	route(request: Request): Handler | HTTPError {
		const stranger = request.authority === "" ? undefined : this.#guard.check(request);
		if (stranger) return stranger;
		const method = request.method;
		const handler = this.#routes.get(request.path);
		if (handler && (method === "GET" || method === "HEAD")) return handler;
		if (!METHODS.includes(method)) return new HTTPError(501, `The method ${method.slice(0, 20)} is not implemented.`);
		if (method === "OPTIONS" && request.path === "*") return this.#anything;
		if (!handler) return new HTTPError(404, "There is nothing here.");
		if (method === "OPTIONS") return new Options(handler.allow);
		if (!handler.allow.includes(method))
			return new HTTPError(405, `Allowed here: ${handler.allow}.`, `Allow: ${handler.allow}\r\n`);
		return this.#checkChange(request) ?? handler;
	}

	/** Never throws: what goes wrong is in the answer. */
	answer(request: Request): Response {
		try {
			const handler = this.route(request);
			const answer =
				handler instanceof HTTPError ? handler : (this.access?.check(request, handler) ?? handler.handle(request));
			return answer instanceof HTTPError ? plainText(this.text, answer) : answer;
		} catch (error) {
			return this.failure(error);
		}
	}

	/** The answer that tells of an exception. */
	failure(error: unknown): Response {
		this.failed(error);
		return plainText(this.text, new HTTPError(500, "The device failed to answer."));
	}

	/** Counts an answer. */
	count(status: number): void {
		this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
	}

	/** Counts an exception that is the device's own fault, and tells of it. */
	failed(error: unknown): void {
		this.counters.failures++;
		this.#onError?.(error);
	}

	#checkChange(request: Request): HTTPError | undefined {
		const { origin, contentType = "", contentLength, transferEncoding } = request.fields;
		const isOwn = origin === undefined || origin === `http://${request.authority.toLowerCase()}`;
		if (!isOwn && !this.#origins.includes(origin))
			return new HTTPError(403, "Another site's page may not change this device.");
		if (contentLength === undefined && transferEncoding === undefined)
			return new HTTPError(411, "The body must have a length.");
		const [media = ""] = contentType.split(";", 1);
		if (media.trim().toLowerCase() !== "application/json")
			return new HTTPError(415, "The body must be application/json.");
		return undefined;
	}

	/** Turns to a free place, made by a connection that gives way if need be. @param address The newcomer's. @returns Whether there is one. */
	#turned(address: string | undefined): boolean {
		const endpoints = this.#endpoints;
		const count = this.#places;
		for (let left = count, place = this.#turn; left > 0; left--) {
			place = (place + 1) % count;
			if (endpoints[place]?.socket) continue;
			this.#turn = place;
			return true;
		}
		const found = evicted(endpoints, count, this.#turn, address, this.clock.ticks);
		if (found < 0) return false;
		this.#turn = found;
		endpoints[found]?.close();
		this.counters.gaveWay++;
		return true;
	}

	/** Tells a client to come back later. */
	#turnAway(from: TCP): void {
		this.counters.turnedAway++;
		const endpoints = this.#endpoints;
		for (let at = this.#places; at < endpoints.length; at++) {
			if (endpoints[at]?.socket) continue;
			const connection = new Connection(this, from);
			endpoints[at] = connection;
			connection.refuse(new HTTPError(503, "All connections are in use.", "Retry-After: 2\r\n"));
			return;
		}
		from.close();
	}

	#check(): void {
		const now = this.clock.ticks;
		for (let at = 0; at < this.#endpoints.length; at++) {
			const endpoint = this.#endpoints[at];
			if (!endpoint?.socket) this.#endpoints[at] = undefined;
			else endpoint.check(now);
		}
	}
}

function onReadable(this: Listener, count: number): void {
	do {
		const tcp = this.read();
		if (tcp) (this.target as Server).accept(tcp);
	} while (--count > 0);
}
