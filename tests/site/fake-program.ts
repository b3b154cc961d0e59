// The device's own Improv in the browser, on a radio that is made up: one network in reach takes a password, and only the right one.

import { Improv, type ImprovDevice } from "../../modules/network/improv.js";
import type { Provisioning } from "../../modules/network/provisioning.js";
import type { Clock, Timer } from "../../modules/platform/clock.js";
import type { Serial } from "../../modules/platform/serial.js";
import type { Text } from "../../modules/platform/text.js";

export const right = { ssid: "Home", password: "correct horse", address: "192.0.2.7" };

/** How long an attempt to join takes, ms. */
const JOIN_MS = 50;

const clock: Clock = {
	get ticks() {
		return Math.round(performance.now());
	},
	time: undefined,
	set: (callback, delayMs): Timer => ({ id: setTimeout(callback, delayMs) }),
	repeat: (callback, intervalMs): Timer => ({ id: setInterval(callback, intervalMs) }),
	clear: timer => clearTimeout((timer as { id: number } | undefined)?.id),
};

const text: Text = {
	encode: string => new TextEncoder().encode(string),
	decode: bytes => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
};

type Wifi = Pick<Provisioning, "state" | "scan" | "tryJoin" | "onChange">;

export class FakeProgram {
	/** Those that the program was given, in order. */
	readonly credentials: { ssid: string; password: string }[] = [];
	#received: Parameters<Serial["listen"]>[0];
	#wifi: Wifi = {
		state: {
			phase: "setup",
			ssid: null,
			reason: null,
			address: null,
			host: "dht.local",
			accessPoint: null,
			stored: [],
			addressing: null,
		},
		scan: () => [
			{ ssid: right.ssid, dBm: -48, secure: true },
			{ ssid: "Café", dBm: -70, secure: false },
		],
		tryJoin: (ssid, password = "") => this.#join(ssid, password),
		onChange: undefined,
	};

	/** @param version Of the program that was installed. @param send To the computer. */
	constructor(version: string, send: (bytes: Uint8Array) => void) {
		const log = (line: string) => send(text.encode(`${line}\r\n`));
		const wifi = this.#wifi;
		const device: ImprovDevice = {
			...{ firmware: "dht-gauges", version, chip: "ESP32-C3", name: "dht", hasPassword: false },
			rename: () => false,
			setPassword: () => false,
			get url() {
				return wifi.state.address === null ? undefined : `http://${wifi.state.address}/`;
			},
		};
		const serial: Serial = {
			listen: onReceived => {
				this.#received = onReceived;
			},
			write: bytes => {
				log(`a line of the console, ${bytes.length} bytes before the packet`);
				send(bytes);
			},
		};
		new Improv({ clock, text, serial, wifi, device, log });
	}

	receive(bytes: Uint8Array): void {
		this.#received?.(Uint8Array.from(bytes).buffer, 0);
	}

	#join(ssid: string, password: string): void {
		this.credentials.push({ ssid, password });
		this.#change({ phase: "joining", ssid });
		clock.set(() => {
			if (ssid === right.ssid && password === right.password) this.#change({ phase: "joined", address: right.address });
			else this.#change({ phase: "failed", reason: "wrong-password" });
		}, JOIN_MS);
	}

	#change(state: Partial<Provisioning["state"]>): void {
		Object.assign(this.#wifi.state, state);
		this.#wifi.onChange?.();
	}
}
