/** `/api/setup`: the state of the Wi-Fi, the networks in reach, and credentials to try. */

import type { Access } from "../auth/access.js";
import type { Handler } from "../http/handler.js";
import type { Request } from "../http/request.js";
import { HTTPError, json, problem, Response } from "../http/response.js";
import type { Provisioning } from "../network/provisioning.js";
import type { Text } from "../platform/text.js";
import { jsonBody } from "./json-body.js";

/** What the set-up page needs of the device's network. */
export type SetupAccess = Pick<Provisioning, "state" | "scan" | "tryJoin">;

/** The device, as far as its network is concerned. */
export interface SetupSource {
	/** Its `setup` is `undefined` on a host without Wi-Fi. */
	readonly network: { readonly setup: SetupAccess | undefined };
}

export interface SetupHandlerOptions {
	text: Text;
	access: Access;
	source: SetupSource;
}

/** The keys of the content. */
const KEYS: readonly string[] = Object.freeze(["ssid", "password", "sealed"]);

export class SetupHandler implements Handler {
	readonly allow = "GET, HEAD, POST";
	#text: Text;
	#access: Access;
	#source: SetupSource;

	constructor({ text, access, source }: SetupHandlerOptions) {
		this.#text = text;
		this.#access = access;
		this.#source = source;
	}

	/** A scan takes the radio off its channel for a while, and lists the neighbours: only the owner gets it. */
	handle(request: Request): Response | HTTPError {
		const text = this.#text;
		const { setup } = this.#source.network;
		if (!setup) return new HTTPError(404, "This host has no Wi-Fi.");
		if (request.method === "POST") return this.join(setup, request) ?? json(text, setup.state);
		return json(text, { ...setup.state, networks: this.#access.isOwner(request) ? setup.scan() : null });
	}

	/** @returns 422 or 400 where nothing is tried. */
	private join(setup: SetupAccess, request: Request): Response | HTTPError | undefined {
		const text = this.#text;
		const body = jsonBody(text, request, KEYS);
		if (body instanceof Response || body instanceof HTTPError) return body;
		const { ssid, password, sealed } = body;
		if (sealed !== undefined) return problem(text, "sealed", "sealed: the keys are ssid and password");
		if (typeof ssid !== "string") return problem(text, "ssid", "ssid: a text is allowed");
		const secret = password === undefined ? undefined : this.#access.unseal(request, "password", password);
		if (secret instanceof HTTPError) return secret;
		if (secret !== undefined && typeof secret !== "string")
			return problem(text, "password", "password: a text is allowed");
		try {
			setup.tryJoin(ssid, secret || undefined);
		} catch (error) {
			if (!(error instanceof RangeError)) throw error;
			const { message } = error;
			return problem(text, message.slice(0, message.indexOf(":")), message);
		}
		return undefined;
	}
}
