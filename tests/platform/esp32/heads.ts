// Reads heads as the chip does: cut in C where they are usual, and in JavaScript. Runs in the program of tools/instructions.

import cutHead from "head";
import { requestOptions } from "../../../modules/app/http-service.js";
import { latin1 as decoded } from "../../../modules/http/head-reader.js";
import { RequestParser } from "../../../modules/http/request-parser.js";
import { latin1, text } from "../../fakes/text.js";

/** Each character of `head` with each of these before it, and in place of it. */
const fragments =
	"\r|\n|\r\n|\r\n\r\n|\0|\t| |:|,|%|%41|?|/|\x7f|\x80|\xff|_|a|\r\nhost: b|\r\nCookie: reader=1|\r\nACCEPT:*/*".split(
		"|",
	);

const { fields } = requestOptions;

/** @returns Whether `head` is usual. @throws {Error} It is read otherwise then. */
function check(head: string): boolean {
	const bytes = latin1(head);
	const usual = new RequestParser(fields, cutHead).parseUsual(bytes, 2000, "192.168.1.2");
	if (!usual) return false;
	const end = head.indexOf("\r\n\r\n") + 4;
	const parsed = new RequestParser(fields).parse(decoded(text, bytes), "192.168.1.2");
	if (end !== head.length || JSON.stringify(parsed) !== JSON.stringify(usual))
		throw new Error(`${JSON.stringify(head)}: ${JSON.stringify(usual)}, and not ${JSON.stringify(parsed)}`);
	return true;
}

function start(): void {
	host.onAlarm = () => {};
	host.onCommand = line => {
		const head = decodeURIComponent(line);
		if (!check(head)) throw new Error(`${line}: it is not usual`);
		check(head.slice(head.indexOf(" ")));
		for (let at = 0; at <= head.length; at++)
			for (const fragment of fragments)
				for (const from of [at, at + 1]) check(head.slice(0, at) + fragment + head.slice(from));
	};
}

Object.assign(globalThis, { start });
