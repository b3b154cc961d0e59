// Requests to a server with a page.

import { requestOptions } from "../../../modules/app/http-service.js";
import { Access } from "../../../modules/auth/access.js";
import type { Request } from "../../../modules/http/request.js";
import { RequestParser } from "../../../modules/http/request-parser.js";
import { HTTPError, Response } from "../../../modules/http/response.js";
import type { TCP } from "../../../modules/platform/io.js";
import { chromium, curl, get, reload } from "../../fakes/clients.js";
import { text } from "../../fakes/text.js";
import { type Cost, cost } from "../costs.js";
import { BenchClock, BenchListener, BenchTCP, connect, window } from "../sockets.js";
import { ask, askAlone, bytesOf, endless, expect, files, PageServer } from "./harness.js";

/** A server that only accepts, reads, writes a page and closes: what the sockets themselves cost. */
function bare(): Cost {
	const page = files["index.html"]!;
	new BenchListener({
		port: 80,
		onReadable() {
			const from = this.read()!;
			new BenchTCP({ from, target: page, onReadable: answerBare, onWritable: goOnBare, onError: leaveBare });
		},
	});
	const arrived = bytesOf(curl);
	return cost(() => askAlone(arrived));
}

/** Whether the request has come and the rest of the page is to be sent. */
let asked = false;

function answerBare(this: TCP): void {
	asked = true;
	this.read();
	this.write((this.target as Uint8Array).subarray(0, window));
}

function goOnBare(this: TCP): void {
	if (asked) this.write((this.target as Uint8Array).subarray(window));
	asked = false;
}

function leaveBare(this: TCP): void {
	this.close();
}

/** The same request over and over, on a connection of its own each time. */
function asking(request: string, status = 200): Cost {
	new PageServer();
	expect(status, request);
	const arrived = bytesOf(request);
	return cost(() => askAlone(arrived));
}

/** As `asking`, with a target and values that no request before had. */
function askingAnew(request: string): Cost {
	new PageServer();
	let visit = 1;
	let arrived = bytesOf(request);
	return cost(
		() => askAlone(arrived),
		() => {
			arrived = bytesOf(
				request
					.replace("GET /", `GET /?${visit}`)
					.replace("192.168.1.50", `192.168.1.${visit}0`)
					.replace("Chrome/140", `Chrome/${visit}40`)
					.replace("q=0.9", `q=0.${visit}`)
					.replace("en-US", `e${visit}-US`),
			);
			visit++;
		},
	);
}

/** A request parsed that none before it equals. */
function parsing(request: string): Cost {
	const parser = new RequestParser(requestOptions.fields);
	let port = 0;
	return cost(() => parser.parse(request, String(port++)));
}

/** As `asking`, with a request that arrives in two segments. */
function askingInTwo(request: string): Cost {
	new PageServer();
	const pieces = [bytesOf(request.slice(0, 300)), bytesOf(request.slice(300))];
	return cost(() => {
		const tcp = connect();
		for (let at = 0; at < pieces.length; at++) ask(tcp, pieces[at]!);
		tcp.leave();
	});
}

/** A wrong password, with a challenge of its own. */
function guessing(): Cost {
	const access = new Access({
		clock: new BenchClock(),
		text,
		random: () => 7,
		password: () => "correct horse",
		private: () => false,
		isGuest: () => false,
		isLoopback: false,
		log: { from: () => () => {} },
	});
	const body = '{"name":"attic"}';
	const lines = `PUT /api/settings HTTP/1.1\r\nHost: 192.168.1.50\r\nContent-Length: ${body.length}\r\n`;
	const handler = { allow: "", handle: () => new Response(200, "") };
	let address = 0;
	return cost(() => {
		const [, nonce] = / nonce="([^"]+)"/.exec(access.check(parsed(`${lines}\r\n`), handler)!.fields)!;
		const authorization = `Authorization: HMAC-SHA-256 nonce="${nonce}", answer="${"0".repeat(64)}"\r\n`;
		const request = parsed(`${lines}${authorization}\r\n`, `192.0.2.${address++}`);
		request.body = text.encode(body);
		if (access.check(request, handler)?.message !== "The password is wrong.") throw new Error("no guess");
	});
}

function parsed(head: string, remoteAddress?: string): Request {
	const request = new RequestParser(requestOptions.fields).parse(head, remoteAddress);
	if (request instanceof HTTPError) throw new Error(request.message);
	return request;
}

export const requests: Record<string, () => Cost> = {
	"accept, read, write a page, close, without a server": bare,
	"parse curl's request": () => parsing(curl),
	"parse Chromium's request": () => parsing(chromium),
	"GET /, in Chromium's words, all new": () => askingAnew(chromium),
	"GET /, in Chromium's words, again": () => asking(chromium),
	"GET /, in Chromium's words, in two segments": () => askingInTwo(chromium),
	"GET /, reloaded by Chromium, 304": () => asking(reload('"7878787878787878-gz"'), 304),
	"GET /, in curl's words": () => asking(curl),
	"GET /nope, 404": () => asking(get("/nope"), 404),
	"a wrong password, its challenge included": guessing,
	"a request line of 100 KB": () => {
		new PageServer();
		const pieces = endless();
		return cost(() => {
			const tcp = connect();
			for (let at = 0; at < pieces.length; at++) tcp.receive(pieces[at]!);
			tcp.leave();
		});
	},
};
