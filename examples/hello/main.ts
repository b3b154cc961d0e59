/** Says hello to whoever asks: `curl http://ADDRESS:8080/`, and `curl http://ADDRESS:8080/?name=Ada`. */

import Listener from "embedded:io/socket/listener";
import type { Handler } from "modules/http/handler";
import { parameter } from "modules/http/request";
import { textResponse } from "modules/http/response";
import { Server, type ServerOptions } from "modules/http/server";
import { XSClock } from "modules/platform/xs/clock";
import { text } from "modules/platform/xs/text";

const hello: Handler = {
	allow: "GET, HEAD",
	handle: request => textResponse(text, 200, "text/plain", `hello ${parameter(request, "name") ?? "world"}\n`),
};

new Server({
	Listener: Listener as unknown as ServerOptions["Listener"],
	clock: new XSClock(),
	text,
	port: 8080,
	name: "hello",
	routes: new Map([["/", hello]]),
});
