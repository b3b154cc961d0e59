/** Who may read and who may change: asked for every request, before its handler is. See docs/security.md. */

import type { Clock, Text } from "../platform/types.js";
import { Refusal } from "./answer.js";
import { Challenges } from "./challenges.js";
import { equal, proof, seal, unhex } from "./proof.js";
import type { Request } from "./request.js";
import type { Handler } from "./routes.js";
import { hex } from "./sha256.js";
import { Tries } from "./tries.js";

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

/** @returns Nonce and answer, in the second and third place. */
function credentials(authorization = ""): RegExpExecArray | null {
	return /^HMAC-SHA-256 +nonce="?([0-9a-z.]{1,64})"?, *answer="?([0-9a-f]{64})"?$/i.exec(authorization);
}

export class Access {
	#options: AccessOptions;
	#challenges: Challenges;
	#tries: Tries;

	constructor(options: AccessOptions) {
		this.#options = options;
		this.#challenges = new Challenges(options);
		this.#tries = new Tries(options);
	}

	/** Whether anybody may read what `handler` gives. */
	isFree({ open }: Handler): boolean {
		return open === true || !this.#options.private();
	}

	/** @throws {Refusal} 302, 401, 403, 429: the request may not be answered. */
	check(request: Request, handler: Handler): void {
		const { method } = request;
		if (method === "OPTIONS") return;
		if (method === "GET" || method === "HEAD") this.#checkReading(request, handler);
		else this.#checkChange(request);
	}

	/** What a page needs to know before it asks for more. */
	session(request: Request) {
		const { password, private: isPrivate, isGuest } = this.#options;
		const guest = isGuest(request.remoteAddress);
		return {
			/** For one request that is to be signed. */
			nonce: this.#challenges.give(),
			/** Whether a password is set: then changes are to be signed with it. */
			password: password() !== undefined,
			/** Whether the connection came through the set-up access point. */
			guest,
			/** Whether this client may read. */
			reader: !isPrivate() || (guest && password() === undefined) || this.#isReader(request),
		};
	}

	/** @returns The header field by which a browser remembers that its user may read, ended by CRLF. */
	admit(): string {
		return `Set-Cookie: reader=${this.#readerMark()}; Path=/; HttpOnly; SameSite=Strict\r\n`;
	}

	/**
	 * @param value Of the secret setting `name`, as it came with `request`.
	 * @returns The secret. Where a password is set only a sealed one is taken, so that none is ever sent in clear. @throws {Refusal} 422.
	 */
	unseal(request: Request, name: string, value: unknown): unknown {
		const { text, password } = this.#options;
		const key = password();
		if (key === undefined || value === null) return value;
		const sealed = typeof value === "object" ? (value as { sealed?: unknown }).sealed : undefined;
		const bytes = typeof sealed === "string" ? unhex(sealed) : undefined;
		const [, nonce = ""] = credentials(request.fields.authorization) ?? [];
		if (!bytes) throw new Refusal(422, `${name}: it must be sealed, so that nobody can read it on the way.`);
		try {
			return text.decode(seal(text.encode, key, nonce, name, bytes));
		} catch {
			throw new Refusal(422, `${name}: it cannot be unsealed.`);
		}
	}

	#checkReading(request: Request, handler: Handler): void {
		if (this.isFree(handler) || this.#isReader(request)) return;
		const { password, isGuest } = this.#options;
		const key = password();
		if (key === undefined && isGuest(request.remoteAddress)) return;
		if (request.fields.authorization === undefined && request.fields.accept?.includes("text/html"))
			throw new Refusal(302, "This device is private.", `Location: ${SIGN_IN}\r\n`);
		if (key === undefined)
			throw new Refusal(403, "This device is private and has no password: set one through the set-up access point.");
		this.#verify(request, key);
	}

	#checkChange(request: Request): void {
		const { password, isGuest } = this.#options;
		const key = password();
		if (key !== undefined) this.#verify(request, key);
		else if (!isGuest(request.remoteAddress))
			throw new Refusal(403, "No password is set: this can be changed only through the set-up access point.");
	}

	#verify(request: Request, password: string): void {
		const { remoteAddress: address = "" } = request;
		const { authorization } = request.fields;
		const [, nonce, answer] = credentials(authorization) ?? [];
		if (nonce === undefined || answer === undefined) throw this.#challenge("This needs the password.");
		const waitMs = this.#tries.waitMs(address);
		if (waitMs > 0) throw new Refusal(429, "Too many wrong passwords.", `Retry-After: ${Math.ceil(waitMs / 1000)}\r\n`);
		const given = this.#challenges.check(nonce);
		if (given < 0) throw this.#challenge("The challenge is too old.", ", stale=true");
		const { text } = this.#options;
		if (!equal(unhex(answer) ?? [], proof(text.encode, password, nonce, request))) {
			this.#tries.wrong(address);
			throw this.#challenge("The password is wrong.");
		}
		this.#challenges.use(given);
	}

	#challenge(message: string, more = ""): Refusal {
		return new Refusal(401, message, `WWW-Authenticate: ${SCHEME} nonce="${this.#challenges.give()}"${more}\r\n`);
	}

	#isReader({ fields }: Request): boolean {
		const mark = /(?:^|; *)reader=([0-9a-f]{64})(?:;|$)/.exec(fields.cookie ?? "")?.[1];
		return mark !== undefined && equal(unhex(mark) ?? [], unhex(this.#readerMark()) ?? []);
	}

	/** Holds for this run of the device and this password. */
	#readerMark(): string {
		return hex(this.#challenges.derive(`reader ${this.#options.password()}`));
	}
}
