/** Decides how the content of a request is read: as a whole, in pieces, or not at all. */

import { BodyReader } from "./body-reader.js";
import type { ConnectionOwner } from "./connection-owner.js";
import { tooLong } from "./content-decoder.js";
import type { Request } from "./request.js";
import { HTTPError } from "./response.js";
import { Upload } from "./upload.js";

export type ContentReader = BodyReader | Upload;

/** @param wake As of `Upload`. @returns What reads the content of `request`; the error where it may not be sent. */
export function contentReader(owner: ConnectionOwner, request: Request, wake: () => void): ContentReader | HTTPError {
	const { maxBody } = owner.limits;
	const handler = owner.uploadHandler(request);
	if (handler instanceof HTTPError) return handler;
	if (handler) return new Upload(request, handler, wake, owner);
	if (request.contentLength > maxBody) return tooLong(maxBody);
	// A client that waits for leave is told at once what would be said afterwards.
	const found = expectsContinue(request) ? owner.route(request) : undefined;
	return found instanceof HTTPError ? found : new BodyReader(request, maxBody);
}

/** Whether the client waits for `100 Continue` (RFC 9110, 10.1.1). */
export function expectsContinue({ minorVersion, fields }: Request): boolean {
	return minorVersion === 1 && fields.expect !== undefined;
}
