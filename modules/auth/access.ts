/** Who may read and who may change: asked for every request, before its handler is. See docs/security.md. */

import type { Handler } from "../http/handler.js";
import { isUTF8 } from "../http/octets.js";
import type { Request } from "../http/request.js";
import { HTTPError } from "../http/response.js";
import type { Clock } from "../platform/clock.js";
import type { Text } from "../platform/text.js";
import { Nonces } from "./nonces.js";
import { RateLimit } from "./rate-limit.js";
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
}

/** As `Authorization` names it. */
const SCHEME = "HMAC-SHA-256";
/** Under this path a person proves to know the password. */
const SIGN_IN = "/settings";

/** The longest challenge, characters. */
const MAX_NONCE = 64;

interface Credentials {
	nonce: string;
	/** The answer to it. */
	answer: string;
}

/** @returns The value of the parameter `name` of `field`, in quotes or not; empty without one. */
function parameterOf(field: string, name: string): string {
	const at = field.indexOf(`${name}=`);
	if (at < 0) return "";
	const from = at + name.length + 1;
	if (!field.startsWith('"', from)) {
		const comma = field.indexOf(",", from);
		return field.slice(from, comma < 0 ? field.length : comma);
	}
	const quote = field.indexOf('"', from + 1);
	return quote < 0 ? "" : field.slice(from + 1, quote);
}

/** @returns What a signed request shows; `undefined` of another one. */
function credentials({ fields: { authorization } }: Request): Credentials | undefined {
	if (authorization?.slice(0, SCHEME.length + 1).toUpperCase() !== `${SCHEME} `) return undefined;
	const nonce = parameterOf(authorization, "nonce");
	const answer = parameterOf(authorization, "answer");
	if (nonce === "" || nonce.length > MAX_NONCE || answer.length !== 64) return undefined;
	return { nonce, answer };
}

export class Access {
	#options: AccessOptions;
	#challenges: Nonces;
	#tries: RateLimit;
	/** What a reader's cookie holds, in digits, and for which password: worked out once, for every request is asked for it. */
	#mark = "";
	#markOf: string | undefined;

	constructor(options: AccessOptions) {
		this.#options = options;
		this.#challenges = new Nonces(options);
		this.#tries = new RateLimit(options);
	}

	/** Whether anybody may read what `handler` gives. */
	isPublic({ open }: Handler): boolean {
		return open === true || !this.#options.private();
	}

	/** @returns 302, 401, 403, 429 where the request may not be answered; else `undefined`. */
	check(request: Request, handler: Handler): HTTPError | undefined {
		const { method } = request;
		if (method === "OPTIONS") return undefined;
		return method === "GET" || method === "HEAD" ? this.#checkReading(request, handler) : this.#checkChange(request);
	}

	/** Whether a request that has passed `check` is of somebody who may change the device: a guest of the access point, or signed. */
	isOwner(request: Request): boolean {
		if (this.#options.password() !== undefined && credentials(request)) return true;
		return this.#options.isGuest(request.remoteAddress);
	}

	/** What a page needs to know before it asks for more. */
	session(request: Request) {
		const { password, private: isPrivate, isGuest } = this.#options;
		const guest = isGuest(request.remoteAddress);
		return {
			/** For one request that is to be signed. */
			nonce: this.#challenges.issue(),
			/** Whether a password is set: then changes are to be signed with it. */
			password: password() !== undefined,
			/** Whether the connection came through the set-up access point. */
			guest,
			/** Whether this client may read. */
			reader: !isPrivate() || (guest && password() === undefined) || this.#isReader(request),
		};
	}

	/** @returns The header field by which a browser remembers that its user may read, ended by CRLF. */
	readerCookie(): string {
		return `Set-Cookie: reader=${this.#readerMark()}; Path=/; HttpOnly; SameSite=Strict\r\n`;
	}

	/**
	 * @param value Of the secret setting `name`, as it came with `request`.
	 * @returns The secret; 422 for what is none. Where a password is set only a sealed one is taken, so that none is ever sent in clear.
	 */
	unseal(request: Request, name: string, value: unknown): unknown | HTTPError {
		const { text, password } = this.#options;
		const key = password();
		if (key === undefined || value === null) return value;
		const sealed = typeof value === "object" ? (value as { sealed?: unknown }).sealed : undefined;
		const bytes = typeof sealed === "string" ? fromHex(sealed) : undefined;
		if (!bytes) return new HTTPError(422, `${name}: it must be sealed, so that nobody can read it on the way.`);
		const secret = seal(text.encode, key, credentials(request)?.nonce ?? "", name, bytes);
		return isUTF8(secret) ? text.decode(secret) : new HTTPError(422, `${name}: it cannot be unsealed.`);
	}

	/** Who shows that the password is known shows it rightly, also where reading is free. */
	#checkReading(request: Request, handler: Handler): HTTPError | undefined {
		const key = this.#options.password();
		if (key !== undefined && credentials(request)) return this.#verify(request, key);
		if (this.isPublic(handler) || this.#isReader(request)) return undefined;
		if (key === undefined && this.#options.isGuest(request.remoteAddress)) return undefined;
		if (request.fields.authorization === undefined && request.fields.accept?.includes("text/html"))
			return new HTTPError(302, "This device is private.", `Location: ${SIGN_IN}\r\n`);
		if (key !== undefined) return this.#challenge("This needs the password.");
		return new HTTPError(403, "This device is private and has no password: set one through the set-up access point.");
	}

	#checkChange(request: Request): HTTPError | undefined {
		const { password, isGuest } = this.#options;
		const key = password();
		if (key !== undefined) return this.#verify(request, key);
		if (isGuest(request.remoteAddress)) return undefined;
		return new HTTPError(403, "No password is set: this can be changed only through the set-up access point.");
	}

	#verify(request: Request, password: string): HTTPError | undefined {
		const { remoteAddress: address = "" } = request;
		const shown = credentials(request);
		if (!shown) return this.#challenge("This needs the password.");
		const waitMs = this.#tries.retryAfterMs(address);
		if (waitMs > 0)
			return new HTTPError(429, "Too many wrong passwords.", `Retry-After: ${Math.ceil(waitMs / 1000)}\r\n`);
		const { nonce, answer } = shown;
		const given = this.#challenges.check(nonce);
		if (given < 0) return this.#challenge("The challenge is too old.", ", stale=true");
		if (!equal(fromHex(answer) ?? [], sign(this.#options.text.encode, password, nonce, request))) {
			this.#tries.recordFailure(address);
			return this.#challenge("The password is wrong.");
		}
		this.#challenges.consume(given);
		return undefined;
	}

	#challenge(message: string, more = ""): HTTPError {
		return new HTTPError(401, message, `WWW-Authenticate: ${SCHEME} nonce="${this.#challenges.issue()}"${more}\r\n`);
	}

	#isReader({ fields: { cookie } }: Request): boolean {
		return cookie !== undefined && equal(fromHex(cookie) ?? [], fromHex(this.#readerMark()) ?? []);
	}

	/** Holds for this run of the device and this password. */
	#readerMark(): string {
		const password = this.#options.password();
		if (this.#mark === "" || this.#markOf !== password) {
			this.#mark = hex(this.#challenges.derive(`reader ${password}`));
			this.#markOf = password;
		}
		return this.#mark;
	}
}
