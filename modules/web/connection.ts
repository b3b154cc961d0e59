/** One connection of a client: its requests, one after the other, and their answers. */

import type { TCP, TCPConstructor } from "../platform/types.js";
import { type Endpoint, Refusal, type Takeover } from "./answer.js";
import { Body } from "./body.js";
import { Head, isWhole, latin1 } from "./head.js";
import { abandon, type End, made, type Output, plain, SourceError } from "./output.js";
import { parseRequest, type Request } from "./request.js";
import type { Handler } from "./routes.js";
import type { Server } from "./server.js";

/** Makes whatever waits for a request give way before what is in the middle of one… */
const WAITING = 2 ** 31;
/** …unless it may just have been opened for one. */
const FRESH_MS = 100;
/** While an answer makes progress within this time, it is not given up for a new connection. */
const ANSWERING_MS = 1000;

/** What a refused client still sends, which is dropped. */
class Drain {
	/** Bytes that are still tolerated. */
	left: number;

	constructor(left: number) {
		this.left = left;
	}
}

export class Connection implements Endpoint {
	#server: Server;
	#socket: TCP | undefined;
	#remoteAddress: string | undefined;
	/** Bytes that the socket takes now. */
	#room = 0;
	/** When the state began, or the answer last made progress. */
	#since: number;
	#input: Head | Body | Drain | undefined;
	#output: Output | undefined;

	constructor(server: Server, from: TCP) {
		this.#server = server;
		this.#since = server.clock.ticks;
		this.#remoteAddress = from.remoteAddress;
		this.#socket = new (from.constructor as TCPConstructor)({ from, target: this, onReadable, onWritable, onError });
	}

	get open(): boolean {
		return this.#socket !== undefined;
	}

	onReadable(): void {
		const output = this.#output;
		if (output !== undefined) {
			output.unread = true;
			return;
		}
		try {
			const buffer = this.#socket?.read();
			if (buffer === undefined) return;
			const piece = new Uint8Array(buffer);
			const input = this.#input;
			if (input !== undefined) {
				this.goOn(input, piece);
				return;
			}
			const server = this.#server;
			const text = latin1(server.text, piece);
			const known = server.known;
			if (known === undefined || known.text !== text) {
				this.begin(text, piece);
				return;
			}
			const head = server.again(known);
			if (head === undefined) this.answer(known.request, undefined, known.handler);
			else
				this.send({
					bytes: head,
					sent: 0,
					body: known.answer?.bytes,
					source: undefined,
					end: undefined,
					unread: false,
				});
		} catch (error) {
			this.fail(error);
		}
	}

	onWritable(room: number): void {
		this.#room = room;
		const output = this.#output;
		if (output === undefined) return;
		try {
			this.send(output);
			if (this.#output !== undefined) return;
			if (this.#input !== undefined) this.proceed();
		} catch (error) {
			this.fail(error);
		}
		if (output.unread && this.#output === undefined) this.onReadable();
	}

	check(now: number): void {
		const { limits } = this.#server;
		const elapsed = now - this.#since;
		if (this.#output) {
			if (elapsed >= limits.progressMs) this.close();
		} else if (this.#input === undefined) {
			if (elapsed >= limits.idleMs) this.close();
		} else if (this.#input instanceof Drain) {
			if (elapsed >= limits.lingerMs) this.close();
		} else if (elapsed >= (this.#input instanceof Head ? limits.headerMs : limits.bodyMs))
			this.fail(new Refusal(408, "The request did not arrive in time."));
	}

	idle(now: number): number {
		const elapsed = now - this.#since;
		if (this.#output) return elapsed < ANSWERING_MS ? -1 : elapsed;
		return this.#input === undefined && elapsed >= FRESH_MS ? elapsed + WAITING : elapsed;
	}

	close(): void {
		const socket = this.#socket;
		const output = this.#output;
		this.#socket = undefined;
		this.#input = undefined;
		this.#output = undefined;
		socket?.close();
		if (output) abandon(output);
	}

	/** A refusal is answered; while an answer is under way, it is the source that failed, or a write: the peer has gone. */
	private fail(error: unknown): void {
		if (error instanceof SourceError) this.#server.failed(error.thrown);
		else if (!this.#output)
			try {
				this.refuse(error);
				return;
			} catch {
				// The peer has gone.
			}
		this.close();
	}

	/** Answers with an error and ends, whatever the client is at. */
	refuse(error: unknown): void {
		if (!this.#socket) return;
		this.await(undefined);
		this.send(this.#server.messages.compose(this.#server.refusal(error), undefined, "linger"));
	}

	/** Takes what comes first of a request, which mostly is all of it. @param text `piece`, a character a byte. */
	private begin(text: string, piece: Uint8Array): void {
		const server = this.#server;
		if (isWhole(text, server.limits.maxLine)) {
			const request = parseRequest(text, 0);
			if (request.length === 0) {
				server.learn(text, request);
				this.answer(request, undefined);
				return;
			}
		}
		this.await(new Head(text, piece));
		this.proceed();
	}

	/** Takes what comes next of `input`. */
	private goOn(input: Head | Body | Drain, piece: Uint8Array): void {
		if (input instanceof Drain) {
			input.left -= piece.byteLength;
			if (input.left <= 0) this.close();
			return;
		}
		if (input instanceof Head) input.push(latin1(this.#server.text, piece), piece);
		else input.push(piece);
		this.proceed();
	}

	/** Works through the requests that have arrived, up to the first whose answer has to wait. */
	private proceed(): void {
		while (!this.#output) {
			const input = this.#input;
			if (input === undefined || input instanceof Drain) return;
			if (!(input instanceof Head ? this.head(input) : this.body(input))) return;
		}
	}

	/** @returns Whether the head was complete. */
	private head(input: Head): boolean {
		const server = this.#server;
		const { limits } = server;
		const start = input.take(limits.maxLine, limits.maxFields);
		if (start < 0) return false;
		const request = parseRequest(input.text, start);
		if (request.length === 0) {
			this.answer(request, input.more ? input : undefined);
			return true;
		}
		const body = new Body(request, limits.maxBody);
		const rest = input.rest();
		if (rest) body.push(rest);
		const { expect } = request.fields;
		if (expect !== undefined) {
			if (expect.toLowerCase() !== "100-continue") throw new Refusal(417, "The only expectation is 100-continue.");
			request.remoteAddress = this.#remoteAddress;
			server.route(request);
		}
		this.await(body);
		if (expect !== undefined && !rest) this.send(plain(server.messages.goOn));
		return true;
	}

	/** @returns Whether the body was complete. */
	private body(body: Body): boolean {
		if (!body.complete(this.#server.limits.maxBody)) return false;
		const { request } = body;
		request.body = body.data();
		const rest = body.rest();
		this.answer(request, rest && new Head(latin1(this.#server.text, rest), rest));
		return true;
	}

	/** @param rest What has arrived after the request. */
	private answer(request: Request, rest: Head | undefined, handler?: Handler): void {
		const server = this.#server;
		request.remoteAddress = this.#remoteAddress;
		const answer = server.answer(request, handler);
		const keep = request.keep && !answer.takeover && !(answer.source && request.minor === 0);
		this.#input = keep ? rest : undefined;
		this.send(server.messages.compose(answer, request, keep ? undefined : "close"));
	}

	private await(input: Head | Body | Drain | undefined): void {
		this.#input = input;
		this.#since = this.#server.clock.ticks;
	}

	/** Sends what the socket takes of `output`, and is done with it when that was all. @throws {SourceError} @throws {Error} The socket's. */
	private send(output: Output): void {
		const socket = this.#socket;
		if (socket === undefined) return;
		this.#output = output;
		this.#since = this.#server.clock.ticks;
		let room: number | undefined = this.#room;
		let bytes = output.bytes;
		let sent = output.sent;
		while (room) {
			const until: number = sent + room;
			if (until < bytes.byteLength) {
				room = socket.write(bytes.subarray(sent, until));
				sent = until;
				break;
			}
			if (sent < bytes.byteLength) room = socket.write(sent === 0 ? bytes : bytes.subarray(sent));
			const body = output.body;
			if (body !== undefined) {
				bytes = body;
				output.body = undefined;
				sent = 0;
			} else if (output.source !== undefined) {
				sent = bytes.byteLength;
				const piece = room && made(output, output.source, room);
				if (piece) {
					bytes = piece;
					sent = 0;
				}
			} else {
				if (room === undefined) break;
				this.#room = room;
				this.#output = undefined;
				const end = output.end;
				if (end !== undefined) this.finish(socket, end);
				return;
			}
		}
		if (room === undefined) {
			this.close();
			return;
		}
		this.#room = room;
		output.bytes = bytes;
		output.sent = sent;
	}

	/** Ends, or hands the socket over. */
	private finish(socket: TCP, end: End | Takeover): void {
		if (end === "close") {
			// What is left unread would turn the end into a reset, which may overtake the answer.
			socket.read();
			this.close();
		} else if (end === "linger") {
			this.await(new Drain(this.#server.limits.lingerBytes));
			this.onReadable();
		} else {
			this.#socket = undefined;
			this.#server.replace(this, end);
			socket.target = end;
			end.attach(socket, this.#room);
		}
	}
}

// Shared by all sockets. An exception would end the program: endpoints throw none.

function onReadable(this: TCP): void {
	(this.target as Endpoint).onReadable();
}

function onWritable(this: TCP, room: number): void {
	(this.target as Endpoint).onWritable(room);
}

function onError(this: TCP): void {
	(this.target as Endpoint).close();
}
