/** Takes settings in pieces, and compares their digest with the one that the request was signed with. */

import { SHA256 } from "../auth/sha256.js";
import { equal } from "../auth/signature.js";
import type { ContentSink, Exchange } from "../http/handler.js";
import { HTTPError, type Response } from "../http/response.js";

/** The most bytes of settings: all that is kept fits. */
export const MAX_IMPORT = 8192;

export interface SettingsImportOptions {
	/** Bytes of content. */
	length: number;
	/** Announced of the content: 32 bytes. */
	digest: Uint8Array;
	exchange: Exchange;
	/** Called when the whole content is what was announced: `take` then gives it. */
	onComplete(from: SettingsImport): Response | HTTPError;
	/** Called once, when nothing more of the content is kept. */
	onEnd(): void;
}

export class SettingsImport implements ContentSink {
	readonly #options: SettingsImportOptions;
	readonly #hash = new SHA256();
	/** Made once, so that it never takes twice its length. */
	#content: Uint8Array | undefined;
	#length = 0;

	constructor(options: SettingsImportOptions) {
		this.#options = options;
		this.#content = new Uint8Array(options.length);
	}

	get held(): number {
		return this.#content?.byteLength ?? 0;
	}

	write(piece: Uint8Array): boolean {
		this.#content?.set(piece, this.#length);
		this.#length += piece.byteLength;
		this.#hash.update(piece);
		return true;
	}

	end(): void {
		const { digest, exchange, onComplete } = this.#options;
		const response = equal(this.#hash.digest(), digest)
			? onComplete(this)
			: new HTTPError(400, "The body is not the one that sha256 announces.");
		this.take();
		exchange.respond(response);
	}

	cancel(): void {
		this.take();
	}

	/** @returns The content, which is kept no longer: it is to be freed before the change takes memory. */
	take(): Uint8Array | undefined {
		const content = this.#content;
		this.#content = undefined;
		if (content) this.#options.onEnd();
		return content;
	}
}
