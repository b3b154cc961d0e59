/** An upload under way: hands the content to its sink a piece at a time, and waits for the response. */

import type { TCP } from "../platform/io.js";
import type { ConnectionOwner } from "./connection-owner.js";
import { ContentDecoder } from "./content-decoder.js";
import type { ContentSink, Exchange, UploadHandler } from "./handler.js";
import { joined } from "./head-reader.js";
import type { Request } from "./request.js";
import { HTTPError, type Response } from "./response.js";

/** The most that is read at once, bytes. */
const PIECE = 1024;

/** What it needs of its connection. */
export interface UploadConnection {
	readonly socket: TCP | undefined;
	/** The upload, until it has ended. */
	readonly input: unknown;
	/** Hands over what was read. */
	proceed(): void;
}

export class Upload implements Exchange {
	readonly request: Request;
	readonly handler: UploadHandler;
	/** The response, once it is decided. */
	response: Response | HTTPError | undefined;
	/** Bytes of content that the sink has taken. */
	length = 0;
	/** Of these, those since progress was last noted. */
	moved = 0;
	/** Arrived and not decoded. */
	private bytes: Uint8Array = new Uint8Array(0);
	private readonly decoder: ContentDecoder;
	private sink: ContentSink | undefined;
	/** Whether the sink wants no piece now. */
	private busy = false;
	/** Whether the handler or its sink is being called: what they decide is seen when they return. */
	private inCall = false;
	/** `undefined` once the upload has ended. */
	private wake: (() => void) | undefined;
	private readonly owner: Pick<ConnectionOwner, "failed">;

	/**
	 * @param wake Called when the sink resumes or the response is decided, unless `open` or `feed` is being called.
	 * @param owner Told what the sink throws when it is cancelled.
	 */
	constructor(request: Request, handler: UploadHandler, wake: () => void, owner: Pick<ConnectionOwner, "failed">) {
		this.request = request;
		this.handler = handler;
		this.decoder = new ContentDecoder(request.contentLength, handler.maxBody);
		this.wake = wake;
		this.owner = owner;
	}

	/** What its sink keeps; how many there are at once is the handler's decision. */
	get held(): number {
		return this.sink?.held ?? 0;
	}

	/** Whether nothing is read from the socket: the sink is busy, or all content has arrived. */
	get paused(): boolean {
		return this.busy || this.decoder.done;
	}

	/** Whether all content has arrived. */
	get complete(): boolean {
		return this.decoder.done;
	}

	/** The most that may be dropped of the content that is to come, bytes. */
	get remaining(): number {
		return this.request.contentLength < 0 ? this.handler.maxBody - this.length : this.decoder.left;
	}

	/** Asks the handler for a sink. @returns Whether the response is decided. @throws What the handler throws. */
	open(): boolean {
		this.inCall = true;
		const sink = this.handler.upload(this.request, this);
		if (sink instanceof HTTPError) this.response ??= sink;
		else if (!this.response) this.sink = sink;
		this.inCall = false;
		return this.response !== undefined;
	}

	/**
	 * Reads content while the sink takes it: what takes memory is a piece, not all that the socket has.
	 * @param byteLength Bytes that are unread. @returns How many of them are left.
	 */
	read(connection: UploadConnection, byteLength: number): number {
		let left = byteLength;
		while (left > 0 && connection.input === this && !this.paused) {
			const count = Math.min(left, PIECE);
			left -= count;
			const buffer = connection.socket?.read(count);
			if (!buffer) return 0;
			this.push(new Uint8Array(buffer));
			connection.proceed();
		}
		return left;
	}

	push(piece: Uint8Array): void {
		this.bytes = joined(this.bytes, piece);
	}

	/**
	 * Hands over what has arrived, as far as the sink takes it.
	 * @returns Whether `progress` bytes were taken since this was last so, or nothing more is wanted now.
	 * @throws What the sink throws.
	 */
	feed(progress: number): boolean {
		const { bytes, decoder } = this;
		let at = 0;
		this.inCall = true;
		for (let sink = this.sink; sink && !this.paused; sink = this.sink) {
			const isContent = decoder.left > 0;
			const count = isContent ? decoder.take(bytes.byteLength - at) : decoder.skip(bytes, at);
			if (count === 0) break;
			if (count instanceof HTTPError) this.refuse(count);
			else {
				if (isContent) this.write(sink, bytes.subarray(at, at + count));
				at += count;
				if (decoder.done) this.sink?.end();
			}
		}
		this.inCall = false;
		// A view would hold on to all that came with it.
		if (at > 0) this.bytes = bytes.slice(at);
		if (this.moved < progress && !this.paused) return false;
		this.moved = 0;
		return true;
	}

	private write(sink: ContentSink, piece: Uint8Array): void {
		this.length += piece.byteLength;
		this.moved += piece.byteLength;
		this.busy = true;
		// The sink may have resumed within the call.
		if (sink.write(piece)) this.busy = false;
	}

	/** What arrives is malformed or too long. */
	private refuse(error: HTTPError): void {
		this.response = error;
		this.cancel();
	}

	/** What follows the content. */
	rest(): Uint8Array | undefined {
		return this.bytes.byteLength > 0 ? this.bytes : undefined;
	}

	resume(): void {
		if (!this.busy || this.response) return;
		this.busy = false;
		if (!this.inCall) this.wake?.();
	}

	respond(response: Response | HTTPError): void {
		if (this.response || !this.wake) return;
		this.response = response;
		this.sink = undefined;
		if (!this.inCall) this.wake();
	}

	/** Ends it without a response of its handler. */
	cancel(): void {
		const { sink } = this;
		this.wake = undefined;
		this.sink = undefined;
		try {
			sink?.cancel();
		} catch (error) {
			this.owner.failed(error);
		}
	}
}
