/**
 * Input and output: sockets, datagrams, outputs.
 *
 * Devices follow ECMA-419 (Input/Output class pattern). A constructor takes one options object, and `target` is set on the
 * instance. Callbacks are called with the instance as `this`.
 */

/** An instance of an ECMA-419 class. It has the `target` of its options. */
export interface Targeted {
	target?: unknown;
}

/** A TCP connection. */
export interface TCP extends Targeted {
	/** The peer's address. To be read right after accepting: the SDK's desktop sockets lose it. */
	readonly remoteAddress: string | undefined;
	/** @returns Up to `byteLength` unread bytes (all of them when left out); `undefined` when there are none. */
	read(byteLength?: number): ArrayBuffer | undefined;
	/**
	 * Sends all of `bytes`; they may be reused afterwards. No callback comes before it returns.
	 * @returns Free space of the send buffer in bytes; `undefined` when the connection has failed (`onError` follows).
	 * @throws {Error} `would block`: more than the free space; nothing was sent.
	 */
	write(bytes: Uint8Array | ArrayBuffer): number | undefined;
	/**
	 * Writes `bytes` to each of `sockets`, not to itself, in one call. Absent where that is no faster.
	 * @returns Those that did not take them: they have too little space, or the connection has failed.
	 * @throws {Error} One is closed.
	 */
	writeAll?(sockets: readonly TCP[], bytes: Uint8Array): readonly TCP[];
	/** May be called twice. No callback follows. */
	close(): void;
	readonly constructor: unknown;
}

export interface TCPCallbacks extends Targeted {
	/** `byteLength` bytes are unread. Comes only when something new arrived, so all of them are to be read. */
	onReadable?(this: TCP, byteLength: number): void;
	/**
	 * The send buffer has `byteLength` bytes free. Comes once when the connection is up, then as the peer acknowledges; but it need not
	 * come while the last call, or the last `write`, has told of more than three quarters of the buffer.
	 */
	onWritable?(this: TCP, byteLength: number): void;
	/** The peer closed, refused or reset the connection, or is not reached: only `close` may be called. */
	onError?(this: TCP, error?: Error): void;
}

export interface TCPOptions extends TCPCallbacks {
	/** A connection from `Listener.read`; the new instance takes it over. */
	from: TCP;
}

export type TCPConstructor = new (options: TCPOptions) => TCP;

export interface TCPClientOptions extends TCPCallbacks {
	/** The peer's IPv4 address; `Host.resolve` finds that of a name. */
	address: string;
	/** 1 to 65535. */
	port: number;
}

/**
 * Opens a connection. `onWritable` tells that it is up, and `write` throws `would block` before.
 * A peer that does not respond at all may take minutes to be told of by `onError`: the caller has its own time limit.
 * @throws {RangeError} `address` or `port` is invalid.
 * @throws {Error} The host has two open connections of its own already, no network, or no memory.
 */
export type TCPClientConstructor = new (options: TCPClientOptions) => TCP;

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

/** A digital output (ECMA-419 "Digital"), for a sensor's power pin. */
export interface DigitalOutput {
	write(value: 0 | 1): void;
	close(): void;
}

export type DigitalOutputConstructor = new (options: { pin: number }) => DigitalOutput;

/** A datagram received. */
export interface Datagram {
	readonly bytes: Uint8Array;
	readonly address: string;
	readonly port: number;
}

export interface UDPOptions {
	/** 0 for any. */
	port: number;
	/** A multicast group to join, on every interface that is up. */
	group?: string;
	target?: unknown;
	/** Datagrams wait. All of them are to be read. */
	onReadable?(this: UDP): void;
}

export interface UDP extends Targeted {
	/** @returns The next datagram; `undefined` if none waits. */
	read(): Datagram | undefined;
	/** @throws {Error} It cannot be sent. */
	write(bytes: Uint8Array, address: string, port: number): void;
	/** May be called twice. No callback follows. */
	close(): void;
}

/** @throws {Error} The port is in use or no interface is up. */
export type UDPConstructor = new (options: UDPOptions) => UDP;

/**
 * Looks a host name up, or takes an address as it is. `onResolved` is called once, and not before it returns: with an IPv4
 * address, or with `undefined` where the name has none, no name server responds, or too many names are pending.
 * @throws {Error} There is no network, or no memory: `onResolved` is not called.
 */
export type Resolve = (name: string, onResolved: (address: string | undefined) => void) => void;
