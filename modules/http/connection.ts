/** One connection of a client: its requests, one after the other, and their responses. */

import type { TCP, TCPConstructor } from "../platform/types.js";
import { BodyReader } from "./body-reader.js";
import type { ConnectionOwner } from "./connection-owner.js";
import { tooLong } from "./content-decoder.js";
import { Drain } from "./drain.js";
import { Standing } from "./eviction.js";
import { HeadReader } from "./head-reader.js";
import { cancel, type End, heldBy, type PendingResponse, SourceError, writePending } from "./pending-response.js";
import type { Request } from "./request.js";
import { type DetachedOwner, HTTPError, plainText, type Response, type SocketOwner } from "./response.js";
import { Upload } from "./upload.js";

/** After so long without a byte a new connection counts as resting, ms. */
const FRESH_MS = 100;
/** A response or upload makes progress while `PROGRESS` bytes of it pass within this time, ms: */
const PROGRESS_MS = 1000;
/** a TCP segment of the minimum size that every host takes (RFC 9293, 3.7.1). Single bytes would keep it under way for hours. */
const PROGRESS = 536;
/** So long a response that makes progress is young, ms. */
const YOUNG_MS = 5000;

/** What a request under way has brought so far, or what follows an early error. */
type Input = HeadReader | BodyReader | Upload | Drain;

export class Connection implements SocketOwner {
	readonly server: ConnectionOwner;
	readonly remoteAddress: string | undefined;
	socket: TCP | undefined;
	writable = 0;
	/** When the state began, or progress was last made. */
	since: number;
	input: Input | undefined = undefined;
	pending: PendingResponse | undefined = undefined;
	/** Bytes of the heap that were kept for the client after its last event. */
	held = 0;
	/** Whether bytes of the client are left in the socket until the response is sent or an upload resumes. */
	unread = false;
	/** Whether a response was sent on it. */
	responded = false;

	constructor(server: ConnectionOwner, from: TCP) {
		this.server = server;
		this.since = server.clock.ticks;
		this.remoteAddress = from.remoteAddress;
		this.socket = new (from.constructor as TCPConstructor)({ from, target: this, onReadable, onWritable, onError });
	}

	receive(): void {
		const { input } = this;
		if (this.pending || (input instanceof Upload && input.paused)) {
			this.unread = true;
			return;
		}
		try {
			const buffer = this.socket?.read();
			if (buffer) this.take(new Uint8Array(buffer));
		} catch (error) {
			this.fail(error);
		}
		if (this.held > 0 || this.input || this.pending) this.settle();
	}

	send(): void {
		try {
			if (this.pending) this.advance();
			if (this.input) this.proceed();
		} catch (error) {
			this.fail(error);
		}
		if (this.unread && !this.pending) {
			this.unread = false;
			this.receive();
		} else if (this.held > 0 || this.input) this.settle();
	}

	/** Counts what is kept for the client until its next event. */
	private settle(): void {
		const { input, pending } = this;
		const more = (pending ? heldBy(pending) : 0) + (input ? input.held : 0) - this.held;
		this.held += more;
		if (more !== 0) this.server.hold(more, this);
	}

	/** Frees memory for another connection. */
	evict(): void {
		if (this.pending) this.close();
		else this.refuse(new HTTPError(503, "Too much is under way at once.", "Retry-After: 2\r\n"));
		this.settle();
	}

	check(now: number): void {
		const { headerMs, bodyMs, idleMs, progressMs } = this.server.limits;
		const elapsed = now - this.since;
		const { input, pending } = this;
		if (pending || input === undefined || input instanceof Drain) {
			if (elapsed >= (pending ? progressMs : input instanceof Drain ? input.limitMs : idleMs)) this.close();
			return;
		}
		const isUpload = input instanceof Upload;
		if (isUpload && input.paused) return;
		if (elapsed < (isUpload ? progressMs : input instanceof HeadReader ? headerMs : bodyMs)) return;
		this.refuse(new HTTPError(408, "The request did not arrive in time."));
		this.settle();
	}

	standing(now: number): number {
		const { input, pending } = this;
		const elapsed = now - this.since;
		if (pending) {
			if (elapsed >= PROGRESS_MS) return Standing.request;
			return now - (pending.begun ?? now) < YOUNG_MS ? Standing.protected : Standing.responding;
		}
		if (input === undefined) return this.responded || elapsed >= FRESH_MS ? Standing.resting : Standing.begun;
		if (input instanceof HeadReader) return Standing.begun;
		if (input instanceof Upload) return input.paused || elapsed < PROGRESS_MS ? Standing.protected : Standing.request;
		return input instanceof BodyReader ? Standing.request : Standing.resting;
	}

	close(): void {
		const { socket, pending } = this;
		if (!socket) return;
		this.socket = undefined;
		this.await(undefined);
		socket.close();
		if (pending) {
			cancel(pending);
			this.pending = undefined;
		}
		this.settle();
	}

	/** While a response is under way, it is the body source that failed, or a write: the peer has gone. Otherwise it is the server's own defect. */
	private fail(error: unknown): void {
		if (error instanceof SourceError) this.server.failed(error.thrown);
		else if (!this.pending) {
			this.end(this.server.failure(error));
			return;
		}
		this.close();
	}

	/** Responds with an error and ends, whatever is under way. Never throws. */
	refuse(error: HTTPError): void {
		this.end(plainText(this.server.text, error));
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
		const input = this.input;
		if (input instanceof Drain) {
			input.left -= piece.byteLength;
			if (input.isExtended) this.since = this.server.clock.ticks;
			if (input.left <= 0) this.close();
			return;
		}
		if (input) input.push(piece);
		else this.await(new HeadReader(piece));
		this.proceed();
	}

	/** Handles the requests that have arrived, up to the first whose response has to wait. */
	private proceed(): void {
		while (!this.pending) {
			const input = this.input;
			if (input === undefined || input instanceof Drain) return;
			const goesOn =
				input instanceof HeadReader
					? this.readHead(input)
					: input instanceof BodyReader
						? this.readBody(input)
						: this.readUpload(input);
			if (!goesOn) return;
		}
	}

	/** @returns Whether the head was complete, and one of a request. */
	private readHead(input: HeadReader): boolean {
		const { text, limits, parser } = this.server;
		const head = input.take(text, limits.maxLine, limits.maxFields, parser.cookie);
		if (head === undefined) return false;
		const request = typeof head === "string" ? parser.parse(head, this.remoteAddress) : head;
		if (request instanceof HTTPError) {
			this.refuse(request);
			return false;
		}
		if (request.contentLength !== 0) return this.expect(request, input.rest());
		this.respond(request, this.server.respond(request), input.rest());
		return true;
	}

	/** Begins with content. @param rest What has arrived of it. @returns Whether it may be sent. */
	private expect(request: Request, rest: Uint8Array | undefined): boolean {
		const { server } = this;
		const { maxBody } = server.limits;
		const expects = request.minorVersion === 1 && request.fields.expect !== undefined;
		const handler = server.uploadHandler(request);
		const found =
			handler ?? (request.contentLength > maxBody ? tooLong(maxBody) : expects ? server.route(request) : undefined);
		if (found instanceof HTTPError) {
			this.refuse(found);
			return false;
		}
		const isUpload = handler !== undefined && !(handler instanceof HTTPError);
		const input = isUpload ? new Upload(request, handler, () => this.resume()) : new BodyReader(request, maxBody);
		this.await(input);
		if (input instanceof Upload) input.open();
		if (rest) input.push(rest);
		else if (expects && !(input instanceof Upload && input.response)) this.start({ bytes: server.responseHead.goOn });
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
		if (!upload.response) upload.feed();
		if (upload.moved >= PROGRESS || upload.paused) {
			upload.moved = 0;
			this.since = this.server.clock.ticks;
		}
		const { response, request } = upload;
		if (!response) return false;
		const whole = response instanceof HTTPError ? plainText(this.server.text, response) : response;
		if (upload.complete) this.respond(request, whole, upload.rest());
		else {
			this.await(undefined);
			this.reply(whole, request, new Drain(upload.remaining, this.server.limits.progressMs, true));
		}
		return true;
	}

	/** An upload goes on, or has its response. */
	private resume(): void {
		this.since = this.server.clock.ticks;
		this.send();
	}

	/** @param rest What has arrived after the request. */
	private respond(request: Request, response: Response, rest: Uint8Array | undefined): void {
		const stays = request.keepAlive && !response.detach && !(response.source && request.minorVersion === 0);
		this.input = stays && rest ? new HeadReader(rest) : undefined;
		this.reply(response, request, stays ? undefined : "close");
	}

	private reply(response: Response, request: Request | undefined, end: End | undefined): void {
		this.responded = true;
		this.server.count(response.status);
		this.start(this.server.responseHead.compose(response, request, end));
	}

	/** Goes on with `input`; an upload under way ends. */
	private await(input: Input | undefined): void {
		const before = this.input;
		this.input = input;
		this.since = this.server.clock.ticks;
		if (before instanceof Upload) this.cancel(before);
	}

	private cancel(upload: Upload): void {
		try {
			upload.cancel();
		} catch (error) {
			this.server.failed(error);
		}
	}

	/** Begins to send `pending`. @throws {SourceError} @throws {Error} The socket's. */
	private start(pending: PendingResponse): void {
		if (!this.socket) return;
		this.pending = pending;
		pending.begun = this.since = this.server.clock.ticks;
		this.advance();
	}

	/** Sends what the socket takes of the response, and is done with it when that was all. @throws {SourceError} @throws {Error} The socket's. */
	private advance(): void {
		const pending = this.pending!;
		const before = this.writable;
		const after = writePending(pending, this.socket!, before);
		if (after === undefined) {
			this.close();
			return;
		}
		this.writable = after;
		if (pending.bytes || pending.body) {
			pending.moved = (pending.moved ?? 0) + before - after;
			if (pending.moved < PROGRESS) return;
			pending.moved = 0;
		} else this.pending = undefined;
		this.since = this.server.clock.ticks;
		if (pending.end && !this.pending) this.finish(pending.end);
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
			this.server.replace(this, end);
			socket.target = end;
			end.attach(socket, this.writable);
			// No failure is reported while bytes are unread.
			if (this.unread) end.receive();
		}
	}
}

// Shared by all sockets. An exception would end the program: socket owners throw none.

function onReadable(this: TCP): void {
	(this.target as SocketOwner).receive();
}

function onWritable(this: TCP, writable: number): void {
	(this.target as SocketOwner).writable = writable;
	if ((this.target as SocketOwner).pending) (this.target as SocketOwner).send();
}

function onError(this: TCP): void {
	(this.target as SocketOwner).close();
}
