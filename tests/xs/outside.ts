// The desktop host for an app on XS: sockets, timers, files and recordings are Node's, and are told of over a pipe.

import type { Firmware } from "../../modules/platform/firmware.js";
import type { Host } from "../../modules/platform/host.js";
import type { Listener, TCP, TCPCallbacks, TCPConstructor } from "../../modules/platform/io.js";
import { limits } from "../../modules/platform/node/host.js";
import type { Ready } from "../../modules/platform/node/main.js";
import type { Serial } from "../../modules/platform/serial.js";
import { fromLatin1 } from "../fakes/text.js";
import { type Call, type News, pack, type Start, unpack } from "./messages.js";

const isBinary = (value: unknown): value is Uint8Array | ArrayBuffer =>
	value instanceof Uint8Array || value instanceof ArrayBuffer;

/** Tells that something has happened, and how to get what the app is to know of it by the time that it hears of it. */
type Tell = (name: string, value?: () => unknown) => void;
type Thing = Record<string, (...args: never[]) => unknown>;

/** A connection: its unread bytes and free space change until the app hears of them. */
class Socket {
	#tcp: TCP;
	#unread = 0;
	#free = 0;

	/** @param open Makes the connection with these callbacks. */
	constructor(open: (callbacks: TCPCallbacks) => TCP, tell: Tell) {
		this.#tcp = open({
			onReadable: byteLength => {
				this.#unread = byteLength;
				tell("onReadable", () => this.#unread || undefined);
			},
			onWritable: byteLength => {
				this.#free = byteLength;
				tell("onWritable", () => this.#free || undefined);
			},
			onError: () => tell("onError"),
		});
	}

	read(byteLength?: number): ArrayBuffer | undefined {
		const bytes = this.#tcp.read(byteLength);
		this.#unread -= bytes?.byteLength ?? 0;
		return bytes;
	}

	write(bytes: Uint8Array): number | undefined {
		const free = this.#tcp.write(bytes);
		this.#free = free ?? 0;
		return free;
	}

	close(): void {
		this.#tcp.close();
	}
}

/** A serial line that keeps as many unread bytes as a chip. */
class SerialLine {
	#serial: Serial;
	#unread = new Uint8Array();
	#lost = 0;

	constructor(serial: Serial, tell: Tell) {
		this.#serial = serial;
		serial.listen(bytes => {
			const all = Buffer.concat([this.#unread, new Uint8Array(bytes)]);
			this.#unread = new Uint8Array(all.subarray(0, 256));
			this.#lost += all.byteLength - this.#unread.byteLength;
			tell("onReadable", () => this.#lost);
		});
	}

	read(): Uint8Array {
		const unread = this.#unread;
		this.#unread = new Uint8Array();
		this.#lost = 0;
		return unread;
	}

	write(bytes: Uint8Array): void {
		this.#serial.write(bytes);
	}

	close(): void {
		this.#serial.listen(undefined);
	}
}

/** A desktop host, ready to start, for an app that is elsewhere. */
export class Outside {
	#ready: Ready;
	#send: (message: Uint8Array) => Promise<void>;
	/** What the app may call. */
	#things: Map<Call["of"], Thing>;
	#made = 0;
	/** What the app has not heard of yet, each thing's newest of a name; a value of `undefined` is out of date. */
	#happened = new Map<string, { to: Call["of"]; name: string; value: () => unknown }>();
	#sent = Promise.resolve();
	/** What the app read last of any client, a character a byte. */
	lastRead = "";

	/** @param send Brings a message to the app and waits until that has done what follows from it. */
	constructor(ready: Ready, send: (message: Uint8Array) => Promise<void>) {
		const { host } = ready;
		this.#ready = ready;
		this.#send = send;
		const { storage, update } = host;
		this.#things = new Map(
			Object.entries({
				host: this.#own(host),
				storage: storage as object as Thing,
				...(update && { update: this.#slots(update) }),
			}),
		);
	}

	/** Brings what is in flash on a chip. */
	load(assets: string[]): Promise<void> {
		return this.#bring(() => ({ assets }));
	}

	/** Starts the app. @throws {Error} It does not start. */
	start(): Promise<void> {
		const { host, ...rest } = this.#ready;
		const { version, defaultPort, address = "", isLoopback = false, serial, storage, bootInfo, update } = host;
		const start: Start = {
			...rest,
			name: "xs",
			version,
			defaultPort,
			address,
			isLoopback,
			limits,
			bootInfo,
			hasSerial: serial !== undefined,
			update: update && { chip: update.chip, slotSize: update.slotSize },
			storage: storage && { byteLength: storage.byteLength, blockSize: storage.blockSize },
		};
		return this.#bring(() => ({ start }));
	}

	/** Settles when the app has responded. */
	ping(): Promise<void> {
		return this.#bring(() => ({}));
	}

	/** Ends the app. */
	close(): Promise<void> {
		return this.#bring(() => ({ close: true }));
	}

	/** Does what the app asks for. */
	respond(question: Uint8Array): Uint8Array {
		const { of, method, args, bytes } = unpack(question) as Call;
		const thing = this.#things.get(of);
		if (method === "close") this.#things.delete(of);
		try {
			const value = thing?.[method]?.(...(args as never[]), bytes as never);
			if (thing instanceof Socket && isBinary(value)) this.lastRead = fromLatin1(new Uint8Array(value));
			return pack(isBinary(value) ? { bytes: new Uint8Array(value) } : { value });
		} catch (error) {
			return pack({ thrown: (error as Error).message });
		}
	}

	/** What the app calls of the host itself. What makes a thing returns its number. */
	#own(host: Host): Thing {
		const { clock, assets, Listener, TCP, resolve, PulseCapture, random, log } = host;
		const timer = (method: "set" | "repeat") => (ms: number) =>
			this.#make(tell => {
				const timer = clock[method](() => tell("due"), ms);
				return { close: () => clock.clear(timer) };
			});
		return {
			random,
			log,
			asset: (name: string) => assets.get(name),
			set: timer("set"),
			repeat: timer("repeat"),
			listen: (port: number) =>
				this.#make(tell => {
					const listener = new Listener({ port, onReadable: count => tell("onReadable", () => count) });
					return { read: () => this.#accept(listener), close: () => listener.close() };
				}),
			adopt: (id: number) => {
				const { tcp } = this.#things.get(id) as unknown as { tcp: TCP };
				this.#things.delete(id);
				const open = (callbacks: TCPCallbacks) => new (tcp.constructor as TCPConstructor)({ from: tcp, ...callbacks });
				return this.#make(tell => new Socket(open, tell));
			},
			serial: () => this.#make(tell => new SerialLine(host.serial!, tell)),
			dial: (address: string, port: number) =>
				this.#make(tell => new Socket(callbacks => new TCP!({ address, port, ...callbacks }), tell)),
			resolve: (name: string) =>
				this.#make(tell => {
					resolve!(name, address => tell("onResolved", () => address ?? null));
					return { close() {} };
				}),
			capture: (pin: number) =>
				this.#make(tell => {
					const capture = new PulseCapture({
						pin,
						onReadable() {
							const { pulses, level, ticks } = this.read()!;
							tell("onReadable", () => ({ pulses: Array.from(pulses), level, ticks }));
						},
					});
					return { start: (lowUs: number) => capture.start(lowUs), close: () => capture.close() };
				}),
		};
	}

	/** What the app calls of the firmware's slots. */
	#slots(update: Firmware): Thing {
		return {
			running: () => update.running,
			other: () => update.other,
			open: () => {
				const writer = update.open();
				return this.#make(() => writer);
			},
			verifyOther: () => update.verifyOther(),
			confirm: () => update.confirm(),
			activateOther: () => update.activateOther(),
			rollBack: () => update.rollBack(),
			restart: () => update.restart(),
		};
	}

	#accept(listener: Listener): { id: number; remoteAddress: string | undefined } | undefined {
		const tcp = listener.read();
		return tcp && { id: this.#make(() => ({ tcp, close: () => tcp.close() })), remoteAddress: tcp.remoteAddress };
	}

	#make(construct: (tell: Tell) => object): number {
		const id = ++this.#made;
		this.#things.set(id, construct((name, value) => this.#tell(id, name, value)) as Thing);
		return id;
	}

	#tell(to: Call["of"], name: string, value: () => unknown = () => null): void {
		if (this.#happened.size === 0) this.#bring(() => this.#news());
		this.#happened.set(`${to} ${name}`, { to, name, value });
	}

	#news(): Partial<News> {
		const happenings = [...this.#happened.values()]
			.filter(({ to }) => this.#things.has(to))
			.map(({ to, name, value }) => ({ to, name, value: value() }))
			.filter(({ value }) => value !== undefined);
		this.#happened.clear();
		return { happenings };
	}

	/** Brings the app news, after those that are under way. */
	#bring(news: () => Partial<News>): Promise<void> {
		const { clock } = this.#ready.host;
		this.#sent = this.#sent.then(() => this.#send(pack({ ticks: clock.ticks, time: clock.time, ...news() })));
		return this.#sent;
	}
}
