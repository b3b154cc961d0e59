/**
 * Input and output: sockets, datagrams, pins.
 *
 * Devices follow ECMA-419 (Input/Output class pattern). A constructor takes one options object, and `target` is set on the
 * instance. Callbacks are called with the instance as `this`.
 */

/** An instance as ECMA-419 callbacks see it: what the options held in `target` is found there again. */
export interface Targeted {
	target?: unknown;
}

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
