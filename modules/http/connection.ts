/** One connection of a client: its requests, one after the other, and their answers. */

import type { TCP, TCPConstructor } from "../platform/io.js";
import { BodyReader, tooLong } from "./body-reader.js";
import { Drain } from "./drain.js";
import { Standing } from "./eviction.js";
import { HeadReader } from "./head-reader.js";
import { cancel, type End, heldBy, nextChunk, type PendingResponse, SourceError } from "./pending-response.js";
import type { Request } from "./request.js";
import { parseRequest } from "./request-parser.js";
import { type DetachedOwner, HTTPError, plainText, type Response, type SocketOwner } from "./response.js";
import type { Server } from "./server.js";

/** A connection that was opened this long ago and has said nothing rests, ms. */
const FRESH_MS = 100;
/** An answer makes progress while `PROGRESS` bytes of it go out within this time, ms: */
const ANSWERING_MS = 1000;
/** a TCP segment of the least size that every host takes (RFC 9293, 3.7.1). Single bytes would keep an answer under way for hours. */
const PROGRESS = 536;
/** So long an answer that makes progress is young, ms. */
const YOUNG_MS = 5000;

/** Its fields are not private: a `#field` costs twice, once as it is declared and once as it is set. */
export class Connection implements SocketOwner {
	declare readonly server: Server;
	declare readonly remoteAddress: string | undefined;
	declare socket: TCP | undefined;
	declare room: number;
	/** When the state began, or the answer last made progress. */
	declare since: number;
	/** When the answer under way began. */
	declare begun: number;
	/** Bytes that went out since it last made progress. */
	declare moved: number;
	/** What a request under way has brought so far. */
	declare input: HeadReader | BodyReader | Drain | undefined;
	declare pending: PendingResponse | undefined;
	/** Bytes of the heap that were kept for the client after its last turn. */
	declare held: number;
	/** Whether bytes of the client wait in the socket until the answer is out. */
	declare unread: boolean | undefined;
	/** Whether a request was answered on it. */
	declare answered: boolean | undefined;

	constructor(server: Server, from: TCP) {
		this.server = server;
		this.since = server.clock.ticks;
		this.remoteAddress = from.remoteAddress;
		this.room = 0;
		this.held = 0;
		this.socket = new (from.constructor as TCPConstructor)({ from, target: this, onReadable, onWritable, onError });
	}

	receive(): void {
		if (this.pending) {
			this.unread = true;
			return;
		}
		try {
			const buffer = this.socket?.read();
			if (buffer) this.goOn(new Uint8Array(buffer));
		} catch (error) {
			this.fail(error);
		}
		if (this.held > 0 || this.input || this.pending) this.settle();
	}

	send(): void {
		try {
			this.advance();
			if (this.input) this.proceed();
		} catch (error) {
			this.fail(error);
		}
		if (this.unread && !this.pending) {
			this.unread = false;
			this.receive();
		} else if (this.held > 0 || this.input) this.settle();
	}

	/** Counts what is kept for the client until its next turn. */
	private settle(): void {
		const { input, pending: owed } = this;
		const more = (owed ? heldBy(owed) : 0) + (input ? input.held : 0) - this.held;
		this.held += more;
		if (more !== 0) this.server.hold(more, this);
	}

	/** Makes room for another. */
	evict(): void {
		if (this.pending) this.close();
		else this.refuse(new HTTPError(503, "Too much is under way at once.", "Retry-After: 2\r\n"));
		this.settle();
	}

	check(now: number): void {
		const { headerMs, bodyMs, idleMs, lingerMs, progressMs } = this.server.limits;
		const elapsed = now - this.since;
		const { input, pending: owed } = this;
		if (owed || input === undefined || input instanceof Drain) {
			if (elapsed >= (owed ? progressMs : input ? lingerMs : idleMs)) this.close();
		} else if (elapsed >= (input instanceof HeadReader ? headerMs : bodyMs)) {
			this.refuse(new HTTPError(408, "The request did not arrive in time."));
			this.settle();
		}
	}

	standing(now: number): number {
		const { input, pending } = this;
		const elapsed = now - this.since;
		if (pending) {
			if (elapsed >= ANSWERING_MS) return Standing.request;
			return now - this.begun < YOUNG_MS ? Standing.protected : Standing.answering;
		}
		if (input === undefined) return this.answered || elapsed >= FRESH_MS ? Standing.resting : Standing.begun;
		if (input instanceof HeadReader) return Standing.begun;
		return input instanceof BodyReader ? Standing.request : Standing.resting;
	}

	close(): void {
		const socket = this.socket;
		if (!socket) return;
		this.socket = undefined;
		this.input = undefined;
		socket.close();
		if (this.pending) {
			cancel(this.pending);
			this.pending = undefined;
		}
		this.settle();
	}

	/** While an answer is under way, it is the source that failed, or a write: the peer has gone. Else it is the device's own fault. */
	private fail(error: unknown): void {
		if (error instanceof SourceError) this.server.failed(error.thrown);
		else if (!this.pending) {
			this.end(this.server.failure(error));
			return;
		}
		this.close();
	}

	/** Answers with an error and ends, whatever the client is at. Never throws. */
	refuse(refusal: HTTPError): void {
		this.end(plainText(this.server.text, refusal));
	}

	private end(answer: Response): void {
		if (!this.socket) return;
		try {
			this.await(undefined);
			this.reply(answer, undefined, "linger");
		} catch {
			// The peer has gone.
			this.close();
		}
	}

	/** Takes what comes next. @throws {SourceError} @throws {Error} The socket's. */
	private goOn(piece: Uint8Array): void {
		const input = this.input;
		if (input instanceof Drain) {
			input.left -= piece.byteLength;
			if (input.left <= 0) this.close();
			return;
		}
		if (input) input.push(piece);
		else this.await(new HeadReader(piece));
		this.proceed();
	}

	/** Works through the requests that have arrived, up to the first whose answer has to wait. */
	private proceed(): void {
		while (!this.pending) {
			const input = this.input;
			if (input === undefined || input instanceof Drain) return;
			if (!(input instanceof HeadReader ? this.head(input) : this.body(input))) return;
		}
	}

	/** @returns Whether the head was complete, and one of a request. */
	private head(input: HeadReader): boolean {
		const server = this.server;
		const { limits } = server;
		const text = input.take(server.text, limits.maxLine, limits.maxFields);
		if (text === undefined) return false;
		const request = typeof text === "string" ? parseRequest(text) : text;
		if (request instanceof HTTPError) {
			this.refuse(request);
			return false;
		}
		request.remoteAddress = this.remoteAddress;
		if (request.contentLength !== 0) return this.expect(request, input.rest());
		this.answer(request, input.rest());
		return true;
	}

	/** Begins with a body. @param rest What has arrived of it. @returns Whether it may come. */
	private expect(request: Request, rest: Uint8Array | undefined): boolean {
		const server = this.server;
		const { maxBody } = server.limits;
		const expects = request.minorVersion === 1 && request.fields.expect !== undefined;
		const refusal = request.contentLength > maxBody ? tooLong(maxBody) : expects && server.route(request);
		if (refusal instanceof HTTPError) {
			this.refuse(refusal);
			return false;
		}
		const body = new BodyReader(request);
		if (rest) body.push(rest);
		this.await(body);
		if (expects && !rest) this.start({ bytes: server.messages.goOn });
		return true;
	}

	/** @returns Whether the body was complete. */
	private body(body: BodyReader): boolean {
		const complete = body.complete(this.server.limits.maxBody);
		if (complete instanceof HTTPError) this.refuse(complete);
		if (complete !== true) return false;
		const { request } = body;
		request.body = body.data();
		this.answer(request, body.rest());
		return true;
	}

	/** @param rest What has arrived after the request. */
	private answer(request: Request, rest: Uint8Array | undefined): void {
		const answer = this.server.answer(request);
		const keep = request.keepAlive && !answer.detach && !(answer.source && request.minorVersion === 0);
		this.input = keep && rest ? new HeadReader(rest) : undefined;
		this.reply(answer, request, keep ? undefined : "close");
	}

	private reply(answer: Response, request: Request | undefined, end: End | undefined): void {
		this.answered = true;
		this.server.count(answer.status);
		this.start(this.server.messages.compose(answer, request, end));
	}

	private await(input: HeadReader | BodyReader | Drain | undefined): void {
		this.input = input;
		this.since = this.server.clock.ticks;
	}

	/** Begins to send `output`. @throws {SourceError} @throws {Error} The socket's. */
	private start(output: PendingResponse): void {
		if (!this.socket) return;
		this.pending = output;
		this.begun = this.since = this.server.clock.ticks;
		this.moved = 0;
		this.advance();
	}

	/** Sends what the socket takes of the answer, and is done with it when that was all. @throws {SourceError} @throws {Error} The socket's. */
	private advance(): void {
		const output = this.pending!;
		const room = this.room;
		let bytes = output.bytes ?? nextChunk(output, this.room);
		while (bytes && bytes.byteLength <= this.room) {
			this.room = this.socket!.write(bytes) ?? this.gone();
			bytes = output.body && nextChunk(output, this.room);
		}
		if (bytes || output.body) this.pause(output, bytes);
		else {
			this.pending = undefined;
			this.since = this.server.clock.ticks;
			if (output.end) this.finish(output.end);
			return;
		}
		this.moved += room - this.room;
		if (this.moved < PROGRESS) return;
		this.moved = 0;
		this.since = this.server.clock.ticks;
	}

	/** Fills the socket with `bytes`, and keeps what does not fit and what of `output` follows. @throws {Error} The socket's. */
	private pause(output: PendingResponse, bytes: Uint8Array | undefined): void {
		const room = this.room;
		if (bytes && room > 0) this.room = this.socket!.write(bytes.subarray(0, room)) ?? this.gone();
		if (this.socket) this.pending = { ...output, bytes: bytes?.subarray(room) };
	}

	/** A write told that the connection has failed. @returns The room that is left. */
	private gone(): number {
		this.close();
		return 0;
	}

	/** Ends, or hands the socket over. */
	private finish(end: End | DetachedOwner): void {
		const socket = this.socket;
		if (!socket) return;
		if (end === "close") {
			// What is left unread would turn the end into a reset, which may overtake the answer.
			socket.read();
			this.close();
		} else if (end === "linger") {
			this.await(new Drain(this.server.limits.lingerBytes));
			this.receive();
		} else {
			this.socket = undefined;
			this.server.replace(this, end);
			socket.target = end;
			end.attach(socket, this.room);
			// No failure is told while bytes are unread.
			if (this.unread) end.receive();
		}
	}
}

// Shared by all sockets. An exception would end the program: endpoints throw none.

function onReadable(this: TCP): void {
	(this.target as SocketOwner).receive();
}

function onWritable(this: TCP, room: number): void {
	(this.target as SocketOwner).room = room;
	if ((this.target as SocketOwner).pending) (this.target as SocketOwner).send();
}

function onError(this: TCP): void {
	(this.target as SocketOwner).close();
}
