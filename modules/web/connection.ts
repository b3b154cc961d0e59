/** One connection of a client: its requests, one after the other, and their answers. */

import type { TCP, TCPConstructor } from "../platform/types.js";
import { type Answer, type Endpoint, Refusal } from "./answer.js";
import { Body } from "./body.js";
import { Head } from "./head.js";
import { type After, abandon, next, type Output, plain } from "./output.js";
import { field, parseRequest, type Request } from "./request.js";
import type { Server } from "./server.js";

/** Makes whatever waits for a request give way before what is in the middle of one. */
const WAITING = 2 ** 31;

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
	/** Bytes that the socket takes now. */
	#room = 0;
	/** When the state began, or the answer last made progress. */
	#since: number;
	#input: Head | Body | Drain | undefined;
	#output: Output | undefined;

	constructor(server: Server, from: TCP) {
		this.#server = server;
		this.#since = server.clock.ticks;
		this.#socket = new (from.constructor as TCPConstructor)({ from, target: this, onReadable, onWritable, onError });
	}

	get open(): boolean {
		return this.#socket !== undefined;
	}

	onReadable(): void {
		if (!this.#output) this.receive();
	}

	onWritable(room: number): void {
		this.#room = room;
		if (!this.#socket || !this.#output) return;
		this.#since = this.#server.clock.ticks;
		this.pump();
		if (this.#output) return;
		this.proceed();
		if (!this.#output) this.receive();
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
			this.refuse(new Refusal(408, "The request did not arrive in time."));
	}

	idle(now: number): number {
		const elapsed = now - this.#since;
		return this.#input || this.#output ? elapsed : elapsed + WAITING;
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

	fail(error: unknown): void {
		this.close();
		this.#server.failed(error);
	}

	/** Answers with an error and ends, whatever the client is at. */
	refuse(error: unknown): void {
		if (!this.#socket) return;
		this.await(undefined);
		this.send(this.#server.refusal(error), undefined, "linger");
	}

	private receive(): void {
		const buffer = this.#socket?.read();
		if (!buffer) return;
		const piece = new Uint8Array(buffer);
		const input = this.#input;
		if (input === undefined) this.await(new Head(this.#server.text, piece));
		else if (input instanceof Drain) {
			input.left -= piece.byteLength;
			if (input.left <= 0) this.close();
		} else if (input instanceof Head) input.push(this.#server.text, piece);
		else input.push(piece);
		this.proceed();
	}

	/** Works through the requests that have arrived, up to the first whose answer has to wait. */
	private proceed(): void {
		try {
			while (!this.#output) {
				const input = this.#input;
				if (input === undefined || input instanceof Drain) return;
				if (!(input instanceof Head ? this.head(input) : this.body(input))) return;
			}
		} catch (error) {
			this.refuse(error);
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
		const expect = field(request, "expect");
		if (expect !== undefined) {
			if (expect.toLowerCase() !== "100-continue") throw new Refusal(417, "The only expectation is 100-continue.");
			server.route(request);
		}
		this.await(body);
		if (expect !== undefined && !rest) this.put(plain(server.messages.goOn, "keep"));
		return true;
	}

	/** @returns Whether the body was complete. */
	private body(body: Body): boolean {
		if (!body.complete(this.#server.limits.maxBody)) return false;
		const { request } = body;
		request.body = body.data();
		const rest = body.rest();
		this.answer(request, rest && new Head(this.#server.text, rest));
		return true;
	}

	/** @param rest What has arrived after the request. */
	private answer(request: Request, rest: Head | undefined): void {
		const answer = this.#server.answer(request);
		const keep = request.keep && !answer.takeover && !(answer.source && request.minor === 0);
		this.await(keep ? rest : undefined);
		this.send(answer, request, keep ? "keep" : "close");
	}

	private await(input: Head | Body | Drain | undefined): void {
		this.#input = input;
		this.#since = this.#server.clock.ticks;
	}

	private send(answer: Answer, request: Request | undefined, after: After): void {
		this.put(this.#server.messages.compose(answer, request, after));
	}

	private put(output: Output): void {
		this.#output = output;
		this.pump();
	}

	/** Sends what the socket takes. */
	private pump(): void {
		const output = this.#output;
		while (this.#socket && output) {
			if (this.#room === 0) return;
			const bytes = next(output, this.#room);
			if (bytes) this.write(bytes);
			else {
				this.#output = undefined;
				this.finish(output);
				return;
			}
		}
	}

	private write(bytes: Uint8Array): void {
		let room: number | undefined;
		try {
			room = this.#socket?.write(bytes);
		} catch {
			// The peer has gone.
		}
		if (room === undefined) this.close();
		else this.#room = room;
	}

	private finish(output: Output): void {
		const { takeover, after } = output;
		const socket = this.#socket;
		if (!socket) return;
		if (takeover) {
			this.#socket = undefined;
			this.#server.replace(this, takeover);
			socket.target = takeover;
			takeover.attach(socket, this.#room);
		} else if (after === "close") {
			// What is left unread would turn the end into a reset, which may overtake the answer.
			socket.read();
			this.close();
		} else if (after === "linger") {
			this.await(new Drain(this.#server.limits.lingerBytes));
			this.receive();
		} else this.#since = this.#server.clock.ticks;
	}
}

// Shared by all sockets: a callback that throws would end the program.

function onReadable(this: TCP): void {
	const endpoint = this.target as Endpoint;
	try {
		endpoint.onReadable();
	} catch (error) {
		endpoint.fail(error);
	}
}

function onWritable(this: TCP, room: number): void {
	const endpoint = this.target as Endpoint;
	try {
		endpoint.onWritable(room);
	} catch (error) {
		endpoint.fail(error);
	}
}

function onError(this: TCP): void {
	(this.target as Endpoint).close();
}
