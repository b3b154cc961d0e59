// Requests of the owner to a device.

import { ok } from "node:assert/strict";
import { authorization } from "../fakes/signing.js";

/** Of the device under test, or for the one that is started. */
export const { DEVICE_PASSWORD: password = "correct horse" } = process.env;

/** Sends JSON, signed with `password`. @throws {Error} The device refuses it. */
export async function sendSigned(url: string, method: string, target: string, content: object): Promise<void> {
	const { nonce } = await (await fetch(`${url}/api/session`)).json();
	const body = JSON.stringify(content);
	const line = authorization(password, nonce, { method, target, body, host: new URL(url).host });
	const headers = { "content-type": "application/json", authorization: line.slice(line.indexOf(" ") + 1).trim() };
	const response = await fetch(url + target, { method, headers, body });
	ok(response.ok, `${method} ${target}: ${response.status}`);
}
