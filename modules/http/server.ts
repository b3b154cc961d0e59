/** The HTTP server: accepts connections, bounds them, and finds the handlers of requests. */

import type { Clock, Timer } from "../platform/clock.js";
import type { Listener, ListenerConstructor, TCP } from "../platform/io.js";
import type { CutHead, Text } from "../platform/text.js";
import { Connection } from "./connection.js";
import type { ConnectionOwner } from "./connection-owner.js";
import { checkContent, checkOrigin } from "./content-check.js";
import { CrossOrigin } from "./cross-origin.js";
import { evicted } from "./eviction.js";
import { type FieldTable, OWN_FIELDS } from "./field-rules.js";
import { asUploadHandler, type Handler, Options, type Routes, type UploadHandler } from "./handler.js";
import { type AllowedHosts, HostCheck, type RedirectGuest } from "./host-check.js";
import { checkLimits, type Limits } from "./limits.js";
import { bound } from "./memory-bound.js";
import type { Request } from "./request.js";
import { RequestParser } from "./request-parser.js";
import { type DetachedOwner, HTTPError, plainText, type Response, type SocketOwner } from "./response.js";
import { ResponseHead } from "./response-head.js";

export interface ServerOptions extends Partial<Limits>, AllowedHosts {
	Listener: ListenerConstructor;
	clock: Clock;
	text: Text;
	/** Cuts the heads that most clients send. @defaultValue they are read as others are */
	cutHead?: CutHead | undefined;
	/** @defaultValue 80 */
	port?: number;
	routes: Routes;
	/** Open connections, from 1, streams included. Two more may be open for a moment, while they are rejected. @defaultValue 14 */
	maxConnections?: number;
	/** Header fields that are read: the server's own, and those that handlers ask for. @defaultValue the server's own */
	fields?: FieldTable;
	/** Media types of content, in lower case, where a handler has none of its own; others get 415. @defaultValue all */
	contentTypes?: readonly string[];
	redirectGuest?: RedirectGuest;
	/** Appended to the sentence of 421: how a name is added. */
	hostHint?: string;
	/** Asked before each request is handled. @defaultValue everybody may read and change */
	access?: {
		check(request: Request, handler: Handler): HTTPError | undefined;
		/** Whether clients need credentials to read: then no handler is shared. */
		readonly isPrivate?: boolean;
	};
	/** Called with exceptions in handlers, which the client sees as a 500. */
	onError?(error: unknown): void;
}

/** Counted since the server was made. */
export interface ServerCounters {
	/** Connections accepted. */
	accepted: number;
	/** Connections closed in favour of new ones, or of memory for others. */
	connectionsEvicted: number;
	/** Connections rejected because all were busy. */
	connectionsRejected: number;
	/** Exceptions in handlers. */
	failures: number;
}

const METHODS = Object.freeze(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"], true);
/** Slots of connections being rejected. */
const SPARE = 2;
const CHECK_MS = 500;

export class Server implements ConnectionOwner {
	readonly clock: Clock;
	readonly text: Text;
	readonly limits: Limits;
	readonly fields: FieldTable;
	readonly parser: RequestParser;
	readonly counters: ServerCounters = { accepted: 0, connectionsEvicted: 0, connectionsRejected: 0, failures: 0 };
	responseHead!: ResponseHead;
	/** Responses by status. */
	readonly statuses = new Map<number, number>();
	#routes: Routes;
	#anything = new Options("GET, HEAD");
	#contentTypes: readonly string[] | undefined;
	#access: ServerOptions["access"];
	#redirectGuest: RedirectGuest | undefined;
	#hostHint: string | undefined;
	#onError: ((error: unknown) => void) | undefined;
	#hostCheck!: HostCheck;
	#origins!: readonly string[];
	/** Slots for connections; `SPARE` more follow for those being rejected. */
	#slots: number;
	#owners: (SocketOwner | undefined)[];
	/** Bytes of the heap that all connections hold between events. */
	#held = 0;
	/** The slot given last, which mostly is free again. */
	#slot = 0;
	#listener: Listener | undefined;
	#timer: Timer | undefined;

	/** @throws {Error} An option is out of range, or `Listener` throws: the port is in use or no network is up. */
	constructor(options: ServerOptions) {
		const { Listener, clock, text, port = 80, maxConnections = 14, fields = OWN_FIELDS } = options;
		if (!Number.isInteger(maxConnections) || maxConnections < 1)
			throw new RangeError(`maxConnections ${maxConnections}: a whole number from 1`);
		this.limits = checkLimits(options);
		this.clock = clock;
		this.text = text;
		this.fields = fields;
		this.parser = new RequestParser(fields, options.cutHead);
		this.#routes = options.routes;
		this.#contentTypes = options.contentTypes;
		this.#access = options.access;
		this.#redirectGuest = options.redirectGuest;
		this.#hostHint = options.hostHint;
		this.#onError = options.onError;
		this.allow(options);
		this.#slots = maxConnections;
		this.#owners = new Array(maxConnections + SPARE).fill(undefined);
		this.#listener = new Listener({ port, target: this, onReadable });
		this.#timer = clock.repeat(() => this.#check(), CHECK_MS);
	}

	/** Connections open now, streams and those being rejected included. */
	get connections(): number {
		const owners = this.#owners;
		let count = 0;
		for (let slot = 0; slot < owners.length; slot++) if (owners[slot]?.socket) count++;
		return count;
	}

	close(): void {
		this.#listener?.close();
		this.#listener = undefined;
		this.clock.clear(this.#timer);
		this.#timer = undefined;
		for (const owner of this.#owners) owner?.close();
		this.#owners.fill(undefined);
	}

	/** From now on requests may give these names; connections stay. */
	allow(allowed: AllowedHosts): void {
		this.#hostCheck = new HostCheck(allowed, this.#redirectGuest, this.#hostHint);
		this.#origins = allowed.origins ?? [];
		const crossOrigin = new CrossOrigin(this.#origins, this.#routes, this.#access);
		this.responseHead = new ResponseHead(this.text, this.clock, crossOrigin);
	}

	/** Takes over a connection. Never throws. */
	accept(from: TCP): void {
		try {
			this.counters.accepted++;
			if (this.#owners[this.#slot]?.socket && !this.#findSlot(from.remoteAddress)) this.#reject(from);
			else this.#owners[this.#slot] = new Connection(this, from);
		} catch (error) {
			from.close();
			this.failed(error);
		}
	}

	handOver(from: SocketOwner, socket: TCP, to: DetachedOwner): void {
		this.parser.forget();
		this.#owners[this.#owners.indexOf(from)] = to;
		socket.target = to;
		to.attach(socket, from.writable);
		// No failure is reported while bytes are unread.
		if (from.unread) to.receive();
	}

	hold(more: number, holder: SocketOwner): void {
		this.#held += more;
		const { maxHeld } = this.limits;
		if (more > 0 && this.#held > maxHeld)
			this.counters.connectionsEvicted += bound(this.#owners, holder, this.#held, maxHeld, this.clock.ticks);
	}

	route(request: Request): Handler | HTTPError {
		const method = request.method;
		if (!request.isToAddress) {
			const wrongHost = this.#hostCheck.check(request);
			if (wrongHost) return wrongHost;
		}
		const handler = this.#routes.get(request.path);
		if (handler && (method === "GET" || method === "HEAD")) return handler;
		const found = this.#findChange(request, handler);
		if (found instanceof HTTPError || method === "OPTIONS") return found;
		// That of an upload is checked after access.
		const upload = asUploadHandler(handler, request);
		if (upload && (request.contentLength !== 0 || upload.checksContent)) return found;
		return checkContent(request, found, this.#contentTypes) ?? found;
	}

	uploadHandler(request: Request): UploadHandler | HTTPError | undefined {
		const handler = asUploadHandler(this.#routes.get(request.path), request);
		if (!handler || !isChange(request)) return undefined;
		const found = this.route(request);
		if (found instanceof HTTPError) return found;
		const denied = this.#access?.check(request, handler);
		if (denied || handler.checksContent) return denied ?? handler;
		return checkContent(request, handler, this.#contentTypes) ?? handler;
	}

	respond(request: Request): Response {
		try {
			const found = this.route(request);
			if (found instanceof HTTPError) return plainText(this.text, found);
			const response = this.#access?.check(request, found) ?? found.handle(request);
			return response instanceof HTTPError ? plainText(this.text, response) : response;
		} catch (error) {
			return this.failure(error);
		}
	}

	failure(error: unknown): Response {
		this.failed(error);
		return plainText(this.text, new HTTPError(500, "The server failed to respond."));
	}

	count(status: number): void {
		this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
	}

	failed(error: unknown): void {
		this.counters.failures++;
		this.#onError?.(error);
	}

	/** @returns `handler`, where a method other than GET and HEAD is allowed; otherwise the error. */
	#findChange(request: Request, handler: Handler | undefined): Handler | HTTPError {
		const { method, path } = request;
		if (!METHODS.includes(method)) return new HTTPError(501, `The method ${method.slice(0, 20)} is not implemented.`);
		if (method === "OPTIONS" && path === "*") return this.#anything;
		if (!handler) return new HTTPError(404, "There is nothing here.");
		if (method === "OPTIONS") return new Options(handler.allow);
		if (!handler.allow.includes(method))
			return new HTTPError(405, `Allowed here: ${handler.allow}.`, `Allow: ${handler.allow}\r\n`);
		return checkOrigin(request, this.#origins) ?? handler;
	}

	/** Finds a free slot; a connection is evicted if need be. @param address Of the newcomer. @returns Whether there is one. */
	#findSlot(address: string | undefined): boolean {
		const owners = this.#owners;
		const count = this.#slots;
		for (let left = count, slot = this.#slot; left > 0; left--) {
			slot = (slot + 1) % count;
			if (owners[slot]?.socket) continue;
			this.#slot = slot;
			return true;
		}
		const found = evicted(owners, count, this.#slot, address, this.clock.ticks);
		if (found < 0) return false;
		this.#slot = found;
		owners[found]?.close();
		this.counters.connectionsEvicted++;
		return true;
	}

	/** Tells a client to come back later. */
	#reject(from: TCP): void {
		this.counters.connectionsRejected++;
		const owners = this.#owners;
		for (let slot = this.#slots; slot < owners.length; slot++) {
			if (owners[slot]?.socket) continue;
			const connection = new Connection(this, from);
			owners[slot] = connection;
			connection.refuse(new HTTPError(503, "All connections are in use.", "Retry-After: 2\r\n"));
			return;
		}
		from.close();
	}

	#check(): void {
		const now = this.clock.ticks;
		for (let slot = 0; slot < this.#owners.length; slot++) {
			const owner = this.#owners[slot];
			if (!owner?.socket) this.#owners[slot] = undefined;
			else owner.check(now);
		}
	}
}

/** Whether the method may change something. */
function isChange({ method }: Request): boolean {
	return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}

function onReadable(this: Listener, count: number): void {
	do {
		const tcp = this.read();
		if (tcp) (this.target as Server).accept(tcp);
	} while (--count > 0);
}
