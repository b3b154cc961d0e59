// The log on the stream: for clients that have shown the password alone, until it changes.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { hex } from "../../modules/auth/sha256.js";
import { seal } from "../../modules/auth/signature.js";
import { authorization } from "../fakes/signing.js";
import { text } from "../fakes/text.js";
import { type Device, startDevice } from "./device.js";
import { EventStream, type StreamEvent } from "./stream.js";

const first = "correct horse";
const second = "battery staple";
const folder = mkdtempSync(join(tmpdir(), "log-"));
let device: Device;
before(async () => {
	const path = join(folder, "config.json");
	writeFileSync(path, JSON.stringify({ config: { adminPassword: first } }));
	device = await startDevice("--config", path);
});
after(async () => {
	await device.stop();
	rmSync(folder, { recursive: true });
});

async function send(
	method: string,
	target: string,
	content: object | ((nonce: string) => object),
	password: string,
): Promise<Response> {
	const { nonce } = (await (await fetch(`${device.url}/api/session`)).json()) as { nonce: string };
	const body = JSON.stringify(typeof content === "function" ? content(nonce) : content);
	const line = authorization(password, nonce, { method, target, host: new URL(device.url).host, body });
	const headers = { "content-type": "application/json", authorization: line.slice(line.indexOf(": ") + 2).trim() };
	return fetch(device.url + target, { method, body, headers });
}

async function cookieOf(password: string): Promise<string> {
	const response = await send("POST", "/api/session", {}, password);
	return response.headers.get("set-cookie")!.split(";")[0]!;
}

function changePassword(from: string, to: string): Promise<Response> {
	const sealed = (nonce: string) => hex(seal(text.encode, from, nonce, "adminPassword", text.encode(to)));
	return send("PUT", "/api/settings", nonce => ({ adminPassword: { sealed: sealed(nonce) } }), from);
}

/** Has the device write a line. */
let intervalMs = 11;
const write = (password: string) => send("PUT", "/api/settings", { intervalMs: intervalMs++ }, password);

async function until(stream: EventStream, isLast: (event: StreamEvent) => boolean): Promise<StreamEvent[]> {
	const events: StreamEvent[] = [];
	for (;;) {
		const event = await stream.next();
		events.push(event);
		if (isLast(event)) return events;
	}
}

const beat = (event: StreamEvent) => event.event === "heartbeat";

test("a stream with the cookie gets the newest lines and each new one; others get none, whatever they ask", async () => {
	const cookie = await cookieOf(first);
	const entitled = await EventStream.open(`${device.url}/sensor-data-events`, { cookie });
	const { lastEventId } = (await (await fetch(`${device.url}/api/readings`)).json()) as { lastEventId: string };
	const plain = await Promise.all([
		EventStream.open(`${device.url}/sensor-data-events`),
		EventStream.open(`${device.url}/sensor-data-events?lastEventId=${lastEventId}`),
		EventStream.open(`${device.url}/sensor-data-events?sensor=log`, { "last-event-id": lastEventId }),
		EventStream.open(`${device.url}/sensor-data-events`, { cookie: `reader=${"0".repeat(64)}` }),
		EventStream.open(`${device.url}/sensor-data-events?${cookie}`, { authorization: cookie }),
		EventStream.open(`${device.url}/sensor-data-events?sensor=Room&event=log`, { cookie: cookie.slice(0, -1) }),
		EventStream.open(`${device.url}/sensor-data-events?lastEventId=`, { cookie: cookie.replace("reader", "writer") }),
	]);
	assert.equal((await write(first)).status, 200);
	const seen = await until(entitled, ({ event, data }) => event === "log" && /interval raised/.test(data.message));
	assert.ok(seen.filter(({ event }) => event === "log").length > 1, "the newest come first");
	assert.ok(seen.every(({ event, id }) => event !== "log" || id === undefined));
	assert.ok(!JSON.stringify(seen).includes(first));
	for (const stream of plain) assert.ok((await until(stream, beat)).every(({ event }) => event !== "log"));
	for (const stream of [entitled, ...plain]) stream.close();
});

test("a stream loses the log when the password changes, and its cookie opens none", async () => {
	const cookie = await cookieOf(first);
	const stream = await EventStream.open(`${device.url}/sensor-data-events`, { cookie });
	assert.ok((await until(stream, beat)).some(({ event }) => event === "log"));
	const change = await changePassword(first, second);
	assert.equal(change.status, 200);
	assert.equal((await write(second)).status, 200);
	assert.ok((await until(stream, beat)).every(({ event }) => event !== "log"));
	const again = await EventStream.open(`${device.url}/sensor-data-events`, { cookie });
	assert.ok((await until(again, beat)).every(({ event }) => event !== "log"));
	const fresh = await EventStream.open(`${device.url}/sensor-data-events`, { cookie: await cookieOf(second) });
	const lines = await until(fresh, ({ event }) => event === "log");
	assert.ok(!JSON.stringify(lines).includes(second));
	for (const one of [stream, again, fresh]) one.close();
});
