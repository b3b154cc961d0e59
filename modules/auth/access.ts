/** Decides who may read and who may change, before each request is handled. See docs/security.md. */

import type { CookieRule } from "../http/cookies.js";
import { ACCEPT, type FieldRule, fieldRule } from "../http/field-rules.js";
import type { Handler } from "../http/handler.js";
import { isUTF8 } from "../http/octets.js";
import type { Request } from "../http/request.js";
import { HTTPError } from "../http/response.js";
import type { Clock } from "../platform/clock.js";
import type { Text } from "../platform/text.js";
import { Nonces } from "./nonces.js";
import { RateLimit } from "./rate-limit.js";
import { SetupWindow } from "./setup-window.js";
import { hex } from "./sha256.js";
import { equal, fromHex, seal, sign } from "./signature.js";

export interface AccessOptions {
	clock: Clock;
	text: Text;
	/** As of `Host`. */
	random(): number;
	/** As of now; `undefined` until one is set. */
	password(): string | undefined;
	/** Whether reading needs the password, too. */
	private(): boolean;
	/** Whether a connection from this address came through the set-up access point. */
	isGuest(address: string | undefined): boolean;
	/** Whether no other computer reaches the host: then the person at it is the owner. */
	isLoopback: boolean;
	/** Prints lines on the console. */
	log: { from(source: string): (line: string) => void };
}

/** What it reads of a request. */
export const ACCESS_FIELDS: readonly FieldRule[] = Object.freeze(
	[ACCEPT, fieldRule("authorization", 256, { required: true })],
	true,
);
/** Holds 32 bytes in hexadecimal digits. */
export const READER_COOKIE: CookieRule = Object.freeze({ name: "reader", length: 64 }, true);

/** As `Authorization` names it. */
const SCHEME = "HMAC-SHA-256";
/** Under this path a person signs in. */
const SIGN_IN = "/settings";
/** How a device without a password is asked by the computer that it runs on: no name that another site could turn into its address. */
const OWN_HOSTS: readonly string[] = Object.freeze(["localhost", "127.0.0.1", "[::1]"], true);

/** The longest nonce, characters. */
const MAX_NONCE = 64;

interface Credentials {
	nonce: string;
	/** In hexadecimal digits. */
	signature: string;
}

/** @returns The value of the parameter that begins with `prefix`, in quotes or not; empty without one. */
function parameterOf(field: string, prefix: string): string {
	const at = field.indexOf(prefix);
	if (at < 0) return "";
	const from = at + prefix.length;
	if (!field.startsWith('"', from)) {
		const comma = field.indexOf(",", from);
		return field.slice(from, comma < 0 ? field.length : comma);
	}
	const quote = field.indexOf('"', from + 1);
	return quote < 0 ? "" : field.slice(from + 1, quote);
}

/** @returns The credentials of a signed request; `undefined` of another one. */
function credentials({ fields: { authorization } }: Request): Credentials | undefined {
	if (authorization?.slice(0, SCHEME.length + 1).toUpperCase() !== `${SCHEME} `) return undefined;
	const nonce = parameterOf(authorization, "nonce=");
	const signature = parameterOf(authorization, "answer=");
	if (nonce === "" || nonce.length > MAX_NONCE || signature.length !== 64) return undefined;
	return { nonce, signature };
}

/** Whether a request was made by a program of this computer or by the device's own page, not by a page of another site. */
function isOfOwnComputer({ authority, fields: { origin } }: Request): boolean {
	const host = authority.toLowerCase();
	const [, name = "", port = ""] = /^(\[::1\]|[^:]*)(.*)$/.exec(host) ?? [];
	return (
		OWN_HOSTS.includes(name) && /^(:\d{1,5})?$/.test(port) && (origin === undefined || origin === `http://${host}`)
	);
}

export class Access {
	#options: AccessOptions;
	/** Made by the first hand on the device. */
	#setupWindow: SetupWindow | undefined;
	#nonces: Nonces;
	#rateLimit: RateLimit;
	/** The reader's cookie in digits, and its password: computed once, since every request is compared with it. */
	#token = "";
	#tokenOf: string | undefined;

	constructor(options: AccessOptions) {
		this.#options = options;
		this.#nonces = new Nonces(options);
		this.#rateLimit = new RateLimit(options);
	}

	/** A hand on the device opens the set-up window; nothing happens unless a password is missing. */
	beginSetup(): void {
		const { clock, log } = this.#options;
		const isAllowed = () => this.isNobodys;
		this.#setupWindow ??= new SetupWindow({ clock, isAllowed, log: log.from("access") });
		this.#setupWindow.begin();
	}

	/** As `end` of the set-up window. */
	endSetup(reason?: string): void {
		this.#setupWindow?.end(reason);
	}

	/** Whether reading needs the password. */
	get isPrivate(): boolean {
		return this.#options.private();
	}

	/** Whether everybody may read what `handler` gives. */
	isPublic({ isPublic }: Handler): boolean {
		return isPublic === true || !this.isPrivate;
	}

	/** @returns 302, 401, 403, 429 where the request may not be handled; otherwise `undefined`. */
	check(request: Request, handler: Handler): HTTPError | undefined {
		const { method } = request;
		if (method === "OPTIONS") return undefined;
		return method === "GET" || method === "HEAD"
			? this.checkReading(request, handler)
			: this.checkChange(request, handler);
	}

	/** Whether the sender of a request that has passed `check` may change the device: it is signed, or needs no signature yet. */
	isOwner(request: Request): boolean {
		if (this.#options.password() !== undefined && credentials(request)) return true;
		return this.#options.isGuest(request.remoteAddress) || this.isOwnerByHand(request);
	}

	/** What a page has to ask for first. */
	session(request: Request) {
		const options = this.#options;
		const guest = options.isGuest(request.remoteAddress);
		const isUnset = options.password() === undefined;
		return {
			/** For one request that is to be signed. */
			nonce: this.#nonces.issue(),
			/** Whether a password is set: then changes are to be signed with it. */
			password: !isUnset,
			/** Whether the connection came through the set-up access point. */
			guest,
			/** Whether this client may change the device without a password. */
			unsigned: isUnset && (guest || this.isOwnerByHand(request)),
			/** How long anybody in the network may, ms; 0 when only guests and the computer's own user may. */
			setupMs: this.setupMs,
			/** Whether this client may read. */
			reader: !this.isPrivate || (guest && isUnset) || this.isReader(request),
		};
	}

	/** What the cookie of a reader depends on; `undefined` while no password is set, when nobody has one. */
	get readerKey(): string | undefined {
		return this.#options.password() === undefined ? undefined : this.readerToken();
	}

	/** Whether the client has shown the password: it has the cookie of a reader, also of a device that everybody may read. */
	isReader(request: Request): boolean {
		const { cookie } = request;
		if (cookie === undefined || this.#options.password() === undefined) return false;
		return equal(fromHex(cookie) ?? [], fromHex(this.readerToken()) ?? []);
	}

	/** @returns The header field by which a browser remembers that its user may read, ended by CRLF; 403 while no password is set. */
	readerCookie(): string | HTTPError {
		if (this.#options.password() === undefined) return new HTTPError(403, "No password is set.");
		return `Set-Cookie: ${READER_COOKIE.name}=${this.readerToken()}; Path=/; HttpOnly; SameSite=Strict\r\n`;
	}

	/**
	 * @param value Of the secret setting `name`, as `request` has it.
	 * @returns The secret; 422 for what is none. Where a password is set, only a sealed secret is taken: none is sent in clear.
	 */
	unseal(request: Request, name: string, value: unknown): unknown | HTTPError {
		const { text } = this.#options;
		const key = this.#options.password();
		if (key === undefined || value === null) return value;
		const sealed = typeof value === "object" ? (value as { sealed?: unknown }).sealed : undefined;
		const bytes = typeof sealed === "string" ? fromHex(sealed) : undefined;
		if (!bytes) return new HTTPError(422, `${name}: it must be sealed, so that nobody can read it on the way.`);
		const secret = seal(text.encode, key, credentials(request)?.nonce ?? "", name, bytes);
		return isUTF8(secret) ? text.decode(secret) : new HTTPError(422, `${name}: it cannot be unsealed.`);
	}

	/** A signed request must be signed rightly, also where reading is free. */
	private checkReading(request: Request, handler: Handler): HTTPError | undefined {
		const key = this.#options.password();
		if (key !== undefined && credentials(request)) return this.verify(request, key);
		if (this.isPublic(handler) || this.isReader(request)) return undefined;
		if (key === undefined && this.#options.isGuest(request.remoteAddress)) return undefined;
		if (request.fields.authorization === undefined && request.fields.accept?.includes("text/html"))
			return new HTTPError(302, "This device is private.", `Location: ${SIGN_IN}\r\n`);
		if (key !== undefined) return this.challenge("This needs the password.");
		return new HTTPError(403, "This device is private and has no password: set one through the set-up access point.");
	}

	private checkChange(request: Request, { needsCredentials }: Handler): HTTPError | undefined {
		const options = this.#options;
		const key = options.password();
		if (key !== undefined) return this.verify(request, key);
		if (needsCredentials) return new HTTPError(403, "This needs a password: set one at /settings first.");
		if (options.isGuest(request.remoteAddress) || this.isOwnerByHand(request)) return undefined;
		return new HTTPError(403, "No password is set: press the device's button briefly, then set one at /settings.");
	}

	/**
	 * Whether nobody is the owner yet. A private device without a password has lost the one that it had: only the set-up access point
	 * leads into it.
	 */
	private get isNobodys(): boolean {
		return this.#options.password() === undefined && !this.#options.private();
	}

	/** How long the set-up window is open, ms. */
	private get setupMs(): number {
		return this.#setupWindow?.leftMs ?? 0;
	}

	/** Whether a hand on the device's button, or on the keyboard of the computer that it runs on, makes the client the owner. */
	private isOwnerByHand(request: Request): boolean {
		if (!this.isNobodys) return false;
		return this.setupMs > 0 || (this.#options.isLoopback && isOfOwnComputer(request));
	}

	private verify(request: Request, password: string): HTTPError | undefined {
		const { remoteAddress: address = "" } = request;
		const shown = credentials(request);
		if (!shown) return this.challenge("This needs the password.");
		const waitMs = this.#rateLimit.retryAfterMs(address);
		if (waitMs > 0)
			return new HTTPError(429, "Too many wrong passwords.", `Retry-After: ${Math.ceil(waitMs / 1000)}\r\n`);
		const { nonce, signature } = shown;
		const number = this.#nonces.check(nonce);
		if (number < 0) return this.challenge("The challenge is too old.", ", stale=true");
		if (!equal(fromHex(signature) ?? [], sign(this.#options.text.encode, password, nonce, request))) {
			this.#rateLimit.recordFailure(address);
			return this.challenge("The password is wrong.");
		}
		this.#nonces.consume(number);
		return undefined;
	}

	private challenge(message: string, more = ""): HTTPError {
		return new HTTPError(401, message, `WWW-Authenticate: ${SCHEME} nonce="${this.#nonces.issue()}"${more}\r\n`);
	}

	/** Valid for this run of the program and this password. */
	private readerToken(): string {
		const password = this.#options.password();
		if (this.#token === "" || this.#tokenOf !== password) {
			this.#token = hex(this.#nonces.derive(`reader ${password}`));
			this.#tokenOf = password;
		}
		return this.#token;
	}
}
