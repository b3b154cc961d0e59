/** The page of a device that is not configured. */

import type { Handler } from "../http/handler.js";
import { textResponse } from "../http/response.js";
import type { Text } from "../platform/text.js";

/** The policy of a page that loads nothing. */
export const strictPolicy = "default-src 'none'; frame-ancestors 'none'";

/** @param message Plain text: why the device does not work. @returns Responds with 503. */
export function errorPage(text: Text, message: string): Handler {
	const escaped = message.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
	const response = textResponse(
		text,
		503,
		"text/html;charset=utf-8",
		`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Configuration</title><h1>This device is not configured</h1><p>${escaped}</p></html>\n`,
		`Content-Security-Policy: ${strictPolicy}\r\nRetry-After: 60\r\n`,
	);
	return { allow: "GET, HEAD", handle: () => response };
}
