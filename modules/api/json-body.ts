/** The content of a change, as an object. */

import type { Request } from "../http/request.js";
import { HTTPError, problem, type Response } from "../http/response.js";
import type { Text } from "../platform/text.js";
import { readJSON, UnknownKey } from "./json.js";

/** Values as a client sent them, by key. */
export type Patch = Record<string, unknown>;

/**
 * @param keys All keys that it and the objects in it may have. @param ignored As of `readJSON`.
 * @returns The object that `request` carries; 400 or 422 where there is none.
 */
export function jsonBody(
	text: Text,
	request: Request,
	keys: readonly string[],
	ignored?: string[],
): Patch | Response | HTTPError {
	const value = readJSON(text, request.body ?? new Uint8Array(0), keys, ignored);
	// The bytes are freed before the change takes memory.
	request.body = undefined;
	if (value instanceof HTTPError) return value;
	if (value instanceof UnknownKey) return problem(text, value.path, `${value.path}: the keys are ${keys.join(", ")}`);
	if (typeof value !== "object" || value === null || Array.isArray(value))
		return new HTTPError(422, "The body must be an object.");
	return value as Patch;
}
