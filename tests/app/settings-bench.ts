// A device whose settings are changed over its own interface.

import { App } from "../../modules/app/app.js";
import { secretsIn } from "../../modules/auth/secrets.js";
import { hex, sha256 } from "../../modules/auth/sha256.js";
import { seal } from "../../modules/auth/signature.js";
import { Configuration } from "../../modules/config/configuration.js";
import { isMasked } from "../../modules/config/mask.js";
import type { Host } from "../../modules/platform/host.js";
import { FakeClock } from "../fakes/clock.js";
import { fakeHost, simulatedPins } from "../fakes/host.js";
import { numbers } from "../fakes/random.js";
import { authorization, request, signed } from "../fakes/signing.js";
import { FakeNetwork } from "../fakes/sockets.js";
import { FakeStorage } from "../fakes/storage.js";
import { latin1, text, unchunked } from "../fakes/text.js";

export const password = "correct horse";
export const host = "192.0.2.1";
const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };
export const room = { name: "Room", model: "DHT22", pin: 4 };

/** @returns `change` with the secrets in its lists sealed, but for those that are sent back. */
function sealLists(change: object, nonce: string): object {
	const sealed = JSON.parse(JSON.stringify(change));
	const secrets = ["webhooks.url", "networks.password", "mqttPassword"].flatMap(path => secretsIn(sealed, path));
	for (const { holder, key, name } of secrets)
		if (!isMasked(name, holder[key]))
			holder[key] = { sealed: hex(seal(text.encode, password, nonce, name, text.encode(String(holder[key])))) };
	return sealed;
}

export interface Outcome {
	readonly status: number;
	// The interface's own JSON, which each test knows.
	readonly body: ReturnType<typeof JSON.parse>;
}

function outcomeOf(response: string): Outcome {
	const [head = ""] = response.split("\r\n\r\n", 1);
	const body = head.includes("chunked") ? unchunked(response) : response.slice(head.length + 4);
	return { status: Number(head.slice(9, 12)), body: head.includes("json") ? JSON.parse(body) : body };
}

/** A device with a password, whose settings are changed over its own interface. */
export class Bench {
	readonly clock = new FakeClock();
	readonly network = new FakeNetwork();
	readonly app: App;

	constructor(storage = new FakeStorage(21), more: Partial<Host> = {}) {
		const { clock, network } = this;
		const random = numbers(1);
		const host = fakeHost({
			...simulatedPins({ clock, random }),
			address: "192.0.2.1",
			clock,
			Listener: network.Listener,
			storage,
			random,
			...more,
		});
		const config = { sensors: [room], adminPassword: password };
		this.app = new App({ host, configuration: new Configuration({ config, limits, storage, text, log: host.log }) });
		network.settle();
	}

	/** @returns The answer to `bytes`, its head and its body. */
	ask(bytes: string): [head: string, body: string] {
		const peer = this.network.connect();
		peer.send(bytes);
		peer.close();
		const [head = "", body = ""] = peer.received.split("\r\n\r\n");
		return [head, body];
	}

	get(target: string) {
		const bytes = request({ method: "GET", target, host }).replace("HTTP/1.1", "HTTP/1.0");
		return JSON.parse(this.ask(bytes)[1]);
	}

	put(change: object): Outcome {
		const { nonce } = this.get("/api/session");
		return this.send(latin1(signed(password, nonce, { host, body: JSON.stringify(sealLists(change, nonce)) })));
	}

	/** Signed with the digest of `announced` in place of the body. @returns The request, ready to be sent. */
	import(body: string, announced = body, fields?: string): Uint8Array {
		const target = `/api/settings?sha256=${hex(sha256(text.encode(announced)))}`;
		const { nonce } = this.get("/api/session");
		return latin1(request({ target, host, body, fields: fields ?? authorization(password, nonce, { target, host }) }));
	}

	/** Sends in pieces of 536 bytes. */
	send(bytes: Uint8Array): Outcome {
		const peer = this.network.connect();
		for (let at = 0; at < bytes.byteLength; at += 536) peer.send(bytes.slice(at, at + 536));
		peer.close();
		return outcomeOf(peer.received);
	}

	/** Lets time pass, and then what was sent arrive. */
	advance(ms: number): void {
		this.clock.advance(ms);
		this.network.settle();
	}
}
