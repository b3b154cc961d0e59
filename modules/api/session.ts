/** `/api/session`: a nonce for a signed request and, on a private device, the cookie of a reader. */

import type { Access } from "../auth/access.js";
import type { Handler } from "../http/handler.js";
import type { Request } from "../http/request.js";
import { HTTPError, json, Response } from "../http/response.js";
import type { Text } from "../platform/text.js";

export class Session implements Handler {
	readonly allow = "GET, HEAD, POST";
	readonly isPublic = true;
	#text: Text;
	#access: Access;

	constructor(text: Text, access: Access) {
		this.#text = text;
		this.#access = access;
	}

	handle(request: Request): Response | HTTPError {
		if (request.method !== "POST") return json(this.#text, this.#access.session(request));
		const cookie = this.#access.readerCookie();
		return cookie instanceof HTTPError ? cookie : new Response(204, cookie);
	}
}
