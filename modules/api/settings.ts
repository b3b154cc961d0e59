/** `/api/settings`: the settings that may change while the device runs, and the way to forget all of them. */

import type { Access } from "../auth/access.js";
import { secretsIn } from "../auth/secrets.js";
import { fromHex } from "../auth/signature.js";
import { JSONStrings } from "../config/json-strings.js";
import type { ContentSink, Exchange, UploadHandler } from "../http/handler.js";
import { parameter, type Request } from "../http/request.js";
import { HTTPError, json, problem, Response } from "../http/response.js";
import { IteratedText, textSourceResponse } from "../http/text-body.js";
import type { Text } from "../platform/text.js";
import { jsonBody, type Patch } from "./json-body.js";
import { MAX_IMPORT, SettingsImport } from "./settings-import.js";

export type { Patch } from "./json-body.js";

/** Why nothing was changed. */
export interface RejectedSetting {
	/** As `sensors[0].pin`. */
	key: string;
	/** One line: the key, the value and what is allowed. */
	message: string;
}

/** The result of a change. */
export interface Change {
	/** Those of the changed keys that take effect with the next boot. */
	restart: readonly string[];
}

export interface SettingsSource {
	/** All keys that the body and the objects in it may have. */
	readonly keys: readonly string[];
	/** Paths of the values that are sealed on their way, as of `secretsIn`. */
	readonly secrets: readonly string[];
	/** Whether `secret` stands for the one that the device has at `name`, and so is none. */
	isMasked(name: string, secret: unknown): boolean;
	/** Counted up when a key comes to mean something else. */
	readonly format: number;
	/** Whether memory is free for the largest change. */
	readonly hasRoom: boolean;
	/** As of now, without secrets. */
	readonly settings: object;
	/** Changes all that `patch` names, or nothing. */
	change(patch: Patch): Change | RejectedSetting;
	/** Removes from `patch` what is of no use without a secret that it lacks. @returns Keys that stay as they are for that. */
	leaveOut(patch: Patch): string[];
	/** Has the next start erase all that is kept, and restarts soon. @returns Why it cannot be now; else `undefined`. */
	forget(): string | undefined;
	/** Whether the host can restart by itself. */
	readonly restarts: boolean;
}

export interface SettingsHandlerOptions {
	text: Text;
	access: Access;
	source: SettingsSource;
}

/** Bytes of a SHA-256. */
const DIGEST = 32;
/** The keys of the content of a POST. */
const ACTION: readonly string[] = Object.freeze(["action"]);

export class SettingsHandler implements UploadHandler {
	readonly allow = "GET, HEAD, PUT, POST";
	readonly maxBody = MAX_IMPORT;
	#text: Text;
	#access: Access;
	#source: SettingsSource;
	#isImporting = false;

	constructor({ text, access, source }: SettingsHandlerOptions) {
		this.#text = text;
		this.#access = access;
		this.#source = source;
	}

	/** What announces its digest is taken in pieces: the signature covers the digest, and not the body. */
	isUpload(request: Request): boolean {
		return request.method === "PUT" && parameter(request, "sha256") !== undefined;
	}

	handle(request: Request): Response | HTTPError {
		const { method } = request;
		if (method === "PUT") return this.respond(request);
		if (method === "POST") return this.act(request);
		return this.send();
	}

	/** One at a time: it keeps up to 8 KB until the last piece has arrived. */
	upload(request: Request, exchange: Exchange): ContentSink | HTTPError {
		const { contentLength: length } = request;
		if (length < 0) return new HTTPError(411, "The body must have a Content-Length.");
		const digest = fromHex(parameter(request, "sha256") ?? "");
		if (digest?.byteLength !== DIGEST) return new HTTPError(400, "sha256 must be that of the body, in hexadecimal.");
		if (this.#isImporting) return new HTTPError(409, "Other settings are being sent: try again in a few seconds.");
		this.#isImporting = true;
		const onEnd = () => {
			this.#isImporting = false;
		};
		const onComplete = (from: SettingsImport) => {
			if (!this.#source.hasRoom)
				return new HTTPError(
					503,
					"Too little memory is free now: close other pages of this device.",
					"Retry-After: 5\r\n",
				);
			request.body = from.take();
			return this.respond(request, []);
		};
		return new SettingsImport({ length, digest, exchange, onComplete, onEnd });
	}

	/** @param ignored Gets the keys that were passed over; without it none is. */
	private respond(request: Request, ignored?: string[]): Response | HTTPError {
		const text = this.#text;
		const outcome = this.change(request, ignored);
		if (outcome instanceof Response || outcome instanceof HTTPError) return outcome;
		return "key" in outcome
			? problem(text, outcome.key, outcome.message)
			: this.send({ head: { ...outcome, ignored }, key: "settings" });
	}

	/** A method of its own, so that the patch is freed before the response is made. */
	private change(request: Request, ignored?: string[]): Change | RejectedSetting | Response | HTTPError {
		const patch = this.patch(request, ignored);
		if (patch instanceof Response || patch instanceof HTTPError) return patch;
		if (ignored) ignored.push(...this.#source.leaveOut(patch));
		return this.#source.change(patch);
	}

	/** @returns The change, unsealed; 400 or 422 where there is none. */
	private patch(request: Request, ignored?: string[]): Patch | Response | HTTPError {
		const { keys, secrets, format } = this.#source;
		const patch = jsonBody(this.#text, request, keys, ignored);
		if (patch instanceof Response || patch instanceof HTTPError) return patch;
		const { format: given = format } = patch;
		if (typeof given !== "number" || given > format)
			return problem(this.#text, "format", `format: these are settings of a later version; up to ${format} is allowed`);
		delete patch.format;
		for (const { holder, key, name } of secrets.flatMap(path => secretsIn(patch, path))) {
			if (this.#source.isMasked(name, holder[key])) continue;
			const secret = this.#access.unseal(request, name, holder[key]);
			if (secret instanceof HTTPError) return secret;
			holder[key] = secret;
		}
		return patch;
	}

	/** The settings as of now, sent in pieces. @param of As of `JSONStrings`. */
	private send(of?: { head: object; key: string }): Response {
		const { format, settings } = this.#source;
		const source = new IteratedText(new JSONStrings({ format, ...settings }, of));
		return textSourceResponse(this.#text, "Content-Type: application/json\r\nCache-Control: no-store\r\n", source);
	}

	private act(request: Request): Response | HTTPError {
		const text = this.#text;
		const body = jsonBody(text, request, ACTION);
		if (body instanceof Response || body instanceof HTTPError) return body;
		if (body.action !== "forget") return problem(text, "action", 'action: "forget" is allowed');
		const error = this.#source.forget();
		return error === undefined ? json(text, { restarts: this.#source.restarts }) : new HTTPError(409, error);
	}
}
