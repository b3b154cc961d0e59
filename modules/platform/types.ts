/**
 * What a host gives to the portable modules: types only, no code.
 *
 * Devices follow ECMA-419 (Input/Output class pattern): a constructor takes one options object, `target` is set on the
 * instance, and callbacks are called with the instance as `this`.
 */

/** An instance as ECMA-419 callbacks see it: what the options held in `target` is found there again. */
export interface Targeted {
	target?: unknown;
}

// --- sockets (ECMA-419 "TCP socket" and "TCP listener socket") ---

export interface TCP extends Targeted {
	/** The peer's address as text. Take it right after accepting: the SDK's desktop sockets do not keep it. */
	readonly remoteAddress: string | undefined;
	/** @returns Up to `byteLength` unread bytes (all of them when left out); `undefined` when there are none. */
	read(byteLength?: number): ArrayBuffer | undefined;
	/**
	 * Sends all of `bytes`; they may be reused afterwards. Calls nobody back before it returns.
	 * @returns Free space of the send buffer in bytes; `undefined` when the connection has failed (`onError` follows).
	 * @throws {Error} `would block`: more than the free space; nothing was sent.
	 */
	write(bytes: Uint8Array | ArrayBuffer): number | undefined;
	/** May be called twice. No callback follows. */
	close(): void;
	readonly constructor: unknown;
}

export interface TCPOptions {
	/** A connection from `Listener.read`; the new instance takes it over. */
	from: TCP;
	target?: unknown;
	/** `byteLength` bytes are unread. Comes only when something new arrived, so read them all. */
	onReadable?(this: TCP, byteLength: number): void;
	/** The send buffer has `byteLength` bytes free. Comes once after the connection is taken over, then as the peer acknowledges. */
	onWritable?(this: TCP, byteLength: number): void;
	/** The peer closed or the connection failed: only `close` may be called. */
	onError?(this: TCP, error?: Error): void;
}

export type TCPConstructor = new (options: TCPOptions) => TCP;

export interface Listener extends Targeted {
	/** @returns The next waiting connection, to be taken over with `new tcp.constructor({ from: tcp, … })`. */
	read(): TCP | undefined;
	close(): void;
}

export interface ListenerOptions {
	port: number;
	target?: unknown;
	/** `count` connections wait. */
	onReadable?(this: Listener, count: number): void;
}

/** @throws {Error} The port is in use or no network interface is up. */
export type ListenerConstructor = new (options: ListenerOptions) => Listener;

// --- pulse capture: the pin of a single-wire sensor ---

/** One answer of a single-wire sensor. */
export interface PulseTrain {
	/**
	 * Durations in µs after the host let the line go, levels alternating from high: release high, response low,
	 * response high, then a low and a high a bit, and the final low. Empty when the line never changed.
	 */
	readonly pulses: ArrayLike<number>;
	/** The line's level when the capture ended: 0 with no pulses means that it never rose. */
	readonly level: 0 | 1;
	/** When the read was started, ms since boot. */
	readonly ticks: number;
}

export interface PulseCaptureOptions extends Targeted {
	/** GPIO number of the data line. */
	pin: number;
	/** A pulse train is ready: call `read`. Comes once a `start`, also when the sensor kept silent. */
	onReadable?(this: PulseCapture): void;
	/** The hardware failed: only `close` may be called. */
	onError?(this: PulseCapture, error: Error): void;
}

export interface PulseCapture extends Targeted {
	/**
	 * Holds the line low for `lowUs` (500 to 20000 µs), lets it go and captures the answer. Returns at once;
	 * `onReadable` follows within 150 ms.
	 * @throws {Error} A capture is already under way.
	 */
	start(lowUs: number): void;
	/** @returns The train that `onReadable` announced, once; else `undefined`. */
	read(): PulseTrain | undefined;
	/** Frees the pin, also during a capture; may be called twice. No callback follows. */
	close(): void;
}

export interface PulseCaptureConstructor {
	/** @throws {Error} The pin does not exist or is in use. */
	new (options: PulseCaptureOptions): PulseCapture;
	/** Sensors count as powered long before the start and their last measurement as fresh: nothing waits for them. */
	readonly settled?: boolean;
}

/** A digital output (ECMA-419 "Digital"), for a sensor's power pin. */
export interface DigitalOutput {
	write(value: 0 | 1): void;
	close(): void;
}

export type DigitalOutputConstructor = new (options: { pin: number }) => DigitalOutput;

// --- time, text, files, chance ---

/** A handle of `Clock.set` or `Clock.repeat`. */
export type Timer = object;

export interface Clock {
	/** Milliseconds since boot: whole, monotonic, not set back by a change of wall time. */
	readonly ticks: number;
	/** Milliseconds since 1970-01-01T00:00Z, or `undefined` while wall time is unknown. */
	readonly time: number | undefined;
	/** Calls `callback` once after `delayMs`. */
	set(callback: () => void, delayMs: number): Timer;
	/** Calls `callback` every `intervalMs`. */
	repeat(callback: () => void, intervalMs: number): Timer;
	/** Takes `undefined` and timers that have fired. */
	clear(timer: Timer | undefined): void;
	/** Sets wall time, ms since 1970-01-01T00:00Z. Absent where the host's is right already. */
	setTime?(time: number): void;
}

export interface Text {
	/** UTF-8. */
	encode(text: string): Uint8Array;
	/** @throws {Error} `bytes` are not UTF-8. */
	decode(bytes: Uint8Array): string;
}

export interface Assets {
	/** @returns The file `name` of the built page, a view of flash memory on the chip (no copy), or `undefined`. */
	get(name: string): Uint8Array | undefined;
}

/** Memory that outlasts a restart, as flash behaves: a block is erased before it is written anew. */
export interface Storage {
	/** Bytes; whole blocks. */
	readonly byteLength: number;
	/** Bytes of a block. */
	readonly blockSize: number;
	/** @returns A copy of `byteLength` bytes from `offset`. @throws {Error} They cannot be read. */
	read(offset: number, byteLength: number): Uint8Array;
	/** Sets a block's bytes to 0xFF. May take 50 ms. @throws {Error} It fails. */
	erase(block: number): void;
	/** @param bytes For a place that is erased. @throws {Error} It fails; some of the bytes may be written. */
	write(offset: number, bytes: Uint8Array): void;
}

// --- Wi-Fi and datagrams ---

export interface Credentials {
	/** 1 to 32 bytes of UTF-8. */
	readonly ssid: string;
	/** `undefined` for an open network. */
	readonly password: string | undefined;
}

/** A Wi-Fi network in reach. */
export interface FoundNetwork {
	readonly ssid: string;
	/** Signal strength, about -30 (near) to -90 (hardly usable). */
	readonly dBm: number;
	/** Whether it asks for a password. */
	readonly secure: boolean;
}

/** Why the radio is not in the network: `refused` for whatever has no name of its own. */
export type DisconnectReason = "wrong-password" | "not-found" | "lost" | "refused";

/** What a radio tells. After `close`, and of a `join` that another one or `leave` has replaced, nothing. */
export interface RadioListener {
	/** The `join` asked for has succeeded, address and all; also called when the address changes. */
	onJoined(address: string): void;
	/** The `join` asked for has failed, or what was joined is lost: the radio does nothing more until the next `join`. */
	onLost(reason: DisconnectReason): void;
	/** The `scan` asked for has ended; empty when it failed. A network may be in it several times. */
	onScanned(networks: readonly FoundNetwork[]): void;
}

/** A Wi-Fi radio: a station, an access point, or both. It retries nothing and decides nothing. */
export interface Radio {
	/** The station's hardware address, `24:6F:28:AB:CD:EF`. */
	readonly mac: string;
	/** Of the network joined, as IPv4 has it, `255.255.255.0`; absent where the radio cannot tell. */
	readonly mask?: string | undefined;
	/** To be set before anything else is called. */
	listener: RadioListener | undefined;
	/** Starts to join, in place of what was joined; `onJoined` or `onLost` follows, though perhaps late. @throws {Error} The radio refuses. */
	join(credentials: Credentials): void;
	/** May be called at any time. */
	leave(): void;
	/** Looks for networks; `onScanned` follows. Not while it joins. @throws {Error} The radio refuses. */
	scan(): void;
	/**
	 * Opens an access point with its own DHCP, beside the station. May be called while it is open.
	 * @param password 8 to 63 characters; `undefined` for an open one.
	 * @returns The device's address in it; the network is that with 255.255.255.0.
	 * @throws {Error} The radio refuses.
	 */
	openAccessPoint(ssid: string, password: string | undefined): string;
	/** May be called at any time. */
	closeAccessPoint(): void;
	/** @returns Strength of the signal in dBm; `undefined` while nothing is joined. */
	signal(): number | undefined;
	/** May be called twice. */
	close(): void;
}

/** A datagram that arrived. */
export interface Datagram {
	readonly bytes: Uint8Array;
	readonly address: string;
	readonly port: number;
}

export interface UDPOptions {
	/** 0 for any. */
	port: number;
	/** A multicast group to be in, on every interface that is up. */
	group?: string;
	target?: unknown;
	/** Datagrams wait: read them all. */
	onReadable?(this: UDP): void;
}

export interface UDP extends Targeted {
	/** @returns The next datagram; `undefined` when none waits. */
	read(): Datagram | undefined;
	/** @throws {Error} It cannot be sent. */
	write(bytes: Uint8Array, address: string, port: number): void;
	/** May be called twice. No callback follows. */
	close(): void;
}

/** @throws {Error} The port is in use or no interface is up. */
export type UDPConstructor = new (options: UDPOptions) => UDP;

/** How the device came to start. */
export interface BootInfo {
	/** `power-on`, `restart`, `exception`, `watchdog`, …: all are in docs/build.md. */
	readonly reason: string;
	/** Starts so far, this one included; from 1. */
	readonly boots: number;
	/** What ended an earlier run, on one line; `null` when nothing ever did. */
	readonly lastCrash: string | null;
}

/** What a host can do at most. Settings can only lower these. */
export interface Limits {
	/** Open TCP connections. */
	readonly maxConnections: number;
	/** Bytes a connection's send buffer takes. */
	readonly sendBuffer: number;
	/** Bytes of storage for history and settings. */
	readonly storage: number;
}

export interface Host {
	/** `esp32`, `simulator` or `desktop`. */
	readonly name: string;
	/** The port served unless the settings name one. */
	readonly defaultPort: number;
	readonly clock: Clock;
	readonly text: Text;
	readonly assets: Assets;
	/** Wi-Fi; absent where the host is in a network already. */
	readonly radio?: Radio;
	/** An address of the host, where there is no radio. */
	readonly address?: string;
	/** The mask of that address's network, as of `Radio`. */
	readonly mask?: string | undefined;
	/** Datagrams; absent where the host cannot send them: then name and time are left to it. */
	readonly UDP?: UDPConstructor;
	/** Looks a host name up, or takes an address as it is; `undefined` when it is not found. */
	resolve?(name: string, onResolved: (address: string | undefined) => void): void;
	/** Whether the button for forgetting the Wi-Fi and the password is held down. Absent where there is none. */
	pressed?(): boolean;
	/** Absent where the host is not a device that starts by itself. */
	readonly bootInfo?: BootInfo;
	readonly Listener: ListenerConstructor;
	readonly PulseCapture: PulseCaptureConstructor;
	/** On a host that simulates: what is attached from now on. */
	attach?(sensors: readonly { readonly pin: number; readonly model: string }[]): void;
	/** Absent where a host has no pins. */
	readonly Digital?: DigitalOutputConstructor;
	/** `undefined` where nothing outlasts a restart. */
	readonly storage: Storage | undefined;
	/** @returns A whole number from 0 to 0xFFFFFFFF, not repeated over restarts. */
	random(): number;
	/** Prints one line for the person at the console. */
	log(line: string): void;
	/** Bytes of heap free, or `undefined` where the build cannot tell. */
	heapFree(): number | undefined;
	/** The least bytes of heap that were ever free, and those of the largest free block; absent where the host cannot tell. */
	heapLeast?(): number;
	heapLargestBlock?(): number;
}

/** What a device's host module gives to main.ts. */
export interface Platform {
	readonly limits: Limits;
	/** @param sensors What is attached: a host that simulates makes it up from these. */
	createHost(sensors: readonly { readonly name: string; readonly pin: number; readonly model: string }[]): Host;
}
