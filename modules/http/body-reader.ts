/** Gathers the content of a request that is handled as a whole. */

import { ContentDecoder } from "./content-decoder.js";
import { joined } from "./head-reader.js";
import type { Request } from "./request.js";
import { HTTPError } from "./response.js";

/** The most that a request takes of the heap beside its content, bytes: the values of its fields are within their bounds. */
const REQUEST = 3072;

export class BodyReader {
	readonly request: Request;
	/** Of what has arrived: the content, in front, and what is not decoded. */
	private bytes: Uint8Array = new Uint8Array(0);
	/** Bytes of `bytes` that are content. */
	private length = 0;
	private readonly decoder: ContentDecoder;

	constructor(request: Request, maxBody: number) {
		this.request = request;
		this.decoder = new ContentDecoder(request.contentLength, maxBody);
	}

	/** Bytes of the heap that it takes, at most. */
	get held(): number {
		return this.bytes.buffer.byteLength + REQUEST;
	}

	push(piece: Uint8Array): void {
		this.bytes = joined(this.bytes, piece);
	}

	/**
	 * Decodes what has arrived since the last call.
	 * @returns Whether the content is complete; 400, 413 where it never will be.
	 */
	complete(): boolean | HTTPError {
		const { decoder } = this;
		while (!decoder.done) {
			const { bytes, length } = this;
			if (decoder.left > 0) {
				const count = decoder.take(bytes.byteLength - length);
				if (count === 0) return false;
				this.length += count;
			} else {
				const skipped = decoder.skip(bytes, length);
				if (skipped instanceof HTTPError) return skipped;
				if (skipped === 0) return false;
				bytes.copyWithin(length, length + skipped);
				this.bytes = bytes.subarray(0, bytes.byteLength - skipped);
			}
		}
		return true;
	}

	/** The content. */
	content(): Uint8Array {
		return this.bytes.subarray(0, this.length);
	}

	/** What follows the content. */
	rest(): Uint8Array | undefined {
		return this.length < this.bytes.byteLength ? this.bytes.subarray(this.length) : undefined;
	}
}
