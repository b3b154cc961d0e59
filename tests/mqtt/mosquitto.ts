// Mosquitto, a broker of its own for each test, and a client that hears all of it.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { latin1 } from "../fakes/text.js";
import { type Published, packetsOf, publishedOf } from "./broker.js";

/** Debian has it where only root's PATH leads. */
const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
const program = folders.map(folder => join(folder, "mosquitto")).find(path => existsSync(path));

/** Why its tests are left out; in CI they fail. */
export const skip = program || process.env.CI ? false : "Mosquitto is not installed";

export async function freePort(address = "127.0.0.1"): Promise<number> {
	const server = createServer().listen(0, address);
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, "close");
	return port;
}

export interface Credentials {
	user: string;
	password: string;
}

export class Mosquitto {
	readonly address: string;
	readonly port: number;
	#config: string;
	#process: ChildProcess | undefined;

	private constructor(address: string, port: number, config: string) {
		this.address = address;
		this.port = port;
		this.#config = config;
	}

	/** @param options `credentials` that it asks for; without them it takes everybody. */
	static async start(
		t: TestContext,
		{ address = "127.0.0.1", credentials }: { address?: string; credentials?: Credentials } = {},
	): Promise<Mosquitto> {
		if (!program) throw new Error("CI needs Mosquitto: apt install mosquitto");
		const folder = await mkdtemp(join(tmpdir(), "mosquitto-"));
		const port = await freePort(address);
		const lines = [`listener ${port} ${address}`, `allow_anonymous ${!credentials}`, "persistence false", "user root"];
		if (credentials) {
			const { user, password } = credentials;
			const file = join(folder, "passwords");
			spawnSync("mosquitto_passwd", ["-b", "-c", file, user, password]);
			lines.push(`password_file ${file}`);
		}
		const config = join(folder, "mosquitto.conf");
		await writeFile(config, `${lines.join("\n")}\n`);
		const broker = new Mosquitto(address, port, config);
		t.after(async () => {
			await broker.stop();
			await rm(folder, { recursive: true });
		});
		await broker.start();
		return broker;
	}

	async start(): Promise<void> {
		this.#process = spawn(program!, ["-c", this.#config], { stdio: "ignore" });
		for (let attempt = 0; attempt < 500; attempt++) {
			const socket = connect(this.port, this.address);
			const isUp = await new Promise<boolean>(resolve => {
				socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
			});
			socket.destroy();
			if (isUp) return;
			await sleep(10);
		}
		throw new Error("Mosquitto does not start");
	}

	/** Ends it; what it kept is gone. */
	async stop(): Promise<void> {
		const process = this.#process;
		this.#process = undefined;
		if (!process || process.exitCode !== null) return;
		process.kill("SIGKILL");
		await once(process, "exit");
	}
}

/** A client that hears all messages of a broker. */
export class Watcher {
	readonly messages: Published[] = [];
	/** The newest message of each topic. */
	readonly newest = new Map<string, string>();
	#socket: Socket;

	private constructor(socket: Socket) {
		this.#socket = socket;
	}

	static async join(
		t: TestContext,
		{ address, port }: Pick<Mosquitto, "address" | "port">,
		credentials?: Credentials,
	): Promise<Watcher> {
		const socket = connect(port, address);
		t.after(() => socket.destroy());
		await once(socket, "connect");
		const watcher = new Watcher(socket);
		const string = (text: string) => `${String.fromCharCode(0, text.length)}${text}`;
		const { user = "", password = "" } = credentials ?? {};
		const fields = `${string("watcher")}${credentials ? string(user) + string(password) : ""}`;
		const body = `\0\x04MQTT\x04${credentials ? "\xc2" : "\x02"}\0\0${fields}`;
		socket.on("error", () => {});
		watcher.#listen();
		socket.write(latin1(`\x10${String.fromCharCode(body.length)}${body}`));
		socket.write(latin1("\x82\x06\0\x01\0\x01#\0"));
		return watcher;
	}

	publish(topic: string, payload: string): void {
		const body = `${String.fromCharCode(0, topic.length)}${topic}${payload}`;
		this.#socket.write(latin1(`\x30${String.fromCharCode(body.length)}${body}`));
	}

	close(): void {
		this.#socket.destroy();
	}

	#listen(): void {
		let rest = "";
		this.#socket.setEncoding("latin1").on("data", (bytes: string) => {
			const found = packetsOf(rest + bytes);
			rest = found.rest;
			for (const packet of found.packets) {
				if (packet.type !== 3) continue;
				const message = publishedOf(packet);
				this.messages.push(message);
				this.newest.set(message.topic, message.payload);
			}
		});
	}
}

/** A way to a broker that can be cut: what it has taken then goes nowhere, and no end is told. */
export class Cable {
	readonly port: number;
	#isCut = false;
	#sockets: Socket[] = [];

	private constructor(port: number) {
		this.port = port;
	}

	/** It begins at the broker's own address. */
	static async lay(t: TestContext, broker: Pick<Mosquitto, "address" | "port">): Promise<Cable> {
		const server = createServer().listen(0, broker.address);
		await once(server, "listening");
		const cable = new Cable((server.address() as AddressInfo).port);
		server.on("connection", socket => cable.#join(socket, broker));
		t.after(() => {
			server.close();
			for (const socket of cable.#sockets) socket.destroy();
		});
		return cable;
	}

	cut(): void {
		this.#isCut = true;
	}

	mend(): void {
		this.#isCut = false;
	}

	#join(device: Socket, { address, port }: Pick<Mosquitto, "address" | "port">): void {
		const broker = connect(port, address);
		const isCut = this.#isCut;
		this.#sockets.push(device, broker);
		for (const [from, to] of [
			[device, broker],
			[broker, device],
		] as const) {
			// A connection that was cut once stays dead.
			let isDead = isCut;
			const isLost = () => {
				isDead ||= this.#isCut;
				return isDead;
			};
			from.on("data", bytes => isLost() || to.write(bytes));
			from.on("end", () => isLost() || to.end());
			from.on("error", () => isLost() || to.destroy());
		}
	}
}
