/** `/api/settings`: what may be changed while the device runs. */

import type { Access } from "../auth/access.js";
import type { Handler } from "../http/handler.js";
import type { Request } from "../http/request.js";
import { HTTPError, json, problem, Response } from "../http/response.js";
import type { Text } from "../platform/text.js";
import { jsonBody, type Patch } from "./json-body.js";

export type { Patch } from "./json-body.js";

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

export interface SettingsSource {
	/** All keys that the body and the objects in it may have. */
	readonly keys: readonly string[];
	/** Keys whose values are sealed on their way. */
	readonly secrets: readonly string[];
	/** As of now, without secrets. */
	readonly settings: object;
	/** Changes all that `patch` names, or nothing. */
	change(patch: Patch): Change | RejectedSetting;
}

export interface SettingsHandlerOptions {
	text: Text;
	access: Access;
	source: SettingsSource;
}

export class SettingsHandler implements Handler {
	readonly allow = "GET, HEAD, PUT";
	#text: Text;
	#access: Access;
	#source: SettingsSource;

	constructor({ text, access, source }: SettingsHandlerOptions) {
		this.#text = text;
		this.#access = access;
		this.#source = source;
	}

	handle(request: Request): Response | HTTPError {
		const text = this.#text;
		if (request.method !== "PUT") return json(text, this.#source.settings);
		const outcome = this.#change(request);
		if (outcome instanceof Response || outcome instanceof HTTPError) return outcome;
		return "key" in outcome
			? problem(text, outcome.key, outcome.message)
			: json(text, { ...outcome, settings: this.#source.settings });
	}

	/** What was sent is let go of before the answer is made. */
	#change(request: Request): Change | RejectedSetting | Response | HTTPError {
		const patch = this.#patch(request);
		return patch instanceof Response || patch instanceof HTTPError ? patch : this.#source.change(patch);
	}

	/** @returns What is to be changed, unsealed; the answer where that cannot be. */
	#patch(request: Request): Patch | Response | HTTPError {
		const { keys, secrets } = this.#source;
		const patch = jsonBody(this.#text, request, keys);
		if (patch instanceof Response || patch instanceof HTTPError) return patch;
		for (const key of secrets) {
			if (!(key in patch)) continue;
			const secret = this.#access.unseal(request, key, patch[key]);
			if (secret instanceof HTTPError) return secret;
			patch[key] = secret;
		}
		return patch;
	}
}
