/** Who answers for what. */

import type { Request } from "./request.js";
import { type HTTPError, Response } from "./response.js";

/** Who answers for a path. */
export interface Handler {
	/** The methods, as in `Allow`: `GET, HEAD`, which all have, and what else there may be. */
	readonly allow: string;
	/** Whether it tells nothing of its own: then a device that is private gives it to anybody. */
	readonly open?: boolean;
	/** @returns The answer, also where it is an error. An exception, which gives a 500, is a defect. */
	handle(request: Request): Response | HTTPError;
}

/** Finds who answers for a decoded path; a `Map` is one. */
export interface Routes {
	get(path: string): Handler | undefined;
}

/** Tells what may be asked of a resource; browsers ask before they change something for another site's page. */
export class Options implements Handler {
	readonly allow: string;

	constructor(allow: string) {
		this.allow = allow;
	}

	handle(): Response {
		return new Response(204, `Allow: ${this.allow}\r\n`);
	}
}
