/** `/api/setup`: where the device stands with its Wi-Fi, what is in reach, and another network to try. */

import type { FoundNetwork, Text } from "../platform/types.js";
import type { Access } from "./access.js";
import { type Answer, content, json, Refusal } from "./answer.js";
import type { NetworkReport } from "./events.js";
import { jsonBody } from "./jsonbody.js";
import type { Request } from "./request.js";
import type { Handler } from "./routes.js";

/** What of the device's network the page works with. */
export interface SetupAccess {
	readonly state: NetworkReport;
	scan(): readonly FoundNetwork[];
	/** @throws {RangeError} One line that begins with the key. */
	tryJoin(ssid: string, password: string | undefined): void;
}

export interface SetupHandlerOptions {
	text: Text;
	access: Access;
	/** `undefined` on a host without Wi-Fi. */
	setup(): SetupAccess | undefined;
}

export class SetupHandler implements Handler {
	readonly allow = "GET, HEAD, POST";
	#options: SetupHandlerOptions;

	constructor(options: SetupHandlerOptions) {
		this.#options = options;
	}

	answer(request: Request): Answer {
		const { text } = this.#options;
		const setup = this.#options.setup();
		if (!setup) throw new Refusal(404, "This host has no Wi-Fi.");
		if (request.method !== "POST") return json(text, { ...setup.state, networks: setup.scan() });
		try {
			this.#join(setup, request);
		} catch (error) {
			if (!(error instanceof RangeError)) throw error;
			const [key] = error.message.split(":");
			return content(text, 422, "application/json", JSON.stringify({ key, message: error.message }));
		}
		return json(text, setup.state);
	}

	#join(setup: SetupAccess, request: Request): void {
		const { text, access } = this.#options;
		const { ssid, password, ...rest } = jsonBody(text, request);
		const [stray] = Object.keys(rest);
		if (stray !== undefined) throw new RangeError(`${stray}: the keys are ssid and password`);
		if (typeof ssid !== "string") throw new RangeError("ssid: a text is allowed");
		const secret = password === undefined ? undefined : access.unseal(request, "password", password);
		if (secret !== undefined && typeof secret !== "string") throw new RangeError("password: a text is allowed");
		setup.tryJoin(ssid, secret || undefined);
	}
}
