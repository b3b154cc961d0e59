import { App } from "../../modules/app/app.js";
import { firstBoot } from "../../modules/app/boot-state.js";
import { hex } from "../../modules/auth/sha256.js";
import { Configuration } from "../../modules/config/configuration.js";
import type { Firmware } from "../../modules/platform/firmware.js";
import { FakeClock } from "../fakes/clock.js";
import { fakeHost, simulatedPins } from "../fakes/host.js";
import { numbers } from "../fakes/random.js";
import { type Asked, authorization, request, signed } from "../fakes/signing.js";
import { FakeNetwork, type Peer } from "../fakes/sockets.js";
import type { FakeStorage } from "../fakes/storage.js";
import { text } from "../fakes/text.js";
import { boot, flash, slotSize } from "./device.js";
import { digestOf } from "./image.js";

export const password = "correct horse";
const host = "192.168.1.50";
const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };

/** What a test changes of a rightful upload. */
export interface Changed {
	size?: number | string;
	digest?: string;
	/** Instead of the image's own. */
	length?: number | undefined;
	type?: string;
	/** More header lines, each ended by CRLF. */
	fields?: string;
	/** The query that is signed, where it is not the one that is sent. */
	signedQuery?: string;
	password?: string;
}

/** A device with firmware in slots, and clients that know its password. */
export class UpdatedDevice {
	readonly clock = new FakeClock();
	readonly network = new FakeNetwork();
	readonly storage: FakeStorage;
	readonly firmware: Firmware;
	readonly app: App;
	restarts = 0;

	/** @param given `undefined` in place of the slots: the host has none. */
	constructor({ storage = flash(), slots = true, adminPassword = password as string | undefined } = {}) {
		const { clock, network } = this;
		this.storage = storage;
		this.firmware = boot(storage, () => this.restarts++);
		const random = numbers(3);
		const hardware = fakeHost({
			...simulatedPins({ clock, random }),
			clock,
			address: host,
			Listener: network.Listener,
			random,
			...(slots && { update: this.firmware }),
		});
		const config = { sensors: [{ name: "Room", model: "DHT22", pin: 4 }], ...(adminPassword && { adminPassword }) };
		const configuration = new Configuration({ config, limits, storage: undefined, text, log() {} });
		this.app = new App({ host: hardware, configuration, boot: firstBoot(hardware) });
		this.pass(20_000);
	}

	pass(ms: number): void {
		this.clock.advance(ms);
		this.network.settle();
	}

	/** @returns Status and content of the response. */
	ask(bytes: string): [status: number, body: string] {
		const peer = this.network.connect();
		peer.send(bytes);
		peer.close();
		return responseOf(peer);
	}

	nonce(): string {
		return JSON.parse(this.ask(request({ method: "GET", target: "/api/session", host }))[1]).nonce;
	}

	report() {
		return JSON.parse(this.ask(request({ method: "GET", target: "/api/update", host }))[1]);
	}

	signed(asked: Asked): [status: number, body: string] {
		return this.ask(signed(password, this.nonce(), { ...asked, host }));
	}

	/** A POST of an action. */
	act(action: string): [status: number, body: string] {
		return this.signed({ method: "POST", target: "/api/update", body: JSON.stringify({ action }) });
	}

	/** @returns The head of an upload of `image`. */
	head(image: Uint8Array, changed: Changed = {}, nonce = this.nonce()): string {
		const {
			size = image.byteLength,
			digest = hex(digestOf(image)),
			fields = "",
			type = "application/octet-stream",
		} = changed;
		const length = "length" in changed ? changed.length : image.byteLength;
		const query = `size=${size}&sha256=${digest}`;
		const { signedQuery = query } = changed;
		const asked = { method: "PUT", target: `/api/update?${query}`, host };
		const lines = [
			type && `Content-Type: ${type}\r\n`,
			length === undefined ? "" : `Content-Length: ${length}\r\n`,
			changed.password === ""
				? ""
				: authorization(changed.password ?? password, nonce, { ...asked, target: `/api/update?${signedQuery}` }),
			fields,
		];
		return request({ ...asked, fields: lines.join("") });
	}

	/** Begins an upload: its head is sent. */
	begin(image: Uint8Array, changed?: Changed, nonce?: string): Peer {
		const head = this.head(image, changed, nonce);
		const peer = this.network.connect();
		peer.send(head);
		return peer;
	}

	/** Sends `bytes` in segments; what waits for a sensor is written in the time that passes. */
	send(peer: Peer, bytes: Uint8Array, segment = 1460): void {
		for (let at = 0; at < bytes.byteLength && peer.closed === "no"; at += segment) {
			peer.send(bytes.subarray(at, at + segment));
			this.pass(1);
		}
	}

	/** Uploads `image`. @returns Status and content of the response. */
	put(image: Uint8Array, changed?: Changed, nonce?: string): [status: number, body: string] {
		const peer = this.begin(image, changed, nonce);
		this.send(peer, image);
		this.pass(1000);
		return responseOf(peer);
	}

	/** What starts when the power comes back. */
	get next(): string {
		const copy = flash();
		copy.bytes.set(this.storage.bytes);
		return boot(copy).running.version;
	}
}

export function responseOf({ received }: Peer): [status: number, body: string] {
	return [Number(received.slice(9, 12)), received.slice(received.indexOf("\r\n\r\n") + 4)];
}

export { slotSize };
