// Requests of the settings page and the set-up page, signed where a password is set: see docs/security.md.

import type { SessionReport } from "../../modules/api/schema.js";
import type { RejectedSetting } from "../../modules/api/settings.js";
import { secretsIn } from "../../modules/auth/secrets.js";
import { hex, sha256 } from "../../modules/auth/sha256.js";
import { type Signed, seal, sign } from "../../modules/auth/signature.js";
import { isMasked } from "../../modules/config/mask.js";

/** A response other than 2xx. */
export interface Failure {
	readonly ok: false;
	readonly status: number;
	/** A sentence in English, with the key where it is about one setting. */
	readonly error: RejectedSetting | string;
	/** Whether the nonce was used or expired. */
	readonly stale: boolean;
}

export type Reply<Body> = { readonly ok: true; readonly body: Body } | Failure;

export interface Change {
	readonly method: "PUT" | "POST";
	readonly path: string;
	readonly content: Readonly<Record<string, unknown>>;
	/** Of the device; passed over where none is set. */
	readonly password: string;
	/** Paths in `content`, as of `secretsIn`, whose values are sealed where a password is set. */
	readonly secrets?: readonly string[];
	/** Whether keys that the device does not know are passed over. */
	readonly isFile?: boolean;
}

/** The longest body that a signature covers, bytes: of a longer one it covers the digest, in the query. */
const MAX_SIGNED = 2048;
/** Another page may use up a nonce first: the request is then signed with a new one. */
const MAX_ATTEMPTS = 3;
const TIMEOUT_MS = 8000;

const encoder = new TextEncoder();
const encode = (input: string) => encoder.encode(input);

async function request<Body>(path: string, init: RequestInit = {}): Promise<Reply<Body>> {
	const response = await fetch(path, { ...init, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
	const isJSON = response.headers.get("Content-Type") === "application/json";
	const body = isJSON ? await response.json() : (await response.text()).trim();
	if (response.ok) return { ok: true, body };
	const stale = response.headers.get("WWW-Authenticate")?.includes("stale") ?? false;
	return { ok: false, status: response.status, error: body, stale };
}

/** @throws {Error} There is no response in time. */
export function get<Body>(path: string): Promise<Reply<Body>> {
	return request(path);
}

/** @throws {Error} There is no response in time, or another one than 2xx. */
export async function session(): Promise<SessionReport> {
	const reply = await request<SessionReport>("/api/session");
	if (!reply.ok) throw new Error(`${reply.status}`);
	return reply.body;
}

/** Signs a request. @param target With the query as it is sent. @returns The value of `Authorization`. */
export function authorize(target: Omit<Signed, "authority">, password: string, nonce: string): string {
	const signature = sign(encode, password, nonce, { ...target, authority: location.host });
	return `HMAC-SHA-256 nonce="${nonce}", answer="${hex(signature)}"`;
}

/** @returns `change` with its secrets sealed. */
function sealed({ content, password, secrets = [] }: Change, nonce: string): object {
	const copy = structuredClone(content) as Record<string, unknown>;
	for (const { holder, key, name } of secrets.flatMap(path => secretsIn(copy, path))) {
		const value = holder[key];
		if (typeof value !== "string" || isMasked(name, value)) continue;
		holder[key] = { sealed: hex(seal(encode, password, nonce, name, encode(value))) };
	}
	return copy;
}

/** Sends a change. @param nonce Signs it; without one it is sent as it is. */
function sendChange<Body>(change: Change, nonce?: string): Promise<Reply<Body>> {
	const { method, path, content, password, isFile = false } = change;
	const body = JSON.stringify(nonce === undefined ? content : sealed(change, nonce));
	const bytes = encode(body);
	const query = isFile || bytes.byteLength > MAX_SIGNED ? `sha256=${hex(sha256(bytes))}` : "";
	const headers: Record<string, string> = { "Content-Type": "application/json" };
	if (nonce !== undefined)
		headers.Authorization = authorize({ method, path, query, body: query ? undefined : bytes }, password, nonce);
	return request(query ? `${path}?${query}` : path, { method, headers, body });
}

/** @param task Sends a request with the nonce that it is given. @throws {Error} There is no response in time. */
export async function withNonce<Body>(task: (current: SessionReport) => Promise<Reply<Body>>): Promise<Reply<Body>> {
	for (let attempt = 1; ; attempt++) {
		const reply = await task(await session());
		if (reply.ok || !reply.stale || attempt >= MAX_ATTEMPTS) return reply;
	}
}

/**
 * Sends a change, signed where the device has a password.
 * @throws {Error} There is no response in time.
 */
export function send<Body>(change: Change): Promise<Reply<Body>> {
	return withNonce(({ nonce, password }) => sendChange(change, password ? nonce : undefined));
}

/** Reads, signed: the device says whether the password is right. @throws {Error} There is no response in time. */
export function getSigned<Body>(path: string, password: string): Promise<Reply<Body>> {
	return withNonce(({ nonce }) => {
		const Authorization = authorize({ method: "GET", path, query: "", body: undefined }, password, nonce);
		return request(path, { headers: { Authorization } });
	});
}
