/** The bodies of changes. */

import type { Text } from "../platform/types.js";
import { Refusal } from "./answer.js";
import type { Request } from "./request.js";

/** @returns The object that `request` carries. @throws {Refusal} 400, 422: it carries none. */
export function jsonBody(text: Text, { body }: Request): Record<string, unknown> {
	let value: unknown;
	try {
		value = JSON.parse(text.decode(body ?? new Uint8Array(0)));
	} catch {
		throw new Refusal(400, "The body is not JSON.");
	}
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw new Refusal(422, "The body must be an object.");
	return value as Record<string, unknown>;
}
