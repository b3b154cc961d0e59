/** The bodies of changes. */

import type { Request } from "../http/request.js";
import { HTTPError, problem, type Response } from "../http/response.js";
import type { Text } from "../platform/text.js";
import { readJSON, UnknownKey } from "./json.js";

/** What a person sent, by key. */
export type Patch = Record<string, unknown>;

/**
 * @param keys All that it and the objects in it may have.
 * @returns The object that `request` carries; else the answer that says why there is none: 400, 422.
 */
export function jsonBody(text: Text, request: Request, keys: readonly string[]): Patch | Response | HTTPError {
	const value = readJSON(text, request.body ?? new Uint8Array(0), keys);
	// Its bytes are done with: what follows takes memory enough.
	request.body = undefined;
	if (value instanceof HTTPError) return value;
	if (value instanceof UnknownKey) return problem(text, value.path, `${value.path}: the keys are ${keys.join(", ")}`);
	if (typeof value !== "object" || value === null || Array.isArray(value))
		return new HTTPError(422, "The body must be an object.");
	return value as Patch;
}
