// What the settings and the set-up page ask of the device, signed where a password is set: see docs/security.md.

import { hex } from "../../modules/auth/sha256.js";
import { seal, sign } from "../../modules/auth/signature.js";

export interface Session {
	nonce: string;
	/** Whether a password is set. */
	password: boolean;
	/** Whether this page came through the set-up access point. */
	guest: boolean;
	/** Whether this page may read. */
	reader: boolean;
}

/** What the device has answered. */
export interface Reply {
	status: number;
	// biome-ignore lint/suspicious/noExplicitAny: what it is depends on what was asked
	body: any;
}

/** How often a challenge is asked for anew when another page was quicker. */
const attempts = 3;
const patienceMs = 8000;

const encoder = new TextEncoder();
const encode = (text: string) => encoder.encode(text);

async function ask(path: string, init: RequestInit = {}): Promise<Reply & { stale: boolean }> {
	const response = await fetch(path, { ...init, cache: "no-store", signal: AbortSignal.timeout(patienceMs) });
	const text = await response.text();
	const isJSON = response.headers.get("Content-Type") === "application/json";
	const stale = response.headers.get("WWW-Authenticate")?.includes("stale") ?? false;
	return { status: response.status, body: isJSON ? JSON.parse(text) : text.trim(), stale };
}

/** @throws {Error} The device does not answer. */
export function get(path: string): Promise<Reply> {
	return ask(path);
}

export async function session(): Promise<Session> {
	return (await ask("/api/session")).body;
}

/**
 * Sends a change, signed with `password` where the device has one; then the values of `secrets` are sealed.
 * @throws {Error} The device does not answer.
 */
export async function send(
	method: "PUT" | "POST",
	path: string,
	change: object,
	password: string,
	secrets: readonly string[] = [],
): Promise<Reply> {
	for (let left = attempts; ; left--) {
		const { nonce, password: needed } = await session();
		const headers: Record<string, string> = { "Content-Type": "application/json" };
		const content: Record<string, unknown> = { ...change };
		if (needed)
			for (const key of secrets)
				if (typeof content[key] === "string")
					content[key] = { sealed: hex(seal(encode, password, nonce, key, encode(content[key]))) };
		const text = JSON.stringify(content);
		if (needed) {
			const answer = sign(encode, password, nonce, {
				method,
				authority: location.host,
				path,
				query: "",
				body: encode(text),
			});
			headers.Authorization = `HMAC-SHA-256 nonce="${nonce}", answer="${hex(answer)}"`;
		}
		const reply = await ask(path, { method, headers, body: text });
		if (!reply.stale || left <= 1) return reply;
	}
}
