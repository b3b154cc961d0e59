// What the tests of outgoing connections have a device do, on whatever host. Each command and each callback gives a line.

import type { Resolve, TCP, TCPClientConstructor } from "../../modules/platform/io.js";
import type { Text } from "../../modules/platform/text.js";

/** The callback in which a connection is closed; `now`: as soon as it is made. */
type Moment = "now" | "up" | "read" | "error";

interface DeviceOptions {
	TCP: TCPClientConstructor;
	resolve: Resolve;
	text: Text;
	say(line: string): void;
}

/** @returns What `action` throws, without the engine's note of the function. */
function thrown(action: () => void): string | undefined {
	try {
		action();
		return undefined;
	} catch (error) {
		return (error as Error).message.replace(/^.*@\w+: /, "");
	}
}

class Connection {
	#name: string;
	#say: (line: string) => void;
	#closeAt: Moment | undefined;
	#tcp: TCP;
	#up = false;
	#closed = false;
	/** Bytes of a flood that are still to be written; `undefined` without one. */
	#unsent: number | undefined;

	constructor(name: string, { TCP, text, say }: DeviceOptions, address: string, port: number, closeAt?: Moment) {
		this.#name = name;
		this.#say = say;
		this.#closeAt = closeAt;
		const connection = this;
		this.#tcp = new TCP({
			address,
			port,
			onReadable() {
				connection.#called("read", `read ${text.decode(new Uint8Array(this.read()!))}`);
			},
			onWritable(free) {
				if (!connection.#up) connection.#called("up", "up");
				connection.#up = true;
				if (!connection.#closed) connection.#pour(free);
			},
			onError() {
				connection.#called("error", "error");
			},
		});
		if (closeAt === "now") this.close();
	}

	write(bytes: Uint8Array): void {
		this.#tcp.write(bytes);
	}

	/** Writes `byteLength` bytes as there is space. */
	flood(byteLength: number): void {
		this.#unsent = byteLength;
	}

	close(): void {
		this.#closed = true;
		this.#tcp.close();
		this.#tcp.close();
	}

	#called(moment: Moment, what: string): void {
		this.#say(`${this.#name} ${this.#closed ? "after close: " : ""}${what}`);
		if (moment === this.#closeAt) this.close();
	}

	#pour(free: number): void {
		let space: number | undefined = free;
		while (this.#unsent && space) {
			const bytes = new Uint8Array(Math.min(this.#unsent, space)).fill(this.#unsent & 0xff);
			this.#unsent -= bytes.byteLength;
			space = this.#tcp.write(bytes);
		}
		if (this.#unsent !== 0) return;
		this.#unsent = undefined;
		this.#say(`${this.#name} flooded`);
	}
}

/** @returns Commands by name; their arguments are words. */
export function outgoingCommands(options: DeviceOptions): Record<string, (...words: string[]) => void> {
	const { resolve, text, say } = options;
	const connections = new Map<string, Connection>();
	const open = (name: string, address: string, port: string, closeAt?: string): Connection | undefined => {
		let connection: Connection | undefined;
		const problem = thrown(() => {
			connection = new Connection(name, options, address, Number(port), closeAt as Moment | undefined);
		});
		if (connection) connections.set(name, connection);
		if (problem !== undefined) say(`${name} ${problem}`);
		return connection;
	};
	return {
		open: (name, address, port, closeAt) => void open(name!, address!, port!, closeAt),
		/** Writes before the connection is up. */
		early(name, address, port) {
			const connection = open(name!, address!, port!);
			say(`${name} ${thrown(() => connection?.write(new Uint8Array(1)))}`);
		},
		flood: (name, address, port, byteLength) => open(name!, address!, port!)?.flood(Number(byteLength)),
		send(name, word) {
			say(`${name} ${thrown(() => connections.get(name!)!.write(text.encode(word!))) ?? "sent"}`);
		},
		drop(name) {
			connections.get(name!)?.close();
			connections.delete(name!);
			say(`${name} closed`);
		},
		/** Closes all. */
		reset() {
			for (const connection of connections.values()) connection.close();
			connections.clear();
			say("reset");
		},
		resolve: (name = "") => resolve(name, address => say(`${name} ${address}`)),
	};
}
