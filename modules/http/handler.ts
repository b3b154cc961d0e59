/** What gives the response of a resource. */

import type { Request } from "./request.js";
import { type HTTPError, Response } from "./response.js";

/** Gives the response of a resource. */
export interface Handler {
	/** The methods, as in `Allow`: `GET, HEAD`, which all have, and what else there may be. */
	readonly allow: string;
	/** Whether its response holds nothing private: access control may then allow it to everybody. */
	readonly isPublic?: boolean;
	/** Whether pages of other origins in the local network may read its response, which has `Vary: Origin`. */
	readonly isShared?: boolean;
	/** Whether a change needs credentials, also where access control would take another one without. */
	readonly needsCredentials?: boolean;
	/** Media types of content that it takes, in lower case; others get 415. @defaultValue those of `ServerOptions` */
	readonly contentTypes?: readonly string[];
	/** @returns The response, also where it is an error. An exception, which gives a 500, is a defect. */
	handle(request: Request): Response | HTTPError;
}

/**
 * A handler that takes content in pieces, as they arrive, and may respond later. Of a request without content, `handle` is
 * called.
 */
export interface UploadHandler extends Handler {
	/** Whether it takes the content of `request` in pieces; otherwise `handle` gets it whole. @defaultValue it takes that of every request */
	isUpload?(request: Request): boolean;
	/** Whether these requests are checked by the handler, in its own order: the server then gives no 411, 413 or 415. */
	readonly checksContent?: boolean;
	/** The most bytes of content that it takes; more gets 413. */
	readonly maxBody: number;
	/**
	 * A request that may be sent has begun: its header section is complete, and none of its content was read. Access control has seen no
	 * content either: what a signature must cover belongs into the query, such as a digest that the sink compares.
	 * @returns What takes the content; an error where it is not wanted.
	 */
	upload(request: Request, exchange: Exchange): ContentSink | HTTPError;
}

/** Takes the content of one upload. An exception gives a 500 and ends the upload. */
export interface ContentSink {
	/** Bytes of content that it keeps: they count among what all connections hold. @defaultValue 0 */
	readonly held?: number;
	/**
	 * @param piece At least one byte. It is not changed afterwards. The first has at most a receive window of the socket, others 1 KB.
	 * @returns Whether the next piece may follow at once; otherwise it waits for `Exchange.resume`.
	 */
	write(piece: Uint8Array): boolean;
	/** All of the content was written. `Exchange.respond` is due, now or later. */
	end(): void;
	/** The upload ended before the response: the client left or made no progress. Nothing else is called. */
	cancel(): void;
}

/** The connection of an upload, as its handler sees it. After the response, or `cancel`, nothing has an effect. */
export interface Exchange {
	/** Asks for the next piece, after `write` returned `false`. */
	resume(): void;
	/**
	 * Sends the response. Where content is still to come, it is read and dropped up to its length, chunks up to `maxBody`, and the
	 * connection ends.
	 */
	respond(response: Response | HTTPError): void;
}

/** Finds the handler of a decoded path; a `Map` is one. */
export interface Routes {
	get(path: string): Handler | UploadHandler | undefined;
}

/** @returns `handler`, where it takes the content of `request` in pieces. */
export function asUploadHandler(handler: Handler | undefined, request: Request): UploadHandler | undefined {
	if (!handler || !("upload" in handler)) return undefined;
	const found = handler as UploadHandler;
	return (found.isUpload?.(request) ?? true) ? found : undefined;
}

/** Says which methods a resource has; browsers ask before they change something for another site's page. */
export class Options implements Handler {
	readonly allow: string;

	constructor(allow: string) {
		this.allow = allow;
	}

	handle(): Response {
		return new Response(204, `Allow: ${this.allow}\r\n`);
	}
}
