// A device that does what the tests of its sockets tell it to, by the commands of sockets.ts.

import { equal } from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Device, skipTap as skip, startDevice } from "./tools.js";

export class Bench {
	device!: Device;
	#answers: string[] = [];
	#sockets = new Set<Socket>();

	/** Starts it before the tests of the file, and ends it after them. */
	constructor() {
		before(async () => {
			if (skip) return;
			this.device = await startDevice({ entry: "tests/lwip/sockets.ts" });
			this.device.onLine = line => this.#answers.push(line.replace("answer ", ""));
			equal(await this.answered(), "ready");
		});
		beforeEach(() => {
			this.#answers.length = 0;
		});
		after(async () => {
			for (const socket of this.#sockets) socket.destroy();
			if (!skip) equal(await this.device.close(), 0);
		});
	}

	/** This machine's address on the device's cable. */
	get peer(): string {
		return this.device.address.replace(/\d+$/, "1");
	}

	/** The next answer to a command. */
	async answered(ms = 5000): Promise<string> {
		for (let waited = 0; waited < ms && this.#answers.length === 0; waited += 2) await sleep(2);
		return this.#answers.shift() ?? "no answer";
	}

	async ask(command: string): Promise<string> {
		this.device.type(command);
		return this.answered();
	}

	/** Waits until the peers have acknowledged all that was sent, for 5 s at most. */
	async acknowledged(): Promise<void> {
		for (let waited = 0; waited < 5000; waited += 5) {
			if ((await this.device.statistics()).lwip.segments === 0) return;
			await sleep(5);
		}
	}

	async dial(port: number): Promise<Socket> {
		const socket = connect(port, this.device.address).setNoDelay(true);
		socket.on("error", () => {});
		this.#sockets.add(socket);
		socket.on("close", () => this.#sockets.delete(socket));
		await once(socket, "connect");
		return socket;
	}

	/** Sends `bytes` to port 7. @returns Whether they come back. */
	async echo(bytes: Buffer): Promise<boolean> {
		const socket = await this.dial(7);
		const back: Buffer[] = [];
		let length = 0;
		socket.on("data", piece => {
			back.push(piece);
			length += piece.byteLength;
			if (length >= bytes.byteLength) socket.end();
		});
		socket.write(bytes);
		await Promise.race([once(socket, "close"), sleep(20_000)]);
		socket.destroy();
		return Buffer.concat(back).equals(bytes);
	}
}

export const noise = (length: number) => Buffer.from(Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 0xff));

/** The last test of a file: all that lwIP had is given back. */
export function testNothingLeft(bench: Bench): void {
	test("in the end nothing is left in lwIP", { skip }, async t => {
		let statistics = await bench.device.statistics();
		for (let waited = 0; waited < 30 && (statistics.lwip.active > 0 || statistics.lwip.heap > 0); waited++) {
			await sleep(1000);
			statistics = await bench.device.statistics();
		}
		t.diagnostic(JSON.stringify(statistics));
		for (const what of ["active", "segments", "buffers", "heap"] as const) equal(statistics.lwip[what], 0, what);
	});
}
