/** Who answers for what. */

import { Answer, type Refusal } from "./answer.js";
import type { Request } from "./request.js";

/** Who answers for a path. */
export interface Handler {
	/** The methods, as in `Allow`: `GET, HEAD`, which all have, and what else there may be. */
	readonly allow: string;
	/** Whether it tells nothing of its own: then a device that is private gives it to anybody. */
	readonly open?: boolean;
	/** @returns The answer, also where it is an error. An exception, which gives a 500, is a defect. */
	answer(request: Request): Answer | Refusal;
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

	answer(): Answer {
		return new Answer(204, `Allow: ${this.allow}\r\n`);
	}
}
