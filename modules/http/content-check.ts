/** Whether a request that may change something comes from where it may, with content of a type that its handler takes. */

import { tooLong } from "./content-decoder.js";
import { asUploadHandler, type Handler } from "./handler.js";
import type { HeaderFields, Request } from "./request.js";
import { HTTPError } from "./response.js";

/** @param origins Other sites' that may change something. @returns 403 for another site's page, against request forgery. */
export function checkOrigin({ fields, authority }: Request, origins: readonly string[]): HTTPError | undefined {
	const { origin } = fields;
	if (origin === undefined || origin === `http://${authority.toLowerCase()}` || origins.includes(origin))
		return undefined;
	return new HTTPError(403, "Another site's page may not change anything here.");
}

/** @param types Media types where the handler has none of its own. @returns 411, 413, 415. */
export function checkContent(
	request: Request,
	handler: Handler,
	types: readonly string[] | undefined,
): HTTPError | undefined {
	const { fields, contentLength } = request;
	if (fields["content-length"] === undefined && fields["transfer-encoding"] === undefined)
		return new HTTPError(411, "The body must have a length.");
	const allowed = handler.contentTypes ?? types;
	if (allowed && !allowed.includes(mediaType(fields)))
		return new HTTPError(415, `The body must be ${allowed.join(" or ")}.`);
	const upload = asUploadHandler(handler, request);
	return upload && contentLength > upload.maxBody ? tooLong(upload.maxBody) : undefined;
}

/** @returns The type of the content in lower case, without parameters; empty without one. */
export function mediaType(fields: HeaderFields): string {
	const [media = ""] = (fields["content-type"] ?? "").split(";", 1);
	return media.trim().toLowerCase();
}
