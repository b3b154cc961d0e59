/** `/api/settings`: what may be changed while the device runs. */

import type { Access } from "../auth/access.js";
import type { Handler } from "../http/handler.js";
import type { Request } from "../http/request.js";
import { HTTPError, json, problem, Response } from "../http/response.js";
import type { Text } from "../platform/text.js";
import { jsonBody, type Patch } from "./json-body.js";

/** Why nothing was changed. */
export interface RejectedSetting {
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
	/** All that the body and the objects in it may have. */
	keys: readonly string[];
	/** Keys whose values must not be readable on their way. */
	secrets: readonly string[];
	/** As of now, without secrets. */
	settings(): object;
	/** Changes all that `patch` names, or nothing. */
	change(patch: Patch): Change | RejectedSetting;
}

export class SettingsHandler implements Handler {
	readonly allow = "GET, HEAD, PUT";
	#options: SettingsHandlerOptions;

	constructor(options: SettingsHandlerOptions) {
		this.#options = options;
	}

	handle(request: Request): Response | HTTPError {
		const { text, settings } = this.#options;
		if (request.method !== "PUT") return json(text, settings());
		const outcome = this.#change(request);
		if (outcome instanceof Response || outcome instanceof HTTPError) return outcome;
		return "key" in outcome
			? problem(text, outcome.key, outcome.message)
			: json(text, { ...outcome, settings: settings() });
	}

	/** What was sent is let go of before the answer is made. */
	#change(request: Request): Change | RejectedSetting | Response | HTTPError {
		const patch = this.#patch(request);
		return patch instanceof Response || patch instanceof HTTPError ? patch : this.#options.change(patch);
	}

	/** @returns What is to be changed, unsealed; the answer where that cannot be. */
	#patch(request: Request): Patch | Response | HTTPError {
		const { text, access, keys, secrets } = this.#options;
		const patch = jsonBody(text, request, keys);
		if (patch instanceof Response || patch instanceof HTTPError) return patch;
		for (const key of secrets) {
			if (!(key in patch)) continue;
			const secret = access.unseal(request, key, patch[key]);
			if (secret instanceof HTTPError) return secret;
			patch[key] = secret;
		}
		return patch;
	}
}
