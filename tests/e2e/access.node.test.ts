// Guesses of the password, as fast as 17 addresses can send them, do not delay the owner. `npm run soak:access` sends them for a
// minute.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { platform, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Asked, request, signed } from "../fakes/signing.js";
import { notDesktop, startDevice } from "./device.js";

const seconds = Number(process.env.SOAK_SECONDS ?? 3);
const strangers = Array.from({ length: 17 }, (_, at) => `127.0.0.${at + 1}`);
const owner = "127.0.0.18";
const password = "correct horse";
const changes = 10;
const patienceMs = 2000;

/** One response's status and text. */
interface Answered {
	status: number;
	text: string;
}

/** A client at an address of its own, whose connection is opened anew when the device has ended it. */
class Client {
	#port: number;
	#address: string;
	#socket: Socket | undefined;

	constructor(port: number, address: string) {
		this.#port = port;
		this.#address = address;
	}

	/** @returns Status 0 when the connection ended without an response. */
	ask(bytes: string): Promise<Answered> {
		const socket = this.#socket?.writable ? this.#socket : this.#open();
		return new Promise(resolve => {
			let text = "";
			const done = () => {
				socket.removeAllListeners();
				socket.on("error", () => {});
				resolve({ status: Number(text.slice(9, 12)), text });
			};
			socket.on("data", piece => {
				text += piece;
				const end = text.indexOf("\r\n\r\n");
				const length = Number(/\r\nContent-Length: (\d+)\r\n/.exec(text)?.[1] ?? 0);
				if (end >= 0 && text.length >= end + 4 + length) done();
			});
			socket.on("error", () => {});
			socket.on("end", () => socket.destroy());
			socket.on("close", done);
			socket.write(bytes);
		});
	}

	close(): void {
		this.#socket?.destroy();
	}

	#open(): Socket {
		this.#socket = connect({ port: this.#port, host: "127.0.0.1", localAddress: this.#address });
		return this.#socket.setEncoding("latin1");
	}
}

const counts = { guesses: 0, wrong: 0, waiting: 0 };

/** Sends passwords until `isOver`. */
async function guess(client: Client, host: string, isOver: () => boolean): Promise<void> {
	let nonce = "none";
	while (!isOver()) {
		const fields = `Authorization: HMAC-SHA-256 nonce="${nonce}", answer="${"0".repeat(64)}"\r\n`;
		const { status, text } = await client.ask(request({ host, body: '{"name":"taken"}', fields }));
		assert.notEqual(status, 200);
		counts.guesses++;
		if (text.includes("The password is wrong.")) counts.wrong++;
		if (status === 429) counts.waiting++;
		nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? nonce;
	}
	client.close();
}

/** Makes a signed change, as a page would: again where the device had no connection for it. @returns How long that took, ms. */
async function change(port: number, asked: Asked): Promise<number> {
	const start = performance.now();
	for (;;) {
		const client = new Client(port, owner);
		const session = await client.ask(request({ method: "GET", target: "/api/session", host: asked.host! }));
		const nonce = /"nonce":"([^"]+)"/.exec(session.text)?.[1];
		const { status } = nonce ? await client.ask(signed(password, nonce, asked)) : { status: 0 };
		client.close();
		const ms = performance.now() - start;
		if (status === 200 || ms > patienceMs) return ms;
		assert.notEqual(status, 429, "the owner waits for what others did");
		await sleep(50);
	}
}

test(`17 addresses try passwords for ${seconds} s: the owner's change takes less than ${patienceMs / 1000} s, ${changes} times in a row`, {
	skip: notDesktop || (platform() === "linux" ? false : "addresses of the loopback's own"),
	timeout: (seconds + 60) * 1000,
}, async t => {
	const folder = mkdtempSync(join(tmpdir(), "dht-gauges-"));
	t.after(() => rmSync(folder, { recursive: true }));
	const config = join(folder, "config.json");
	writeFileSync(config, JSON.stringify({ config: { adminPassword: password } }));
	const device = await startDevice("--config", config);
	t.after(() => device.stop());
	const { host, port } = new URL(device.url);
	const end = performance.now() + seconds * 1000;
	const guesses = strangers.map(address =>
		guess(new Client(Number(port), address), host, () => performance.now() > end),
	);
	const took: number[] = [];
	for (let at = 0; at < changes; at++) {
		await sleep((seconds * 1000) / (changes + 1));
		took.push(await change(Number(port), { host, body: JSON.stringify({ units: at % 2 === 0 ? "F" : "C" }) }));
	}
	await Promise.all(guesses);
	const most = Math.round(Math.max(...took));
	t.diagnostic(
		`${counts.guesses} guesses, ${counts.wrong} wrong passwords, ${counts.waiting} told to wait; at most ${most} ms`,
	);
	assert.ok(most < patienceMs, `${took.map(Math.round)} ms`);
	assert.ok(counts.waiting > 0);
	assert.ok(counts.wrong <= 5 * strangers.length * Math.ceil((seconds + 1) / 60), `${counts.wrong} guesses`);
});
