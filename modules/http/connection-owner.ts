/** What a connection needs of the server that owns it. */

import type { Clock } from "../platform/clock.js";
import type { TCP } from "../platform/io.js";
import type { Text } from "../platform/text.js";
import type { FieldTable } from "./field-rules.js";
import type { Handler, UploadHandler } from "./handler.js";
import type { Limits } from "./limits.js";
import type { Request } from "./request.js";
import type { RequestParser } from "./request-parser.js";
import type { DetachedOwner, HTTPError, Response, SocketOwner } from "./response.js";
import type { ResponseHead } from "./response-head.js";

export interface ConnectionOwner {
	readonly clock: Clock;
	readonly text: Text;
	readonly limits: Limits;
	readonly fields: FieldTable;
	readonly parser: RequestParser;
	readonly responseHead: ResponseHead;
	/** @returns The handler of `request`; the error where there is none, or what is asked for is not allowed. */
	route(request: Request): Handler | HTTPError;
	/** @returns The handler of `request`, where it takes content in pieces; the error where that may not be sent; otherwise `undefined`. */
	uploadHandler(request: Request): UploadHandler | HTTPError | undefined;
	/** Never throws: what goes wrong is in the response. */
	respond(request: Request): Response;
	/** @returns The response that stands for an exception, which is reported. */
	failure(error: unknown): Response;
	/** Counts and reports an exception that is the server's own defect. */
	failed(error: unknown): void;
	/** Counts a response. */
	count(status: number): void;
	/** Has `to` own the socket and the slot of `from`. */
	handOver(from: SocketOwner, socket: TCP, to: DetachedOwner): void;
	/** Counts bytes of the heap that `holder` holds in addition, and evicts other connections where all hold too much. */
	hold(more: number, holder: SocketOwner): void;
}
