// The app on XS: everything portable is here, and what the host gives is on the other side of a pipe, with tests/xs/outside.ts.

import { bootDevice, type Device } from "../../modules/app/boot.js";
import type { PulseCapture, PulseCaptureOptions, PulseTrain } from "../../modules/dht/pulse-capture.js";
import type { Clock, Timer } from "../../modules/platform/clock.js";
import type { Firmware, FirmwareImage, FirmwareWriter } from "../../modules/platform/firmware.js";
import type {
	Listener,
	ListenerOptions,
	Resolve,
	TCP,
	TCPCallbacks,
	TCPClientConstructor,
	TCPClientOptions,
	TCPOptions,
} from "../../modules/platform/io.js";
import type { Serial } from "../../modules/platform/serial.js";
import { actOut } from "../../modules/platform/simulated/behaviour.js";
import { simulatedButton } from "../../modules/platform/simulated/button.js";
import { SimulatedRadio } from "../../modules/platform/simulated/radio.js";
import type { Storage } from "../../modules/platform/storage.js";
import { fakeHost, simulatedPins } from "../fakes/host.js";
import { type Call, type News, pack, type Result, type Start, unpack } from "./messages.js";

/** Of tools/xs/prelude.js. */
declare const ask: (message: Uint8Array) => Uint8Array;
declare const listen: (handler: (message: Uint8Array) => void) => void;

/** Who is told what happens to a thing of the host. */
const told = new Map<string | number, (name: string, value: unknown) => void>();
const now: Pick<News, "ticks" | "time"> = { ticks: 0, time: undefined };
const assets = new Map<string, Uint8Array | undefined>();

function call(of: Call["of"], method: string, args: unknown[] = [], bytes?: Uint8Array): Result {
	const result: Result = unpack(ask(pack({ of, method, args, bytes })));
	if (result.thrown !== undefined) throw new Error(result.thrown);
	return result;
}

/** Makes a thing of the host by its method `method`. @returns Its number. */
function make(method: string, args: unknown[], onHappening: (name: string, value: unknown) => void): number {
	const id = call("host", method, args).value as number;
	told.set(id, onHappening);
	return id;
}

/** Ends a thing of the host, if it has not ended; nothing is told of it any more. */
function end(id: number): void {
	told.delete(id);
	call(id, "close");
}

class PipeTimer {
	readonly id: number;

	constructor(method: "set" | "repeat", callback: () => void, ms: number) {
		this.id = make(method, [ms], () => {
			if (method === "set") end(this.id);
			callback();
		});
	}
}

const clock: Clock = {
	get ticks() {
		return now.ticks;
	},
	get time() {
		return now.time;
	},
	set: (callback, ms) => new PipeTimer("set", callback, ms),
	repeat: (callback, ms) => new PipeTimer("repeat", callback, ms),
	clear(timer: Timer | undefined) {
		if (timer) end((timer as PipeTimer).id);
	},
};

class PipeTCP implements TCP {
	target?: unknown;
	readonly remoteAddress: string | undefined;
	#id: number;

	constructor(options: TCPOptions | { id: number; remoteAddress: string | undefined }) {
		if ("id" in options) {
			this.#id = options.id;
			this.remoteAddress = options.remoteAddress;
			return;
		}
		const from = options.from as PipeTCP;
		this.target = options.target;
		this.remoteAddress = from.remoteAddress;
		this.#id = this.#use("adopt", [from.#id], options);
	}

	/** Opens a connection. */
	static dial(options: TCPClientOptions): PipeTCP {
		const tcp = new PipeTCP({ id: 0, remoteAddress: options.address });
		tcp.target = options.target;
		tcp.#id = tcp.#use("dial", [options.address, options.port], options);
		return tcp;
	}

	read(byteLength?: number): ArrayBuffer | undefined {
		return call(this.#id, "read", byteLength === undefined ? [] : [byteLength]).bytes?.buffer as
			| ArrayBuffer
			| undefined;
	}

	write(bytes: Uint8Array | ArrayBuffer): number | undefined {
		return call(this.#id, "write", [], new Uint8Array(bytes)).value as number | undefined;
	}

	close(): void {
		end(this.#id);
	}

	/** @returns The number of a socket of the host, whose callbacks are those of `options`. */
	#use(method: string, args: unknown[], options: TCPCallbacks): number {
		return make(method, args, (name, value) => {
			if (name === "onReadable") options.onReadable?.call(this, value as number);
			else if (name === "onWritable") options.onWritable?.call(this, value as number);
			else options.onError?.call(this);
		});
	}
}

/** A connection that the app opens. */
class PipeClient {
	constructor(options: TCPClientOptions) {
		// biome-ignore lint/correctness/noConstructorReturn: the constructor of io.ts, of the class that accepted connections have
		return PipeTCP.dial(options);
	}
}

const resolve: Resolve = (name, onResolved) => {
	const id = make("resolve", [name], (_, address) => {
		end(id);
		onResolved((address as string | null) ?? undefined);
	});
};

class PipeListener implements Listener {
	target: unknown;
	#id: number;

	constructor(options: ListenerOptions) {
		this.target = options.target;
		this.#id = make("listen", [options.port], (_, count) => options.onReadable?.call(this, count as number));
	}

	read(): TCP | undefined {
		const accepted = call(this.#id, "read").value as { id: number; remoteAddress: string } | undefined;
		return accepted && new PipeTCP(accepted);
	}

	close(): void {
		end(this.#id);
	}
}

/** A pin on which recordings are played. */
class PipeCapture implements PulseCapture {
	target: unknown;
	#id: number;
	#train: PulseTrain | undefined;

	constructor(options: PulseCaptureOptions) {
		this.target = options.target;
		this.#id = make("capture", [options.pin], (_, train) => {
			this.#train = train as PulseTrain;
			options.onReadable?.call(this);
		});
	}

	start(lowUs: number): void {
		call(this.#id, "start", [lowUs]);
	}

	read(): PulseTrain | undefined {
		const train = this.#train;
		this.#train = undefined;
		return train;
	}

	close(): void {
		end(this.#id);
	}
}

const storageOf = (size: { byteLength: number; blockSize: number }): Storage => ({
	...size,
	read: (offset, byteLength) => call("storage", "read", [offset, byteLength]).bytes!,
	erase: block => void call("storage", "erase", [block]),
	write: (offset, bytes) => void call("storage", "write", [offset], bytes),
});

class PipeSerial implements Serial {
	#id: number | undefined;

	listen(onReceived: ((bytes: ArrayBuffer, lost: number) => void) | undefined): void {
		if (this.#id !== undefined) end(this.#id);
		this.#id =
			onReceived &&
			make("serial", [], (_, lost) => {
				onReceived(call(this.#id!, "read").bytes!.buffer as ArrayBuffer, lost as number);
			});
	}

	write(bytes: Uint8Array): void {
		if (this.#id !== undefined) call(this.#id, "write", [], bytes);
	}
}

class PipeWriter implements FirmwareWriter {
	#id = call("update", "open").value as number;

	write(bytes: Uint8Array): void {
		call(this.#id, "write", [], bytes);
	}

	close(): void {
		end(this.#id);
	}
}

class PipeFirmware implements Firmware {
	readonly chip: number;
	readonly slotSize: number;

	constructor({ chip, slotSize }: Pick<Firmware, "chip" | "slotSize">) {
		this.chip = chip;
		this.slotSize = slotSize;
	}

	get running(): FirmwareImage {
		return call("update", "running").value as FirmwareImage;
	}

	get other(): FirmwareImage | undefined {
		return call("update", "other").value as FirmwareImage | undefined;
	}

	open(): FirmwareWriter {
		return new PipeWriter();
	}

	verifyOther(): Uint8Array | undefined {
		return call("update", "verifyOther").bytes;
	}

	confirm(): void {
		call("update", "confirm");
	}

	activateOther(): void {
		call("update", "activateOther");
	}

	rollBack(): void {
		call("update", "rollBack");
	}

	restart(): void {
		call("update", "restart");
	}
}

function launch({ config, fixed, sequence, limits, faults, wifi, behaviour, ...options }: Start): Device {
	const { name, version, defaultPort, address, isLoopback, presses, bootInfo, hasSerial, update } = options;
	const storage = options.storage && storageOf(options.storage);
	const random = () => call("host", "random").value as number;
	const log = (line: string) => void call("host", "log", [line]);
	const hardware = fakeHost({
		name,
		version,
		defaultPort,
		clock,
		assets,
		address,
		isLoopback,
		...(presses.length > 0 && { pressed: simulatedButton(clock, presses) }),
		...(wifi && { radio: new SimulatedRadio({ clock, networks: wifi, address, accessPointAddress: address }) }),
		Listener: PipeListener,
		TCP: PipeClient as TCPClientConstructor,
		resolve,
		...(faults ? simulatedPins({ clock, random, faults }) : { PulseCapture: PipeCapture }),
		storage,
		...(bootInfo && { bootInfo }),
		...(hasSerial && { serial: new PipeSerial() }),
		...(update && { update: new PipeFirmware(update) }),
		random,
		log,
	});
	return bootDevice({ host: actOut(behaviour, hardware), limits, config, fixed, sequence });
}

let app: Device | undefined;
listen(message => {
	const news = unpack(message) as News;
	now.ticks = news.ticks;
	now.time = news.time;
	for (const name of news.assets ?? []) assets.set(name, call("host", "asset", [name]).bytes);
	if (news.start) app = launch(news.start);
	for (const { to, name, value } of news.happenings ?? []) told.get(to)?.(name, value);
	if (news.close) app?.close();
});
