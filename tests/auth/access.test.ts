import assert from "node:assert/strict";
import { test } from "node:test";
import { requestOptions } from "../../modules/app/http-service.js";
import { Access } from "../../modules/auth/access.js";
import { hex } from "../../modules/auth/sha256.js";
import { equal, fromHex, seal } from "../../modules/auth/signature.js";
import type { Handler } from "../../modules/http/handler.js";
import { Response } from "../../modules/http/response.js";
import { Server } from "../../modules/http/server.js";
import { FakeClock } from "../fakes/clock.js";
import { GuardedDevice as Bench, password } from "../fakes/guarded.js";
import { type Asked, authorization, request, signed } from "../fakes/signing.js";
import { FakeNetwork } from "../fakes/sockets.js";
import { text } from "../fakes/text.js";

const change: Asked = { body: '{"name":"attic"}' };

test("who knows the password changes the settings", () => {
	const bench = new Bench();
	assert.equal(bench.status(signed(password, bench.nonce(), change)), 200);
	assert.deepEqual(bench.changes, [{ name: "attic" }]);
});

test("reading is open, and names no secret", () => {
	const bench = new Bench();
	assert.ok(bench.ask(request({ method: "GET" })).endsWith(`\r\n\r\n{"format":1,"name":"dht"}`));
});

test("a page that becomes private is refused in the words in which it was given", () => {
	const clock = new FakeClock();
	const network = new FakeNetwork();
	let isPrivate = false;
	const access = new Access({
		clock,
		text,
		random: () => 7,
		password: () => password,
		private: () => isPrivate,
		isGuest: () => false,
		isLoopback: false,
		log: { from: () => () => {} },
	});
	const page = new Response(200, "Content-Length: 0\r\n");
	const routes = new Map<string, Handler>([["/", { allow: "GET, HEAD", handle: () => page }]]);
	new Server({ Listener: network.Listener, clock, text, name: "dht", ...requestOptions, access, routes });
	const status = () => {
		const peer = network.connect();
		peer.send(request({ method: "GET", target: "/" }));
		return Number(peer.take().slice(9, 12));
	};
	for (let turn = 0; turn < 3; turn++) assert.equal(status(), 200);
	isPrivate = true;
	assert.equal(status(), 401);
	isPrivate = false;
	assert.equal(status(), 200);
});

test("the refusal of a request without an answer carries the challenge for the next", () => {
	const bench = new Bench();
	const refusal = bench.ask(request(change));
	assert.match(refusal, /^HTTP\/1\.1 401 Unauthorized\r\n/);
	const [, nonce = ""] = /\r\nWWW-Authenticate: HMAC-SHA-256 nonce="([0-9a-z.]{1,64})"\r\n/.exec(refusal) ?? [];
	assert.equal(bench.status(signed(password, nonce, change)), 200);
});

/** A request made to be refused, from a challenge of its own. */
type Attempt = (nonce: string, bench: Bench) => string;

/** Signed as one request, sent as another. */
const altered =
	(sent: Asked): Attempt =>
	nonce =>
		request({ ...change, ...sent, fields: authorization(password, nonce, change) });

const refused: [name: string, status: number, attempt: Attempt][] = [
	["no answer", 401, () => request(change)],
	[
		"the password in clear, as Basic",
		401,
		() => request({ ...change, fields: "Authorization: Basic YWRtaW46eA==\r\n" }),
	],
	[
		"an empty answer",
		401,
		nonce => request({ ...change, fields: `Authorization: HMAC-SHA-256 nonce="${nonce}", answer=""\r\n` }),
	],
	["a wrong password", 401, nonce => signed("correct horsf", nonce, change)],
	["an empty password", 401, nonce => signed("", nonce, change)],
	["another body", 401, altered({ body: '{"name":"attjc"}' })],
	["a longer body", 401, altered({ body: '{"name":"attic"} ' })],
	["a query", 401, altered({ target: "/api/settings?x" })],
	["another host", 401, altered({ host: "dht.local" })],
	[
		"an answer for another path",
		401,
		nonce => request({ ...change, fields: authorization(password, nonce, { ...change, target: "/api/session" }) }),
	],
	[
		"an answer for another method",
		401,
		nonce => request({ ...change, fields: authorization(password, nonce, { ...change, method: "POST" }) }),
	],
	["an answer without a body", 401, nonce => request({ ...change, fields: authorization(password, nonce, {}) })],
	[
		"an altered challenge",
		401,
		nonce => signed(password, `${nonce.slice(0, -1)}${nonce.endsWith("0") ? "1" : "0"}`, change),
	],
	["a challenge of the future", 401, nonce => signed(password, nonce.replace(/\.[^.]+\./, ".zzzz."), change)],
	["a challenge that is told to be newer", 401, nonce => signed(password, nonce.replace(/^[^.]+/, "zz"), change)],
	["a challenge of its own making", 401, () => signed(password, `1.${"0".repeat(32)}`, change)],
	["no challenge", 401, () => signed(password, "", change)],
	["two answers", 400, nonce => request({ ...change, fields: authorization(password, nonce, change).repeat(2) })],
	["the path in escapes", 401, () => request({ ...change, target: "/api/%73ettings" })],
	["the path as a whole address", 401, () => request({ ...change, target: "http://dht/api/settings" })],
	["the path with a slash more", 404, () => request({ ...change, target: "/api/settings/" })],
	["the path with two slashes", 404, () => request({ ...change, target: "//api/settings" })],
	["the path with dots", 404, () => request({ ...change, target: "/api/../api/settings" })],
	["the path in capitals", 404, () => request({ ...change, target: "/API/SETTINGS" })],
	["POST in place of PUT", 401, () => request({ ...change, method: "POST" })],
	["PATCH in place of PUT", 405, () => request({ ...change, method: "PATCH" })],
	["DELETE", 405, () => request({ ...change, method: "DELETE" })],
	["a method in small letters", 501, () => request({ ...change, method: "put" })],
	[
		"a method put over another",
		405,
		() => request({ ...change, method: "PATCH", fields: "X-HTTP-Method-Override: PUT\r\n" }),
	],
	[
		"an address put over another",
		401,
		() =>
			request({
				...change,
				fields: "X-Forwarded-For: 192.168.4.2\r\nX-Real-IP: 127.0.0.1\r\nForwarded: for=127.0.0.1\r\n",
			}),
	],
	["a path put over another", 401, () => request({ ...change, fields: "X-Original-URL: /\r\nX-Rewrite-URL: /\r\n" })],
	[
		"a reader's cookie",
		401,
		(_, bench) => {
			const granted = bench.ask(
				signed(password, bench.nonce(), { method: "POST", target: "/api/session", body: "{}" }),
			);
			const [, cookie = ""] = /\r\nSet-Cookie: (reader=[0-9a-f]{64});/.exec(granted) ?? [];
			return request({ ...change, fields: `Cookie: ${cookie}\r\n` });
		},
	],
	[
		"another site's page",
		403,
		nonce => request({ ...change, fields: `Origin: http://evil.example\r\n${authorization(password, nonce, change)}` }),
	],
	[
		"a page of nowhere",
		403,
		nonce => request({ ...change, fields: `Origin: null\r\n${authorization(password, nonce, change)}` }),
	],
	["a name that is not its own", 421, nonce => signed(password, nonce, { ...change, host: "evil.example" })],
	[
		"a form",
		415,
		nonce =>
			request({ ...change, fields: authorization(password, nonce, change) }).replace(
				"application/json",
				"application/x-www-form-urlencoded",
			),
	],
	[
		"plain text",
		415,
		nonce =>
			request({ ...change, fields: authorization(password, nonce, change) }).replace("application/json", "text/plain"),
	],
	["no body", 411, nonce => signed(password, nonce, {})],
	["what is no JSON", 400, nonce => signed(password, nonce, { body: "{" })],
	["what nests", 400, nonce => signed(password, nonce, { body: "[".repeat(2000) })],
	["a key that is not known", 422, nonce => signed(password, nonce, { body: '{"nom\\u0065":1}' })],
	["what is no object", 422, nonce => signed(password, nonce, { body: "[]" })],
	["a secret in clear", 422, nonce => signed(password, nonce, { body: '{"adminPassword":"in the clear"}' })],
	[
		"a secret sealed with another password",
		422,
		nonce => {
			const sealed = hex(seal(text.encode, "another one", nonce, "adminPassword", text.encode("a new secret")));
			return signed(password, nonce, { body: JSON.stringify({ adminPassword: { sealed } }) });
		},
	],
];

for (const [name, status, attempt] of refused)
	test(`refused: ${name}`, () => {
		const bench = new Bench();
		assert.equal(bench.status(attempt(bench.nonce(), bench)), status);
		assert.deepEqual(bench.changes, []);
	});

test("an answer holds once", () => {
	const bench = new Bench();
	const bytes = signed(password, bench.nonce(), change);
	assert.equal(bench.status(bytes), 200);
	assert.match(bench.ask(bytes), /^HTTP\/1\.1 401 .*, stale=true\r\n/s);
	assert.equal(bench.changes.length, 1);
});

test("challenges are answered in their order: one that is older than the last used is worth nothing", () => {
	const bench = new Bench();
	const [first, second] = [bench.nonce(), bench.nonce()];
	assert.notEqual(first, second);
	assert.equal(bench.status(signed(password, second, change)), 200);
	assert.equal(bench.status(signed(password, first, change)), 401);
	assert.equal(bench.status(signed(password, bench.nonce(), change)), 200);
});

test("whatever strangers ask and try, they make no challenge of the owner's worthless, nor let one last longer", () => {
	const bench = new Bench();
	const first = bench.nonce();
	for (let at = 0; at < 3000; at++) bench.nonce();
	for (let at = 0; at < 200; at++) {
		const stranger = bench.network.connect(80, `198.51.100.${at}`);
		stranger.send(signed("wrong", bench.nonce(), change));
		assert.equal(stranger.take().slice(9, 12), "401");
		stranger.close();
	}
	const last = bench.nonce();
	assert.equal(bench.status(signed(password, first, change)), 200);
	bench.clock.advance(60_000);
	assert.equal(bench.status(signed(password, last, change)), 401, "after a minute");
});

test("who reads what is free and shows a password shows the right one", () => {
	const bench = new Bench();
	const read: Asked = { method: "GET", target: "/api/readings" };
	assert.equal(bench.status(signed(password, bench.nonce(), read)), 200);
	assert.equal(bench.status(signed("wrong", bench.nonce(), read)), 401);
	assert.equal(bench.status(request({ ...read, fields: "Authorization: Basic YWRtaW46eA==\r\n" })), 200);
	bench.password = undefined;
	assert.equal(bench.status(signed("wrong", bench.nonce(), read)), 200);
});

test("a challenge holds for a minute", () => {
	const bench = new Bench();
	const [first, second] = [bench.nonce(), bench.nonce()];
	bench.clock.advance(59_999);
	assert.equal(bench.status(signed(password, first, change)), 200);
	bench.clock.advance(2);
	assert.equal(bench.status(signed(password, second, change)), 401);
});

test("a challenge of another run of the device is worth nothing", () => {
	assert.equal(new Bench(7).status(signed(password, new Bench(8).nonce(), change)), 401);
});

test("five wrong passwords a minute, then even the right one has to wait", () => {
	const bench = new Bench();
	for (let at = 0; at < 5; at++) {
		assert.equal(bench.status(signed("wrong", bench.nonce(), change)), 401);
		bench.clock.advance(1000);
	}
	assert.match(bench.ask(signed(password, bench.nonce(), change)), /^HTTP\/1\.1 429 .*\r\nRetry-After: 55\r\n/s);
	bench.clock.advance(54_999);
	assert.equal(bench.status(signed(password, bench.nonce(), change)), 429);
	bench.clock.advance(1);
	assert.equal(bench.status(signed(password, bench.nonce(), change)), 200);
});

test("neither a first request nor a stale challenge is a wrong try", () => {
	const bench = new Bench();
	const stale = signed(password, bench.nonce(), change);
	assert.equal(bench.status(stale), 200);
	for (let at = 0; at < 20; at++) {
		assert.equal(bench.status(request(change)), 401);
		assert.equal(bench.status(stale), 401);
	}
	assert.equal(bench.status(signed(password, bench.nonce(), change)), 200);
});

test("without a password only who comes through the set-up access point changes anything, in clear", () => {
	const bench = new Bench();
	bench.password = undefined;
	assert.equal(bench.status(request(change)), 403);
	assert.equal(bench.status(signed("", bench.nonce(), change)), 403);
	assert.equal(bench.status(signed("undefined", bench.nonce(), change)), 403);
	bench.guest = true;
	assert.equal(bench.status(request({ body: '{"adminPassword":"a new secret"}' })), 200);
	assert.deepEqual(bench.changes, [{ adminPassword: "a new secret" }]);
});

test("without a password nobody is given a reader's cookie", () => {
	const bench = new Bench();
	bench.password = undefined;
	bench.private = true;
	bench.guest = true;
	const asked = bench.ask(request({ method: "POST", target: "/api/session", body: "{}" }));
	assert.match(asked, /^HTTP\/1\.1 403 /);
	assert.doesNotMatch(asked, /Set-Cookie/);
});

test("once a password is set, the set-up access point is no way around it", () => {
	const bench = new Bench();
	bench.guest = true;
	assert.equal(bench.status(request(change)), 401);
});

test("a sealed secret arrives, and is not to be seen on the way", () => {
	const bench = new Bench();
	const secret = "a new, longer secret: pão 🌡 of more than thirty-two bytes";
	const nonce = bench.nonce();
	const sealed = hex(seal(text.encode, password, nonce, "adminPassword", text.encode(secret)));
	const bytes = signed(password, nonce, { body: JSON.stringify({ adminPassword: { sealed } }) });
	assert.ok(!bytes.includes("secret"));
	assert.equal(bench.status(bytes), 200);
	assert.deepEqual(bench.changes, [{ adminPassword: secret }]);
});

test("a private device gives its page and its readings to who has shown the password", () => {
	const bench = new Bench();
	bench.private = true;
	const read: Asked = { method: "GET", target: "/api/readings" };
	for (const target of ["/", "/api/readings", "/api/settings", "/api/%72eadings"])
		for (const method of ["GET", "HEAD"]) assert.equal(bench.status(request({ method, target })), 401, target);
	for (const target of ["/settings", "/api/session"])
		assert.equal(bench.status(request({ method: "GET", target })), 200);
	assert.match(
		bench.ask(request({ method: "GET", target: "/", fields: "Accept: text/html,*/*\r\n" })),
		/^HTTP\/1\.1 302 .*\r\nLocation: \/settings\r\n/s,
	);
	assert.equal(bench.status(signed(password, bench.nonce(), read)), 200);

	const session: Asked = { method: "POST", target: "/api/session", body: "{}" };
	assert.equal(bench.status(request(session)), 401);
	const granted = bench.ask(signed(password, bench.nonce(), session));
	const [, cookie = ""] =
		/\r\nSet-Cookie: (reader=[0-9a-f]{64}); Path=\/; HttpOnly; SameSite=Strict\r\n/.exec(granted) ?? [];
	assert.equal(bench.status(request({ ...read, fields: `Cookie: theme=dark; ${cookie}\r\n` })), 200);
	assert.equal(bench.status(request({ ...read, fields: `Cookie: ${cookie.slice(0, -1)}x\r\n` })), 401);
	assert.equal(bench.status(request({ ...read, fields: `Cookie: reader=${"0".repeat(64)}\r\n` })), 401);
	bench.password = "another password";
	assert.equal(bench.status(request({ ...read, fields: `Cookie: ${cookie}\r\n` })), 401);
});

test("to compare costs the same whether no byte is right or all are", () => {
	const right = fromHex("00112233445566778899aabbccddeeff".repeat(2))!;
	const cost = (other: Uint8Array) => {
		let reads = 0;
		const counted = new Proxy(Array.from(other), {
			get(target, key) {
				if (typeof key === "string" && /^\d+$/.test(key)) reads++;
				return Reflect.get(target, key);
			},
		});
		return { same: equal(counted, right), reads };
	};
	assert.deepEqual(cost(right), { same: true, reads: 32 });
	assert.deepEqual(cost(right.map(byte => byte ^ 0xff)), { same: false, reads: 32 });
	for (let at = 0; at < 32; at++)
		assert.deepEqual(cost(right.map((byte, index) => (index === at ? byte ^ 1 : byte))), { same: false, reads: 32 });
	assert.equal(equal(right, right.subarray(1)), false);
});
