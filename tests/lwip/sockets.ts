// What of ECMA-419's sockets the tests look at one by one, on ports of their own: 7 gives back what comes, 9 reads when it is told
// to, 11 takes connections when it is told to, 13 forgets them. Each command is answered with a line.

import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import resolve from "resolve";
import { LwipUDP } from "../../modules/platform/esp32/udp.js";
import type { TCPConstructor, TCPOptions, TCP as TCPSocket } from "../../modules/platform/io.js";
import { text } from "../fakes/text.js";
import { outgoingCommands } from "../platform/outgoing-commands.js";

const say = (...parts: unknown[]) => host.print(`answer ${parts.join(" ")}`);

function adopt(from: TCPSocket, options: Omit<TCPOptions, "from">): TCPSocket {
	return new (from.constructor as TCPConstructor)({ from, ...options });
}

/** @returns What `action` throws, without the engine's note of the function. */
function thrown(action: () => unknown): string {
	try {
		action();
		return "nothing";
	} catch (error) {
		return (error as Error).message.replace(/^.*@\w+: /, "");
	}
}

/** Sends back what it reads as there is room, and reads no more until all of that is sent. */
class Echo {
	#rest: Uint8Array | undefined;
	#room = 0;
	#unread = false;

	constructor(from: TCPSocket) {
		const echo = this;
		adopt(from, {
			onReadable() {
				echo.#unread = true;
				echo.#work(this);
			},
			onWritable(room) {
				echo.#room = room;
				echo.#work(this);
			},
			onError() {
				this.close();
				this.close();
			},
		});
	}

	#work(tcp: TCPSocket): void {
		if (!this.#rest && this.#unread) {
			this.#unread = false;
			const read = tcp.read();
			if (read) this.#rest = new Uint8Array(read);
		}
		if (!this.#rest || this.#room === 0) return;
		const part = this.#rest.subarray(0, this.#room);
		this.#room = tcp.write(part) ?? 0;
		this.#rest = part.byteLength < this.#rest.byteLength ? this.#rest.subarray(part.byteLength) : undefined;
	}
}

let held: TCPSocket | undefined;
let told: string[] = [];
let lazy: { listener: InstanceType<typeof Listener>; count: number } | undefined;

new Listener({
	port: 7,
	onReadable() {
		for (let tcp = this.read(); tcp; tcp = this.read()) new Echo(tcp);
	},
});

new Listener({
	port: 9,
	onReadable() {
		const from = this.read();
		if (!from) return;
		const { remoteAddress } = from;
		held = adopt(from, {
			target: remoteAddress,
			onReadable(count) {
				told.push(`readable:${count}`);
			},
			onWritable(room) {
				told.push(`writable:${room}`);
			},
			onError() {
				told.push("error");
			},
		});
		told.push(`from:${thrown(() => from.read())}`);
	},
});

new Listener({
	port: 11,
	onReadable(count: number) {
		lazy = { listener: this, count };
	},
});

new Listener({
	port: 13,
	onReadable() {
		this.read();
	},
});

const udp = new LwipUDP({
	port: 15,
	group: "224.0.0.251",
	onReadable() {
		for (let datagram = this.read(); datagram; datagram = this.read())
			this.write(datagram.bytes, datagram.address, datagram.port);
	},
});

let deaf: LwipUDP | undefined;

const commands: Record<string, (...args: string[]) => void> = {
	...outgoingCommands({ TCP, resolve, text, say }),
	statistics: () => host.print(`statistics ${host.statistics()}`),
	refuse: share => host.refuse(Number(share)),
	exhaust: share => host.exhaust(Number(share)),
	race: () => host.race(),
	close: () => host.exit(0),
	/** What was told of the connection at port 9 since. */
	told() {
		say(told.join(","));
		told = [];
	},
	peer: () => say(held?.target, held?.remoteAddress),
	read(length) {
		const piece = length === undefined ? held?.read() : held?.read(Number(length));
		say(piece === undefined ? "nothing" : `${piece.byteLength} ${text.decode(new Uint8Array(piece)).slice(0, 20)}`);
	},
	misread: length => say(thrown(() => held?.read(Number(length)))),
	write: length => say(thrown(() => say(held?.write(new Uint8Array(Number(length)).fill(120))))),
	/** Writes so many bytes to the connection twice at once: how many times it did not take them. */
	writeAll: length => say(thrown(() => say(held?.writeAll?.([held, held], new Uint8Array(Number(length))).length))),
	closeHeld() {
		held?.close();
		held?.close();
		told = [];
		const calls = [
			() => held?.read(),
			() => held?.write(new Uint8Array(1)),
			() => held?.writeAll?.([held], new Uint8Array(1)),
			() => held?.remoteAddress,
		];
		say(calls.map(thrown).join(","));
	},
	/** No connection is taken at port 11 any more. */
	stop() {
		lazy?.listener.close();
		lazy?.listener.close();
		say(thrown(() => lazy?.listener.read()));
	},
	/** How many connections wait at port 11, and what is read of the first. */
	take() {
		const from = lazy?.listener.read();
		if (!from) return say("none");
		const { count } = lazy!;
		let first = "nothing";
		adopt(from, {
			onReadable() {
				first = text.decode(new Uint8Array(this.read()!));
			},
			onError() {
				say(count, first, "ended");
				this.close();
			},
		});
	},
	deafen() {
		deaf = new LwipUDP({ port: 16 });
		say(
			thrown(() => new LwipUDP({ port: 16 })),
			thrown(() => new Listener({ port: 7 })),
		);
	},
	hear() {
		let count = 0;
		for (let datagram = deaf?.read(); datagram; datagram = deaf?.read()) count++;
		deaf?.close();
		deaf?.close();
		say(
			count,
			thrown(() => deaf?.read()),
		);
	},
	leave() {
		udp.close();
		say("left");
	},
};

host.onCommand = line => {
	const [command = "", ...args] = line.split(" ");
	commands[command]?.(...args);
};
host.print("answer ready");
