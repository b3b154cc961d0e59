import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { errorPage } from "../../modules/api/error-page.js";
import { Server } from "../../modules/http/server.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeDevice } from "../fakes/device.js";
import { FakeNetwork } from "../fakes/sockets.js";
import { text, unchunked } from "../fakes/text.js";

const get = (path: string, fields = "") => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${fields}\r\n`;
const fieldOf = (answer: string, name: string) => new RegExp(`\r\n${name}: ([^\r]+)`, "i").exec(answer)?.[1];

test("each form of the page has its own tag, and is not sent again to who has it", () => {
	const device = new FakeDevice();
	const forms = ["identity", "gzip"].map(coding => `Accept-Encoding: ${coding}\r\n`);
	const tags = forms.map(form => fieldOf(device.ask(get("/", form)), "ETag")!);
	deepEqual(tags, ['"0102030405060708"', '"0102030405060708-gz"']);
	for (const [at, form] of forms.entries())
		for (const [other, tag] of tags.entries()) {
			const answer = device.ask(get("/", `${form}If-None-Match: "x", W/${tag}\r\n`));
			equal(answer.slice(9, 12), at === other ? "304" : "200");
			equal(fieldOf(answer, "ETag"), tags[at]);
			equal(fieldOf(answer, "Vary"), "Accept-Encoding");
		}
});

test("the page comes with the policy of its build", () => {
	equal(fieldOf(new FakeDevice().ask(get("/")), "Content-Security-Policy"), "default-src 'none'; connect-src 'self'");
});

test("the gauge page names the readings that it will ask for", () => {
	const device = new FakeDevice();
	equal(fieldOf(device.ask(get("/")), "Link"), "</api/readings>; rel=preload; as=fetch; crossorigin");
	equal(fieldOf(device.ask(get("/chart-1a2b3c4d.js")), "Link"), undefined);
});

test("every answer forbids to guess its type and to tell where it was linked from", () => {
	const device = new FakeDevice();
	for (const path of ["/", "/chart-1a2b3c4d.js", "/api/readings", "/api/device", "/sensor-data-events", "/nope"]) {
		const answer = device.ask(get(path));
		equal(fieldOf(answer, "X-Content-Type-Options"), "nosniff", path);
		equal(fieldOf(answer, "Referrer-Policy"), "no-referrer", path);
		equal(fieldOf(answer, "Access-Control-Allow-Origin"), undefined, path);
	}
});

test("a file with a hash in its name is cached for good, another is checked each time", () => {
	const device = new FakeDevice();
	const chart = device.ask(get("/chart-1a2b3c4d.js"));
	equal(fieldOf(chart, "Content-Type"), "text/javascript;charset=utf-8");
	equal(fieldOf(chart, "Cache-Control"), "public, max-age=31536000, immutable");
	ok(chart.endsWith("\r\n\r\ndraw()"));
	equal(fieldOf(device.ask(get("/icon.svg")), "Cache-Control"), "no-cache");
	match(device.ask(get("/favicon.ico")), /^HTTP\/1\.1 204 /);
});

test("a file that is there gzipped alone goes to all but those who refuse gzip", () => {
	const device = new FakeDevice();
	for (const fields of ["", "Accept-Encoding: gzip, br\r\n", "Accept-Encoding: *\r\n"]) {
		const answer = device.ask(get("/home-1a2b3c4d.js", fields));
		match(answer, /^HTTP\/1\.1 200 /);
		equal(fieldOf(answer, "Content-Encoding"), "gzip", fields);
		equal(fieldOf(answer, "Content-Type"), "text/javascript;charset=utf-8");
		equal(fieldOf(answer, "Vary"), "Accept-Encoding");
	}
	const tagged = get("/home-1a2b3c4d.js", 'If-None-Match: "0102030405060708-gz"\r\n');
	match(device.ask(tagged), /^HTTP\/1\.1 304 /);
	for (const fields of ["identity", "gzip;q=0", "br"])
		match(device.ask(get("/home-1a2b3c4d.js", `Accept-Encoding: ${fields}\r\n`)), /^HTTP\/1\.1 406 /);
	equal(fieldOf(device.ask(get("/")), "Content-Encoding"), undefined);
});

test("what the page's files are sent from is the file itself, not a copy", () => {
	const device = new FakeDevice();
	const written = device.network.connect();
	written.send(get("/"));
	equal(written.writes, 3);
	equal(Number(fieldOf(written.received, "Content-Length")), written.received.split("\r\n\r\n")[1]!.length);
});

test("Date is there when the clock is known, and moves with it", () => {
	const device = new FakeDevice();
	equal(fieldOf(device.ask(get("/")), "Date"), undefined);
	device.clock.time = Date.UTC(2026, 10, 22, 19, 59, 59, 400);
	equal(fieldOf(device.ask(get("/")), "Date"), "Sun, 22 Nov 2026 19:59:59 GMT");
	device.clock.advance(600);
	for (const path of ["/", "/nope", "/sensor-data-events"])
		equal(fieldOf(device.ask(get(path)), "Date"), "Sun, 22 Nov 2026 20:00:00 GMT");
});

test("a page of an origin in the settings may read and change; its browser asks before", () => {
	const origin = "https://home.example";
	const device = new FakeDevice({ origins: [origin] });
	const from = (value: string) => `Origin: ${value}\r\n`;
	for (const path of ["/api/readings", "/sensor-data-events", "/nope"]) {
		const answer = device.ask(get(path, from(origin)));
		equal(fieldOf(answer, "Access-Control-Allow-Origin"), origin);
		match(answer, /\r\nVary: (Accept, )?Origin\r\n/);
		const foreign = device.ask(get(path, from("https://evil.example")));
		equal(fieldOf(foreign, "Access-Control-Allow-Origin"), undefined);
		match(foreign, /\r\nVary: (Accept, )?Origin\r\n/);
	}
	const preflight = device.ask(`OPTIONS /echo HTTP/1.1\r\nHost: localhost\r\n${from(origin)}\r\n`);
	match(preflight, /^HTTP\/1\.1 204 /);
	equal(fieldOf(preflight, "Access-Control-Allow-Methods"), "GET, HEAD, PUT, POST");
	equal(fieldOf(preflight, "Access-Control-Allow-Headers"), "Authorization, Content-Type");
	const put = device.ask(
		`PUT /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n${from(origin)}\r\n{}`,
	);
	match(put, /^HTTP\/1\.1 200 [\s\S]*\{\}$/);
});

test("the device's name, and more names from the settings, are its hosts", () => {
	const device = new FakeDevice({ name: "Attic", hosts: ["attic.fritz.box"] });
	const status = (host: string) => device.ask(`GET /nope HTTP/1.1\r\nHost: ${host}\r\n\r\n`).slice(9, 12);
	for (const host of ["attic", "attic.local", "ATTIC.local:8081", "attic.fritz.box"]) equal(status(host), "404", host);
	for (const host of ["dht", "dht.local", "fritz.box", "x.attic.local"]) equal(status(host), "421", host);
});

test("a request in the same words is answered anew", () => {
	const device = new FakeDevice();
	const peer = device.network.connect();
	const ask = get("/api/readings");
	const uptimes = [0, 1, 2].map(() => {
		device.clock.advance(10);
		peer.send(ask);
		return JSON.parse(unchunked(peer.take())).uptimeMs;
	});
	deepEqual(uptimes, [10, 20, 30]);
});

test("a page is the same for who asks in the same words, with the date of the day, and counted each time", () => {
	const device = new FakeDevice();
	device.clock.time = Date.UTC(2026, 10, 22, 12);
	const first = device.ask(get("/"));
	for (let turn = 0; turn < 3; turn++) equal(device.ask(get("/")), first);
	equal(fieldOf(first, "Date"), "Sun, 22 Nov 2026 12:00:00 GMT");
	device.clock.time += 1000;
	equal(fieldOf(device.ask(get("/")), "Date"), "Sun, 22 Nov 2026 12:00:01 GMT");
	equal(device.server.statuses.get(200), 5);
});

test("a page is given by HTTP/1.0, to HEAD and to who leaves as they need it", () => {
	const device = new FakeDevice();
	const first = device.ask(get("/"));
	equal(device.ask(get("/", "X: 1\r\n")), first);
	const body = first.slice(first!.indexOf("\r\n\r\n") + 4);
	const others = [
		["GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "keep-alive", body],
		["GET / HTTP/1.0\r\n\r\n", "close", body],
		[get("/", "Connection: close\r\n"), "close", body],
		["HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n", undefined, ""],
	] as const;
	for (let turn = 0; turn < 2; turn++)
		for (const [request, connection, sent] of others) {
			const told = device.ask(request);
			equal(fieldOf(told, "Connection"), connection);
			equal(told.slice(told.indexOf("\r\n\r\n") + 4), sent);
		}
	equal(device.ask(get("/") + get("/", "X: 2\r\n") + get("/")), first.repeat(3));
	equal(device.server.statuses.get(200), 13);
});

test("a page gets its date when that comes to be known, and goes out whole", () => {
	const device = new FakeDevice();
	const before = device.ask(get("/"));
	device.clock.time = Date.UTC(2026, 10, 22, 12);
	const dated = before.replace("\r\n\r\n", "\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\n\r\n");
	for (let turn = 0; turn < 2; turn++) equal(device.ask(get("/")), dated);
});

test("the date of a page is that of each second, minute and day, and of a clock that was set back", () => {
	const device = new FakeDevice();
	device.ask(get("/"));
	const start = Date.UTC(2026, 10, 22, 23, 58, 57, 900);
	for (const ms of [
		0, 100, 1100, 2100, 3100, 12_345, 62_100, 125_000, 125_001, 60_000, 0, 86_400_000, -999, 3_600_000,
	]) {
		device.clock.time = start + ms;
		equal(fieldOf(device.ask(get("/")), "Date"), new Date(device.clock.time).toUTCString());
	}
});

test("a host that is taken out is refused at once, also in the same words", () => {
	for (const path of ["/", "/api/readings"]) {
		const device = new FakeDevice({ hosts: ["router.lan"] });
		const ask = `GET ${path} HTTP/1.1\r\nHost: router.lan\r\n\r\n`;
		for (let turn = 0; turn < 3; turn++) equal(device.ask(ask).slice(9, 12), "200");
		device.server.allow({ hosts: [] });
		for (let turn = 0; turn < 2; turn++) equal(device.ask(ask).slice(9, 12), "421", path);
	}
});

test("once there are origins, a page says that it may differ by origin", () => {
	const device = new FakeDevice();
	for (let turn = 0; turn < 3; turn++) ok(!device.ask(get("/")).includes("Vary: Origin"));
	device.server.allow({ origins: ["https://home.example"] });
	for (let turn = 0; turn < 4; turn++) match(device.ask(get("/")), /\r\nVary: (Accept, )?Origin\r\n/);
	const read = device.ask(get("/", "Origin: https://home.example\r\n"));
	equal(fieldOf(read, "Access-Control-Allow-Origin"), "https://home.example");
	device.server.allow({});
	for (let turn = 0; turn < 4; turn++) ok(!device.ask(get("/")).includes("Vary: Origin"));
});

test("the reason why a device does not work is at every path, escaped", () => {
	const clock = new FakeClock();
	const network = new FakeNetwork();
	const message = `sensors[0].model: "<script>" is not allowed; DHT22 & others are`;
	const page = errorPage(text, message);
	new Server({ Listener: network.Listener, clock, text, name: "dht", routes: { get: () => page } });
	for (const path of ["/", "/api/readings", "/sensor-data-events"]) {
		const peer = network.connect();
		peer.send(get(path));
		match(peer.received, /^HTTP\/1\.1 503 [\s\S]*Content-Type: text\/html;charset=utf-8\r\n/);
		ok(peer.received.includes("sensors[0].model: &#34;&#60;script&#62;&#34; is not allowed; DHT22 &#38; others are"));
		ok(!peer.received.includes("<script>"));
	}
});

test("readings are plain text for a link that asks for it, and JSON for the rest", () => {
	const device = new FakeDevice();
	equal(fieldOf(device.ask(get("/api/readings?format=text")), "Content-Type"), "text/plain;charset=utf-8");
	equal(fieldOf(device.ask(get("/api/readings?format=other")), "Content-Type"), "application/json");
});
