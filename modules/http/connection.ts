/** One connection of a client: its requests, one after the other, and their responses. */

import type { TCP, TCPConstructor } from "../platform/io.js";
import type { BodyReader } from "./body-reader.js";
import type { ConnectionOwner } from "./connection-owner.js";
import { contentReader, expectsContinue } from "./content-reader.js";
import { Drain } from "./drain.js";
import { HeadReader, wholeHead } from "./head-reader.js";
import { PROGRESS } from "./limits.js";
import { cancel, type End, heldBy, type PendingResponse, SourceError, writePending } from "./pending-response.js";
import type { Request } from "./request.js";
import { type DetachedOwner, HTTPError, plainText, type Response, type SocketOwner } from "./response.js";
import { onError, onReadable, onWritable } from "./socket-callbacks.js";
import { type Input, limitOf, type State, standingOf } from "./standing.js";
import { Upload } from "./upload.js";

export class Connection implements SocketOwner, State {
	readonly server: ConnectionOwner;
	readonly remoteAddress: string | undefined;
	socket: TCP | undefined;
	writable = 0;
	since: number;
	input: Input | undefined;
	pending: PendingResponse | undefined;
	/** Bytes of the heap that were kept for the client after its last event. */
	held = 0;
	/** Bytes of the client that are left in the socket until the response is sent or an upload resumes. */
	unread: number | undefined;
	responded: boolean | undefined;

	constructor(server: ConnectionOwner, from: TCP) {
		this.server = server;
		this.since = server.clock.ticks;
		this.remoteAddress = from.remoteAddress;
		this.socket = new (from.constructor as TCPConstructor)({ from, target: this, onReadable, onWritable, onError });
	}

	receive(byteLength?: number): void {
		try {
			if (this.pending || (this.input && this.input instanceof Upload)) this.receiveLater(byteLength);
			else {
				const buffer = this.socket?.read();
				if (buffer) this.take(new Uint8Array(buffer));
			}
		} catch (error) {
			this.fail(error);
		}
		const { pending } = this;
		if (this.held > 0 || this.input || (pending && !pending.flash)) this.settle();
	}

	/** Leaves in the socket what waits for a response, or for the sink of an upload. @throws As `take`. */
	private receiveLater(byteLength = 0): void {
		const { input, pending } = this;
		this.unread = byteLength;
		if (pending || !(input instanceof Upload)) return;
		this.unread = input.read(this, byteLength);
		if (this.unread > 0 && this.input !== input) this.receive(this.unread);
	}

	send(): void {
		try {
			if (this.pending) this.advance();
			if (this.input) this.proceed();
		} catch (error) {
			this.fail(error);
		}
		const { unread } = this;
		if (unread && !this.pending) {
			this.unread = undefined;
			this.receive(unread);
		} else if (this.held > 0 || this.input || this.pending) this.settle();
	}

	check(now: number): void {
		if (now - this.since < limitOf(this, this.server.limits)) return;
		const { input, pending } = this;
		if (pending || input === undefined || input instanceof Drain) this.close();
		else this.refuse(new HTTPError(408, "The request did not arrive in time."));
		this.settle();
	}

	standing(now: number): number {
		return standingOf(this, now);
	}

	/** Frees memory for another connection. */
	evict(): void {
		if (this.pending) this.close();
		else this.refuse(new HTTPError(503, "Too much is under way at once.", "Retry-After: 2\r\n"));
		this.settle();
	}

	/** Responds with an error and ends, whatever is under way. Never throws. */
	refuse(error: HTTPError): void {
		this.end(plainText(this.server.text, error));
	}

	close(): void {
		const { socket, pending } = this;
		if (!socket) return;
		this.socket = undefined;
		if (this.input) this.await(undefined);
		socket.close();
		if (pending) {
			this.pending = undefined;
			cancel(pending);
		}
		if (this.held > 0) this.settle();
	}

	/** Counts what is kept for the client until its next event. */
	private settle(): void {
		const { input, pending } = this;
		const more = (pending ? heldBy(pending) : 0) + (input ? input.held : 0) - this.held;
		if (more === 0) return;
		this.held += more;
		this.server.hold(more, this);
	}

	/** While a response is under way, it is the body source that failed, or a write: the peer has gone. Otherwise it is the server's own defect. */
	private fail(error: unknown): void {
		if (error instanceof SourceError) this.server.failed(error.thrown);
		if (this.pending) this.close();
		else this.end(this.server.failure(error));
	}

	private end(response: Response): void {
		if (!this.socket) return;
		const { lingerBytes, lingerMs } = this.server.limits;
		try {
			this.await(undefined);
			this.reply(response, undefined, new Drain(lingerBytes, lingerMs));
		} catch {
			// The peer has gone.
			this.close();
		}
	}

	/** Takes what arrived. @throws {SourceError} @throws {Error} The socket's, or a sink's. */
	private take(piece: Uint8Array): void {
		const { input, server } = this;
		if (input === undefined) {
			const { text, parser, limits } = server;
			const usual = parser.cutHead && parser.parseUsual(piece, limits.maxLine, this.remoteAddress);
			const head = usual ?? wholeHead(text, piece, limits.maxLine);
			if (head === undefined) this.await(new HeadReader(piece));
			else if (!this.begin(head, undefined)) return;
		} else if (input instanceof Drain) {
			if (input.drop(piece.byteLength) >= PROGRESS) this.since = server.clock.ticks;
			if (input.left <= 0) this.close();
			return;
		} else input.push(piece);
		this.proceed();
	}

	/** Handles the requests that have arrived, up to the first whose response has to wait. */
	proceed(): void {
		for (let input = this.input; input && !this.pending; input = this.input) {
			const goesOn =
				input instanceof HeadReader
					? this.readHead(input)
					: input instanceof Upload
						? this.readUpload(input)
						: !(input instanceof Drain) && this.readBody(input);
			if (!goesOn) return;
		}
	}

	/** @returns Whether the head was complete, and one of a request. */
	private readHead(input: HeadReader): boolean {
		const { text, limits, fields } = this.server;
		const head = input.take(text, limits, fields.cookie);
		return head !== undefined && this.begin(head, input.rest);
	}

	/** @param rest What has arrived after the head. @returns Whether the head was one of a request. */
	private begin(head: string | Request | HTTPError, rest: Uint8Array | undefined): boolean {
		const server = this.server;
		const request = typeof head === "string" ? server.parser.parse(head, this.remoteAddress) : head;
		if (request instanceof HTTPError) {
			this.refuse(request);
			return false;
		}
		if (request.contentLength !== 0) return this.readContent(request, rest);
		this.respond(request, server.respond(request), rest);
		return true;
	}

	/** Begins with content. @param rest What has arrived of it. @returns Whether it may be sent. */
	private readContent(request: Request, rest: Uint8Array | undefined): boolean {
		const reader = contentReader(this.server, request, () => {
			this.since = this.server.clock.ticks;
			this.send();
		});
		if (reader instanceof HTTPError) {
			this.refuse(reader);
			return false;
		}
		this.await(reader);
		const isDecided = reader instanceof Upload && reader.open();
		if (rest) reader.push(rest);
		else if (expectsContinue(request) && !isDecided) {
			this.pending = { bytes: this.server.responseHead.goOn };
			this.advance();
		}
		return true;
	}

	/** @returns Whether the content was complete. */
	private readBody(body: BodyReader): boolean {
		const complete = body.complete();
		if (complete instanceof HTTPError) this.refuse(complete);
		if (complete !== true) return false;
		const { request } = body;
		request.body = body.content();
		this.respond(request, this.server.respond(request), body.rest());
		return true;
	}

	/** @returns Whether its response was decided. */
	private readUpload(upload: Upload): boolean {
		if (upload.feed(PROGRESS)) this.since = this.server.clock.ticks;
		const { request, response } = upload;
		if (!response) return false;
		const whole = response instanceof HTTPError ? plainText(this.server.text, response) : response;
		if (upload.complete) this.respond(request, whole, upload.rest());
		else {
			this.await(undefined);
			this.reply(whole, request, new Drain(upload.remaining, this.server.limits.progressMs, true));
		}
		return true;
	}

	/** Goes on with `input`; an upload under way ends. */
	private await(input: Input | undefined): void {
		const before = this.input;
		this.input = input;
		this.since = this.server.clock.ticks;
		if (before instanceof Upload) before.cancel();
	}

	/** @param rest What has arrived after the request. */
	private respond(request: Request, response: Response, rest: Uint8Array | undefined): void {
		const stays = request.keepAlive && !response.detach && (request.minorVersion === 1 || !response.source);
		this.input = stays && rest ? new HeadReader(rest) : undefined;
		this.reply(response, request, stays ? undefined : "close");
	}

	/** Begins to send the response. @throws {SourceError} @throws {Error} The socket's. */
	private reply(response: Response, request: Request | undefined, end: End | undefined): void {
		const server = this.server;
		this.responded = true;
		server.count(response.status);
		const pending = server.responseHead.compose(response, request, end);
		if (!this.socket) return;
		this.since = pending.begun = server.clock.ticks;
		this.pending = pending;
		this.advance();
	}

	/** Sends what the socket takes of the response. @throws {SourceError} @throws {Error} The socket's. */
	private advance(): void {
		const pending = this.pending!;
		const before = this.writable;
		const after = writePending(pending, this.socket!, before);
		if (after === undefined) {
			this.close();
			return;
		}
		this.writable = after;
		if (pending.bytes || pending.body || pending.source) {
			const moved = (pending.moved ?? 0) + before - after;
			if (moved >= PROGRESS) this.since = this.server.clock.ticks;
			pending.moved = moved % PROGRESS;
		} else {
			this.pending = undefined;
			this.since = this.server.clock.ticks;
			if (pending.end) this.finish(pending.end);
		}
	}

	/** Ends, or hands the socket over. */
	private finish(end: End | DetachedOwner): void {
		const socket = this.socket;
		if (!socket) return;
		if (end === "close") {
			// What is left unread would turn the end into a reset, which may overtake the response.
			socket.read();
			this.close();
		} else if (end instanceof Drain) {
			this.await(end);
			this.receive();
		} else {
			this.socket = undefined;
			this.server.handOver(this, socket, end);
		}
	}
}
