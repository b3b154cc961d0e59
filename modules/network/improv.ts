/** Improv over a serial line: a browser at the other end of the cable tells the device its Wi-Fi. */

import type { Logger } from "../log/log.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { Serial } from "../platform/serial.js";
import type { Text } from "../platform/text.js";
import { NetworkList } from "./improv-networks.js";
import { Command, ErrorCode, packet, readTexts, resultPacket, State, Type } from "./improv-packet.js";
import { ImprovReader, type RPCListener } from "./improv-reader.js";
import type { Provisioning } from "./provisioning.js";

/** An attempt to join is reported as failed after this, ms: the client waits for 45 s. The attempt goes on. */
const JOIN_MS = 35_000;

/** The device, as its owner sees it. */
export interface ImprovDevice {
	/** The program's name: an installer that finds another one erases the flash. */
	readonly firmware: string;
	readonly version: string;
	/** As esptool names it: `ESP32-C3`. */
	readonly chip: string;
	/** The device's name, from the next boot on. */
	readonly name: string;
	/** Of its page; `undefined` while the device is in no network. */
	readonly url: string | undefined;
	/** Whether the device has, or had, an owner's password. */
	readonly hasPassword: boolean;
	/** Changes the name. @returns Whether it is allowed. */
	rename(name: string): boolean;
	/** Sets the first password. @returns Whether it is allowed. */
	setPassword(password: string): boolean;
}

export interface ImprovOptions {
	clock: Clock;
	text: Text;
	serial: Serial;
	/** Absent on a host without Wi-Fi. */
	wifi?: Pick<Provisioning, "state" | "scan" | "tryJoin" | "onChange"> | undefined;
	device: ImprovDevice;
	/** Prints one line on the console. */
	log: Logger;
}

/** Responds within a call of the serial line or, with the networks in reach, some seconds later. */
export class Improv implements RPCListener {
	#options: ImprovOptions;
	#reader: ImprovReader;
	/** Made when a client asks for it. */
	#networks: NetworkList | undefined;
	/** The Wi-Fi that the client has sent, while it is tried, and the timer of that. */
	#joining: { ssid: string; timer: Timer } | undefined;
	/** That sent last. Until a client has asked for it, changes are not told. */
	#state = 0;
	/** That sent last. */
	#error: number = ErrorCode.NONE;

	/** Listens at once. */
	constructor(options: ImprovOptions) {
		const { clock, serial, wifi, log } = options;
		this.#options = options;
		this.#reader = new ImprovReader({ clock, listener: this });
		if (wifi) wifi.onChange = () => this.#onChange();
		serial.listen((bytes, lost) => {
			if (lost > 0) log(`${lost} bytes of the serial line are lost`, "warning");
			this.#reader.receive(new Uint8Array(bytes));
		});
	}

	/** May be called twice. */
	close(): void {
		const { serial, wifi } = this.#options;
		serial.listen(undefined);
		if (wifi) wifi.onChange = undefined;
		this.#networks?.close();
		this.#endJoin();
	}

	/** For the reader. */
	onRPC(data: Uint8Array): void {
		const [command, length] = data;
		if (command === undefined || length !== data.byteLength - 2) this.#fail(ErrorCode.INVALID_RPC);
		else this.#execute(command, data.subarray(2));
	}

	/** For the reader. A client repeats its first request, for the state, when it hears nothing. An error would make it give up. */
	onInvalid(): void {
		if (this.#state !== 0) this.#fail(ErrorCode.INVALID_RPC);
	}

	#execute(command: number, payload: Uint8Array): void {
		const { wifi, device } = this.#options;
		if (command === Command.STATE) {
			this.#tellState();
			if (this.#state === State.PROVISIONED) this.#tellURL(command);
		} else if (command === Command.INFORMATION)
			this.#result(command, [device.firmware, device.version, device.chip, device.name]);
		else if (command === Command.WIFI && wifi) this.#join(payload);
		else if (command === Command.NETWORKS && wifi) this.#list(wifi);
		else if (command === Command.HOST_NAME || command === Command.DEVICE_NAME) this.#name(command, payload);
		else if (command === Command.PASSWORD) this.#password(payload);
		else this.#fail(ErrorCode.UNKNOWN_COMMAND);
	}

	#list(wifi: Pick<Provisioning, "scan">): void {
		this.#networks ??= new NetworkList({
			clock: this.#options.clock,
			scan: () => wifi.scan(),
			send: texts => this.#result(Command.NETWORKS, texts),
		});
		this.#networks.request();
	}

	#join(payload: Uint8Array): void {
		const { clock, text, wifi, log } = this.#options;
		const [ssid, password] = readTexts(text, payload, 2) ?? [];
		this.#endJoin();
		if (ssid === undefined) {
			this.#fail(ErrorCode.INVALID_RPC);
			return;
		}
		if (this.#error !== ErrorCode.NONE) this.#fail(ErrorCode.NONE);
		this.#joining = { ssid, timer: clock.set(() => this.#failJoin(), JOIN_MS) };
		try {
			wifi!.tryJoin(ssid, password || undefined);
			if (this.#state !== State.PROVISIONING) this.#tellState();
		} catch (error) {
			log(`Wi-Fi by cable: ${(error as Error).message}`, "warning");
			this.#failJoin();
		}
	}

	#onChange(): void {
		this.#networks?.onChange();
		const { phase, ssid } = this.#options.wifi!.state;
		const joining = this.#joining;
		if (joining && phase === "joined" && ssid === joining.ssid) {
			this.#endJoin();
			this.#tellState();
			this.#tellURL(Command.WIFI);
		} else if (joining && (phase === "joined" || phase === "failed")) this.#failJoin();
		else if (this.#state !== 0 && this.#state !== this.#currentState) this.#tellState();
	}

	#failJoin(): void {
		this.#endJoin();
		this.#fail(ErrorCode.UNABLE_TO_CONNECT);
		this.#tellState();
	}

	#endJoin(): void {
		this.#options.clock.clear(this.#joining?.timer);
		this.#joining = undefined;
	}

	/** Without a payload the name is reported, with one it is changed. */
	#name(command: number, payload: Uint8Array): void {
		const { device, log } = this.#options;
		if (payload.byteLength > 0) {
			const name = this.#decode(payload);
			if (name === undefined || !device.rename(name)) {
				this.#fail(ErrorCode.BAD_HOST_NAME);
				return;
			}
			log(`named ${name} by cable, from the next start on`);
		}
		this.#result(command, [device.name]);
	}

	/** Without a payload: whether there is a password. With one it is set, unless there is one. */
	#password(payload: Uint8Array): void {
		const { device, log } = this.#options;
		const password = this.#decode(payload);
		if (password === "") this.#result(Command.PASSWORD, [device.hasPassword ? "YES" : "NO"]);
		else if (device.hasPassword) this.#fail(ErrorCode.NOT_AUTHORIZED);
		else if (password === undefined || !device.setPassword(password)) this.#fail(ErrorCode.INVALID_RPC);
		else {
			log("the password was set by cable");
			this.#result(Command.PASSWORD, ["YES"]);
		}
	}

	#decode(payload: Uint8Array): string | undefined {
		try {
			return this.#options.text.decode(payload);
		} catch {
			return undefined;
		}
	}

	get #currentState(): number {
		if (this.#joining) return State.PROVISIONING;
		return this.#options.device.url === undefined ? State.READY : State.PROVISIONED;
	}

	#tellState(): void {
		this.#state = this.#currentState;
		this.#options.serial.write(packet(Type.STATE, [this.#state]));
	}

	#tellURL(command: number): void {
		const { url } = this.#options.device;
		this.#result(command, url === undefined ? [] : [url]);
	}

	#fail(code: number): void {
		this.#error = code;
		this.#options.serial.write(packet(Type.ERROR, [code]));
	}

	#result(command: number, texts: readonly string[]): void {
		const { serial, text } = this.#options;
		serial.write(resultPacket(text, command, texts));
	}
}
