/** The page of a device in rescue mode. */

import type { Handler } from "../http/handler.js";
import { textResponse } from "../http/response.js";
import type { Text } from "../platform/text.js";

/** The policy of a page that loads nothing. */
export const strictPolicy = "default-src 'none'; frame-ancestors 'none'";

/** @param message Plain text: why the device reads no sensor. @returns Responds with 503 to everybody. */
export function errorPage(text: Text, message: string): Handler {
	const escaped = message.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
	const response = textResponse(
		text,
		503,
		"text/html;charset=utf-8",
		`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Rescue mode</title><h1>Rescue mode</h1><p>The sensors are not read: ${escaped}</p><p>Settings and firmware can be changed: <a href="/settings">/settings</a></p><p lang="pt">Modo de resgate: os sensores não são lidos. Configurações e firmware podem ser alterados em <a href="/settings">/settings</a>.</p></html>\n`,
		`Content-Security-Policy: ${strictPolicy}\r\nRetry-After: 60\r\n`,
	);
	return { allow: "GET, HEAD", isPublic: true, handle: () => response };
}
