// The set-up over HTTP: who may see the networks in reach, and try another one.

import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../../modules/api/session.js";
import { type SetupAccess, SetupHandler } from "../../modules/api/setup.js";
import { requestOptions } from "../../modules/app/http-service.js";
import { Access } from "../../modules/auth/access.js";
import type { Handler } from "../../modules/http/handler.js";
import { Server } from "../../modules/http/server.js";
import type { ProvisioningState } from "../../modules/network/provisioning.js";
import { FakeClock } from "../fakes/clock.js";
import { type Asked, request, signed } from "../fakes/signing.js";
import { FakeNetwork } from "../fakes/sockets.js";
import { text } from "../fakes/text.js";

const password = "correct horse";
const state = {
	phase: "joined",
	ssid: "Home",
	reason: null,
	address: null,
	host: "dht.local",
	accessPoint: null,
	stored: [],
	addressing: null,
} satisfies ProvisioningState;
const networks = [{ ssid: "Neighbour", dBm: -60, secure: true }];

class Bench {
	readonly network = new FakeNetwork();
	readonly tried: unknown[] = [];
	scans = 0;
	guest = false;
	private = false;
	password: string | undefined = password;

	constructor() {
		const clock = new FakeClock();
		const access = new Access({
			clock,
			text,
			random: () => 7,
			password: () => this.password,
			private: () => this.private,
			isGuest: () => this.guest,
			isLoopback: false,
			log: { from: () => () => {} },
		});
		const setup: SetupAccess = {
			state,
			scan: () => {
				this.scans++;
				return networks;
			},
			tryJoin: (ssid, password) => {
				if (ssid === "") throw new RangeError("ssid: 1 to 32 bytes are allowed");
				this.tried.push([ssid, password]);
			},
		};
		const routes = new Map<string, Handler>([
			["/api/session", new Session(text, access)],
			["/api/setup", new SetupHandler({ text, access, source: { network: { setup } } })],
		]);
		new Server({ Listener: this.network.Listener, clock, text, name: "dht", ...requestOptions, access, routes });
	}

	/** @returns Status and body of the answer. */
	ask(bytes: string): [status: number, body: string] {
		const peer = this.network.connect();
		peer.send(bytes);
		peer.close();
		return [Number(peer.received.slice(9, 12)), peer.received.slice(peer.received.indexOf("\r\n\r\n") + 4)];
	}

	nonce(): string {
		return JSON.parse(this.ask(request({ method: "GET", target: "/api/session" }))[1]).nonce;
	}

	/** @returns What is told of the networks in reach, and how many scans that took. */
	look(bytes: string): [networks: unknown, scans: number] {
		const before = this.scans;
		return [JSON.parse(this.ask(bytes)[1]).networks, this.scans - before];
	}
}

const look: Asked = { method: "GET", target: "/api/setup" };

test("a reader of a joined device learns where it stands, but starts no scan and sees no neighbours", () => {
	const bench = new Bench();
	deepEqual(JSON.parse(bench.ask(request(look))[1]), { ...state, networks: null });
	equal(bench.scans, 0);
	deepEqual(bench.look(request({ ...look, fields: "Authorization: Basic YWRtaW46eA==\r\n" })), [null, 0]);
	equal(bench.ask(signed("wrong", bench.nonce(), look))[0], 401);
	equal(bench.scans, 0);
});

test("guests of the access point, and who signs, see the networks in reach", () => {
	for (const isPrivate of [false, true]) {
		const bench = new Bench();
		bench.private = isPrivate;
		deepEqual(bench.look(signed(password, bench.nonce(), look)), [networks, 1]);
		bench.private = false;
		bench.guest = true;
		deepEqual(bench.look(request(look)), [networks, 1]);
		bench.password = undefined;
		deepEqual(bench.look(request(look)), [networks, 1]);
		bench.guest = false;
		deepEqual(
			bench.look(signed(password, bench.nonce(), look)),
			[null, 0],
			"where no password is set nothing is signed",
		);
	}
});

test("another network is tried, and what is wrong with it is named by its key", () => {
	const bench = new Bench();
	bench.password = undefined;
	bench.guest = true;
	const join = (body: string) => bench.ask(request({ method: "POST", target: "/api/setup", body }));
	equal(join('{"ssid":"Home","password":"correct horse"}')[0], 200);
	equal(join('{"ssid":"Open"}')[0], 200);
	deepEqual(bench.tried, [
		["Home", "correct horse"],
		["Open", undefined],
	]);
	for (const [body, status, key] of [
		['{"ssid":""}', 422, "ssid"],
		['{"ssid":1}', 422, "ssid"],
		["{}", 422, "ssid"],
		['{"ssid":"Home","password":1}', 422, "password"],
		['{"ssid":"Home","channel":1}', 422, "channel"],
		['{"ssid":"Home","sealed":1}', 422, "sealed"],
	] as const) {
		const [answered, problem] = join(body);
		equal(answered, status, body);
		equal(JSON.parse(problem).key, key, body);
	}
	equal(bench.tried.length, 2);
});
