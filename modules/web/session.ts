/** `/api/session`: the challenge that a signed request answers, and, on a private device, leave to read. */

import type { Text } from "../platform/types.js";
import type { Access } from "./access.js";
import { Answer, json } from "./answer.js";
import type { Request } from "./request.js";
import type { Handler } from "./routes.js";

export class Session implements Handler {
	readonly allow = "GET, HEAD, POST";
	readonly open = true;
	#text: Text;
	#access: Access;

	constructor(text: Text, access: Access) {
		this.#text = text;
		this.#access = access;
	}

	answer(request: Request): Answer {
		return request.method === "POST"
			? new Answer(204, this.#access.admit())
			: json(this.#text, this.#access.session(request));
	}
}
