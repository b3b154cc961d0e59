/** `/api/settings`: the settings that may change while the device runs. */

import type { Access } from "../auth/access.js";
import { secretsIn } from "../auth/secrets.js";
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

/** The result of a change. */
export interface Change {
	/** Those of the changed keys that take effect with the next boot. */
	restart: readonly string[];
}

export interface SettingsSource {
	/** All keys that the body and the objects in it may have. */
	readonly keys: readonly string[];
	/** Paths of the values that are sealed on their way, as of `secretsIn`. */
	readonly secrets: readonly string[];
	/** Whether `secret` stands for the one that the device has at `name`, and so is none. */
	isMasked(name: string, secret: unknown): boolean;
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

	/** A method of its own, so that the patch is freed before the response is made. */
	#change(request: Request): Change | RejectedSetting | Response | HTTPError {
		const patch = this.#patch(request);
		return patch instanceof Response || patch instanceof HTTPError ? patch : this.#source.change(patch);
	}

	/** @returns The change, unsealed; 400 or 422 where there is none. */
	#patch(request: Request): Patch | Response | HTTPError {
		const { keys, secrets } = this.#source;
		const patch = jsonBody(this.#text, request, keys);
		if (patch instanceof Response || patch instanceof HTTPError) return patch;
		for (const { holder, key, name } of secrets.flatMap(path => secretsIn(patch, path))) {
			if (this.#source.isMasked(name, holder[key])) continue;
			const secret = this.#access.unseal(request, name, holder[key]);
			if (secret instanceof HTTPError) return secret;
			holder[key] = secret;
		}
		return patch;
	}
}
