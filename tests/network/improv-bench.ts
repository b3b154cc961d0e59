// A device on a serial line, and what a client of Improv makes of the line.

import { Improv, type ImprovDevice } from "../../modules/network/improv.js";
import { packet, Type } from "../../modules/network/improv-packet.js";
import type { WiFiManager } from "../../modules/network/wifi-manager.js";
import { FakeSerial } from "../fakes/serial.js";
import { fromLatin1, latin1, text } from "../fakes/text.js";
import { Bench } from "./bench.js";

/** Twelve networks; one is open. */
export const twelve = Array.from({ length: 12 }, (_, at) => ({
	ssid: `Network ${at}`,
	password: at === 3 ? undefined : `password ${at}`,
	dBm: -40 - at,
}));

/** @returns A request as a client sends it, without the line feed that the device puts before its own packets. */
export function request(command: number, payload: readonly number[] = []): Uint8Array {
	return packet(Type.RPC, [command, payload.length, ...payload]).slice(1);
}

/** @returns `texts`, each after its length. */
export function list(...texts: string[]): number[] {
	return texts.flatMap(one => {
		const bytes = text.encode(one);
		return [bytes.byteLength, ...bytes];
	});
}

/** Reads the line as clients do: packets that begin a line, by their length; the rest is the log. */
export class Line {
	/** `state 2`, `error 3`, `1: http://…`. */
	readonly packets: string[] = [];
	/** What is no packet. */
	log = "";
	#line = "";

	receive(bytes: Uint8Array): void {
		for (const character of fromLatin1(bytes)) {
			this.#line += character;
			const isPacket = this.#line.startsWith("IMPROV\x01");
			if (isPacket && this.#line.length === 10 + (this.#line.charCodeAt(8) || 0)) this.#end(true);
			else if (!isPacket && character === "\n") this.#end(false);
		}
	}

	#end(isPacket: boolean): void {
		if (isPacket) this.packets.push(describe(latin1(this.#line)));
		else if (this.#line !== "\n") this.log += this.#line;
		this.#line = "";
	}
}

/** A packet in words. @throws {Error} Its checksum is wrong. */
function describe(bytes: Uint8Array): string {
	const sum = bytes.subarray(0, -1).reduce((total, byte) => total + byte, 0) & 0xff;
	if (sum !== bytes[bytes.byteLength - 1]) throw new Error("wrong checksum");
	const [type, , first = -1] = bytes.subarray(7);
	if (type !== Type.RESULT) return `${type === Type.STATE ? "state" : "error"} ${first}`;
	const texts: string[] = [];
	for (let at = 11; at < bytes.byteLength - 1; at += 1 + bytes[at]!)
		texts.push(text.decode(bytes.subarray(at + 1, at + 1 + bytes[at]!)));
	return `${first}: ${texts.join(", ")}`;
}

/** The device, as its owner sees it. */
class OwnedDevice implements ImprovDevice {
	readonly firmware = "dht-gauges";
	readonly version = "1.2.3";
	readonly chip = "ESP32-C3";
	name = "dht";
	password: string | undefined;
	#wifi: WiFiManager | undefined;

	constructor(wifi: WiFiManager | undefined) {
		this.#wifi = wifi;
	}

	get url(): string | undefined {
		const address = this.#wifi ? this.#wifi.state.address : "192.0.2.9";
		return address === null ? undefined : `http://${address}/`;
	}

	get hasPassword(): boolean {
		return this.password !== undefined;
	}

	rename(name: string): boolean {
		const isAllowed = /^[a-z0-9-]{1,24}$/i.test(name);
		if (isAllowed) this.name = name;
		return isAllowed;
	}

	setPassword(password: string): boolean {
		const isAllowed = password.length >= 8;
		if (isAllowed) this.password = password;
		return isAllowed;
	}
}

/** The device behind the line. Its console prints on it, too. */
export class CableBench extends Bench {
	readonly serial = new FakeSerial();
	readonly line = new Line();
	device = new OwnedDevice(undefined);
	wifi: WiFiManager | undefined;
	improv: Improv | undefined;

	/** @param hasWiFi Otherwise the device is in a wired network. */
	connect(hasWiFi = true): this {
		const log = (line: string) => this.print(line);
		this.serial.onSent = bytes => this.line.receive(bytes);
		this.wifi = hasWiFi ? this.start({ log }) : undefined;
		this.device = new OwnedDevice(this.wifi);
		const { clock, serial, wifi, device } = this;
		this.improv = new Improv({ clock, text, serial, wifi, device, log });
		return this;
	}

	print(line: string): void {
		this.serial.onSent(latin1(`${line}\r\n`));
	}

	/** @returns The packets that the device sends when it gets `bytes`, and in the `ms` that follow. */
	ask(bytes: Uint8Array, ms = 0): string[] {
		const before = this.line.packets.length;
		this.serial.arrive(bytes);
		this.clock.advance(ms);
		return this.line.packets.slice(before);
	}

	close(): void {
		this.improv?.close();
		this.wifi?.close();
	}
}
