/** `/api/settings`: what may be changed while the device runs. */

import type { Text } from "../platform/types.js";
import type { Access } from "./access.js";
import { type Answer, content, json } from "./answer.js";
import { jsonBody } from "./jsonbody.js";
import type { Request } from "./request.js";
import type { Handler } from "./routes.js";

/** Why nothing was changed. */
export interface Problem {
	/** As `sensors[0].pin`. */
	key: string;
	/** One line: the key, the value and what is allowed. */
	message: string;
}

/** What came of a change. */
export interface Change {
	/** Of the keys named, those that take effect with the next start. */
	restart: readonly string[];
}

export interface SettingsHandlerOptions {
	text: Text;
	access: Access;
	/** Keys whose values must not be readable on their way. */
	secrets: readonly string[];
	/** As of now, without secrets. */
	settings(): object;
	/** Changes all that `patch` names, or nothing. */
	change(patch: Record<string, unknown>): Change | Problem;
}

export class SettingsHandler implements Handler {
	readonly allow = "GET, HEAD, PUT";
	#options: SettingsHandlerOptions;

	constructor(options: SettingsHandlerOptions) {
		this.#options = options;
	}

	answer(request: Request): Answer {
		const { text, settings, change } = this.#options;
		if (request.method !== "PUT") return json(text, settings());
		const outcome = change(this.#patch(request));
		return "key" in outcome
			? content(text, 422, "application/json", JSON.stringify(outcome))
			: json(text, { ...outcome, settings: settings() });
	}

	#patch(request: Request): Record<string, unknown> {
		const { text, access, secrets } = this.#options;
		const patch = jsonBody(text, request);
		for (const key of secrets) if (key in patch) patch[key] = access.unseal(request, key, patch[key]);
		return patch;
	}
}
