/** `/api/session`: the challenge that a signed request answers, and, on a private device, leave to read. */

import type { Access } from "../auth/access.js";
import type { Handler } from "../http/handler.js";
import type { Request } from "../http/request.js";
import { json, Response } from "../http/response.js";
import type { Text } from "../platform/text.js";

export class Session implements Handler {
	readonly allow = "GET, HEAD, POST";
	readonly open = true;
	#text: Text;
	#access: Access;

	constructor(text: Text, access: Access) {
		this.#text = text;
		this.#access = access;
	}

	handle(request: Request): Response {
		return request.method === "POST"
			? new Response(204, this.#access.readerCookie())
			: json(this.#text, this.#access.session(request));
	}
}
