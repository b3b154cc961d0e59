import { Session } from "../../modules/api/session.js";
import { SettingsHandler } from "../../modules/api/settings.js";
import { requestOptions } from "../../modules/app/http-service.js";
import { Access } from "../../modules/auth/access.js";
import type { Handler } from "../../modules/http/handler.js";
import { Response } from "../../modules/http/response.js";
import { Server } from "../../modules/http/server.js";
import { FakeClock } from "./clock.js";
import { numbers } from "./random.js";
import { request } from "./signing.js";
import { FakeNetwork } from "./sockets.js";
import { text } from "./text.js";

export const password = "correct horse";

/** A server with a password, whose settings are one name and one secret. */
export class GuardedDevice {
	readonly clock = new FakeClock();
	readonly network = new FakeNetwork();
	/** What was changed, newest last. */
	readonly changes: Record<string, unknown>[] = [];
	readonly server: Server;
	/** What it has printed. */
	readonly lines: string[] = [];
	readonly access: Access;
	readonly isLoopback: boolean;
	guest = false;
	private = false;
	password: string | undefined = password;

	/** @param seed Of the device's chance. @param isLoopback As of `Host`. */
	constructor(seed = 7, isLoopback = false) {
		const { clock } = this;
		this.isLoopback = isLoopback;
		const access = new Access({
			clock,
			text,
			random: numbers(seed),
			password: () => this.password,
			private: () => this.private,
			isGuest: () => this.guest,
			isLoopback: this.isLoopback,
			log: { from: () => line => this.lines.push(line) },
		});
		this.access = access;
		const plain = (words: string, isPublic = false): Handler => ({
			allow: "GET, HEAD",
			isPublic,
			handle: () => new Response(200, `Content-Length: ${words.length}\r\n`, { bytes: text.encode(words) }),
		});
		this.server = new Server({
			Listener: this.network.Listener,
			clock,
			text,
			access,
			name: "dht",
			...requestOptions,
			origins: ["https://example.org"],
			routes: new Map<string, Handler>([
				["/", plain("gauges")],
				["/settings", plain("a page", true)],
				["/api/readings", plain("24.4")],
				["/api/guarded", { ...plain("done"), allow: "GET, HEAD, PUT", needsCredentials: true }],
				["/api/session", new Session(text, access)],
				[
					"/api/settings",
					new SettingsHandler({
						text,
						access,
						source: {
							keys: ["name", "adminPassword", "sealed"],
							isMasked: () => false,
							secrets: ["adminPassword"],
							format: 1,
							hasRoom: true,
							settings: { name: "dht" },
							leaveOut: () => [],
							forget: () => undefined,
							restarts: true,
							change: patch => {
								this.changes.push(patch);
								return { restart: [] };
							},
						},
					}),
				],
			]),
		});
	}

	/** @returns All that is answered. */
	ask(bytes: string): string {
		const peer = this.network.connect();
		peer.send(bytes);
		peer.close();
		return peer.received;
	}

	/** @returns The status. */
	status(bytes: string): number {
		return Number(this.ask(bytes).slice(9, 12));
	}

	/** A challenge. */
	nonce(): string {
		const body = this.ask(request({ method: "GET", target: "/api/session" })).split("\r\n\r\n")[1]!;
		return JSON.parse(body).nonce;
	}
}
