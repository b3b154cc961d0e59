// Power is lost in each flash operation of an update as a client makes it, from the upload to the confirmation: what starts then is one
// whole image, with settings and history as they were.

import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { bootDevice } from "../../modules/app/boot.js";
import { hex } from "../../modules/auth/sha256.js";
import { FakeClock } from "../fakes/clock.js";
import { fakeHost, simulatedPins } from "../fakes/host.js";
import { numbers } from "../fakes/random.js";
import { authorization, request, signed } from "../fakes/signing.js";
import { FakeNetwork } from "../fakes/sockets.js";
import { FakeStorage } from "../fakes/storage.js";
import { unchunked } from "../fakes/text.js";
import { blockSize, boot, slotSize } from "./device.js";
import { digestOf, makeImage } from "./image.js";

const MINUTE = 60_000;
const host = "192.168.1.50";
const password = "correct horse";
const start = Date.UTC(2026, 10, 22);
const next = makeImage({ version: "1.1.0" });

/** What all flash of a device shares. */
interface Supply {
	/** Operations before the one in which power is lost. */
	left: number;
}

/** Flash whose last operation is done by half. */
class Flash extends FakeStorage {
	readonly #supply: Supply;

	constructor(supply: Supply, blocks: number, size?: number) {
		super(blocks, size);
		this.#supply = supply;
	}

	override erase(block: number): void {
		this.#spend(this.blockSize);
		super.erase(block);
	}

	override write(offset: number, bytes: Uint8Array): void {
		this.#spend(bytes.byteLength);
		super.write(offset, bytes);
	}

	#spend(byteLength: number): void {
		this.power = this.#supply.left > 0 ? Number.POSITIVE_INFINITY : this.#supply.left === 0 ? byteLength >> 1 : 0;
		this.#supply.left--;
	}
}

class Hardware {
	readonly supply: Supply = { left: Number.POSITIVE_INFINITY };
	readonly slots = new Flash(this.supply, (2 * slotSize) / blockSize + 2, blockSize);
	readonly data = new Flash(this.supply, 21);
	/** Wall time, ms since 1970. */
	time = start;

	static of(other: Hardware): Hardware {
		const copy = new Hardware();
		copy.slots.bytes.set(other.slots.bytes);
		copy.data.bytes.set(other.data.bytes);
		copy.time = other.time;
		return copy;
	}

	/** Starts the program that the boot loader chooses. */
	start(): Program {
		return new Program(this);
	}
}

/** One run of the program. */
class Program {
	readonly #clock = new FakeClock();
	readonly #network = new FakeNetwork();
	readonly #hardware: Hardware;
	readonly #device: { close(): void };
	/** Whether it has asked for its restart. */
	hasEnded = false;

	constructor(hardware: Hardware) {
		const clock = this.#clock;
		this.#hardware = hardware;
		clock.time = hardware.time;
		const random = numbers(5);
		const { data, slots } = hardware;
		const update = boot(slots, () => {
			this.hasEnded = true;
		});
		const given = {
			...simulatedPins({ clock, random }),
			...{ clock, random, update, storage: data, address: host, version: update.running.version },
			Listener: this.#network.Listener,
			bootInfo: { reason: "restart", boots: 1, lastCrash: null },
		};
		this.#device = bootDevice({
			host: fakeHost(given),
			limits: { maxConnections: 16, sendBuffer: 5744, storage: data.byteLength },
			config: { sensors: [{ name: "Room", model: "DHT22", pin: 4 }], intervalMs: 10_000, adminPassword: password },
		});
	}

	pass(ms: number): void {
		for (let left = ms; left > 0 && !this.hasEnded; left -= 1000) {
			this.#clock.advance(Math.min(left, 1000));
			this.#network.settle();
		}
		this.#hardware.time = this.#clock.time!;
	}

	ask(bytes: string): string {
		const peer = this.#network.connect();
		peer.send(bytes);
		const { received } = peer;
		peer.close();
		if (received.includes("Transfer-Encoding: chunked")) return unchunked(received);
		return received.slice(received.indexOf("\r\n\r\n") + 4);
	}

	get(target: string): ReturnType<typeof JSON.parse> {
		return JSON.parse(this.ask(request({ method: "GET", target, host, fields: "Connection: close\r\n" })));
	}

	change(method: string, target: string, body: object): void {
		const { nonce } = this.get("/api/session");
		this.ask(signed(password, nonce, { method, target, host, body: JSON.stringify(body) }));
	}

	upload(image: Uint8Array): void {
		const target = `/api/update?size=${image.byteLength}&sha256=${hex(digestOf(image))}`;
		const asked = { method: "PUT", target, host };
		const fields = `Content-Type: application/octet-stream\r\nContent-Length: ${image.byteLength}\r\n`;
		const peer = this.#network.connect();
		peer.send(request({ ...asked, fields: fields + authorization(password, this.get("/api/session").nonce, asked) }));
		for (let at = 0; at < image.byteLength; at += 100) {
			peer.send(image.subarray(at, at + 100));
			this.#clock.advance(50);
			this.#network.settle();
		}
		this.pass(1000);
		peer.close();
	}

	/** The power is cut: nothing more is written. */
	cut(): void {
		const { supply } = this.#hardware;
		const { left } = supply;
		supply.left = -1;
		try {
			this.#device.close();
		} finally {
			supply.left = left;
		}
	}
}

/** What a person sees of a device: what must not be lost, and what runs. */
function look(hardware: Hardware) {
	const program = hardware.start();
	program.pass(5000);
	const { running } = program.get("/api/update");
	const { name, mode } = program.get("/api/device");
	const { startUptimeMs, stepMs, temperature } = program.get("/api/history?span=7d");
	// The bucket of now and the one before may differ: they hold what was read since the last save.
	const past = temperature.mean.slice(0, 4);
	program.cut();
	return { version: running.version, state: running.state, name, mode, past, stepMs, begins: startUptimeMs !== null };
}

/** The whole of an update. */
function update(hardware: Hardware): void {
	const before = hardware.start();
	before.pass(5000);
	before.upload(next);
	before.change("POST", "/api/update", { action: "restart" });
	before.pass(2000);
	if (!before.hasEnded) before.cut();
	try {
		const after = hardware.start();
		after.pass(100_000);
		after.cut();
	} catch (error) {
		// The boot loader ends where the power does.
		if (hardware.supply.left > 0) throw error;
	}
}

function prepared(): Hardware {
	const hardware = new Hardware();
	hardware.slots.write(0, makeImage({ version: "1.0.0" }));
	const program = hardware.start();
	program.pass(5000);
	program.change("PUT", "/api/settings", { name: "attic" });
	program.pass(90 * MINUTE);
	program.cut();
	return hardware;
}

test("power lost in any flash operation of an update leaves one whole image, settings and history", t => {
	const old = prepared();
	const { version, state, ...kept } = look(Hardware.of(old));
	deepEqual(
		[version, state, kept.name, kept.past.every((value: number | null) => value !== null)],
		["1.0.0", "valid", "attic", true],
	);
	const versions: string[] = [];
	for (let operations = 0; ; operations++) {
		const hardware = Hardware.of(old);
		hardware.supply.left = operations;
		update(hardware);
		const isWhole = hardware.supply.left > 0;
		hardware.supply.left = Number.POSITIVE_INFINITY;
		const found = look(hardware);
		ok(found.version === "1.0.0" || found.version === "1.1.0", found.version);
		deepEqual({ ...found, version, state }, { version, state, ...kept }, `after ${operations} operations`);
		versions.push(found.version);
		if (!isWhole) continue;
		equal(found.version, "1.1.0");
		equal(found.state, "valid");
		break;
	}
	ok(versions.length > 30, `${versions.length}`);
	t.diagnostic(
		`${versions.length} operations; ${versions.filter(one => one === "1.1.0").length} of them end in the new image`,
	);
});
