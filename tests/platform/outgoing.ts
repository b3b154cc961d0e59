// Connections that the device opens, and names, as modules/platform/io.ts has them: the same tests for every host.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

/** A device that obeys the commands of outgoing-commands.ts. */
export interface Device {
	/** This machine's address, as the device sees it. */
	readonly peer: string;
	/** Bytes that fill the peer's receive buffer and more. */
	readonly flood: number;
	/** Gives a command. */
	tell(command: string): void;
	/** @returns The next line that the device says. */
	heard(): Promise<string>;
}

/** A server of the test's own, on a free port. */
async function serve(t: TestContext, peer: string, onConnection: (socket: Socket) => void) {
	const sockets: Socket[] = [];
	const server: Server = createServer(socket => {
		sockets.push(socket);
		socket.on("error", () => {});
		onConnection(socket);
	}).listen(0, peer);
	t.after(() => {
		server.close();
		for (const socket of sockets) socket.destroy();
	});
	await once(server, "listening");
	const { port } = server.address() as { port: number };
	return { port, target: `${peer} ${port}`, sockets };
}

/** @param device Called in a test, after what starts the device. */
export function testOutgoing(device: () => Device, skip: string | false = false): void {
	const ask = async (command: string) => {
		device().tell(command);
		return device().heard();
	};
	const testOn = (name: string, body: (t: TestContext) => Promise<void>) =>
		test(name, { skip }, async t => {
			device().tell("reset");
			for (let line = "", lines = 0; line !== "reset"; line = await device().heard()) ok(lines++ < 20);
			await body(t);
		});
	/** @returns Whether nothing is said for a while. */
	const isQuiet = async () => {
		await sleep(150);
		return (await ask("resolve 192.0.2.1")) === "192.0.2.1 192.0.2.1";
	};

	testOn("a connection that is up sends and reads, and reports the peer's end", async t => {
		const { target } = await serve(t, device().peer, socket =>
			socket.once("data", bytes => socket.end(`${bytes}, too`)),
		);
		equal(await ask(`open a ${target}`), "a up");
		equal(await ask("send a hello"), "a sent");
		equal(await device().heard(), "a read hello, too");
		equal(await device().heard(), "a error");
		equal(await ask("drop a"), "a closed");
		ok(await isQuiet());
	});

	testOn("a connection that the peer refuses reports an error alone", async () => {
		equal(await ask(`open a ${device().peer} 1`), "a error");
		equal(await ask("drop a"), "a closed");
		ok(await isQuiet());
	});

	for (const [what, target, problem] of [
		["a name in place of an address", "nowhere 80", /invalid address/],
		["port 0", "192.0.2.1 0", /invalid port/],
		["port 65536", "192.0.2.1 65536", /invalid port/],
	] as const)
		testOn(`${what} is thrown`, async () => {
			match(await ask(`open a ${target}`), problem);
		});

	testOn("a write before the connection is up would block", async t => {
		const { target } = await serve(t, device().peer, () => {});
		match(await ask(`early a ${target}`), /^a would block/);
		equal(await device().heard(), "a up");
		equal(await ask("drop a"), "a closed");
	});

	testOn("a reset by the peer reports an error once", async t => {
		const { target } = await serve(t, device().peer, socket => socket.once("data", () => socket.resetAndDestroy()));
		equal(await ask(`open a ${target}`), "a up");
		equal(await ask("send a x"), "a sent");
		equal(await device().heard(), "a error");
		equal(await ask("drop a"), "a closed");
		ok(await isQuiet());
	});

	testOn("a peer that reads late holds the device up, and gets every byte", async t => {
		let received = 0;
		const { target, sockets } = await serve(t, device().peer, socket => socket.pause());
		device().tell(`flood a ${target} ${device().flood}`);
		equal(await device().heard(), "a up");
		await sleep(300);
		ok(sockets[0]);
		sockets[0].on("data", bytes => {
			received += bytes.byteLength;
		});
		sockets[0].resume();
		equal(await device().heard(), "a flooded");
		for (let waited = 0; waited < 5000 && received < device().flood; waited += 10) await sleep(10);
		equal(received, device().flood);
		equal(await ask("drop a"), "a closed");
	});

	for (const [moment, lines] of [
		["now", []],
		["up", ["a up"]],
		["read", ["a up", "a read hello"]],
		["error", ["a up", "a read hello", "a error"]],
	] as const)
		testOn(
			`a connection closed ${moment === "now" ? "at once" : `in its callback: ${moment}`} is silent from then on`,
			async t => {
				const { target, sockets } = await serve(t, device().peer, socket => socket.end("hello"));
				device().tell(`open a ${target} ${moment}`);
				const heard: string[] = [];
				while (heard.length < lines.length) heard.push(await device().heard());
				deepEqual(heard, lines);
				ok(await isQuiet());
				for (const socket of sockets) if (!socket.closed) await once(socket, "close");
				device().tell("drop a");
				equal(await device().heard(), "a closed");
			},
		);

	testOn("a third connection is refused until one of two is closed", async t => {
		const { target } = await serve(t, device().peer, () => {});
		equal(await ask(`open a ${target}`), "a up");
		equal(await ask(`open b ${target}`), "b up");
		equal(await ask(`open c ${target}`), "c too many connections");
		equal(await ask("drop a"), "a closed");
		equal(await ask(`open c ${target}`), "c up");
		for (const name of ["b", "c"]) equal(await ask(`drop ${name}`), `${name} closed`);
	});

	testOn("an address is its own, and a name that nobody has is undefined", async () => {
		equal(await ask("resolve 192.0.2.7"), "192.0.2.7 192.0.2.7");
		equal(await ask("resolve nobody.invalid"), "nobody.invalid undefined");
		equal(await ask("resolve"), " undefined");
		const long = "x".repeat(300);
		equal(await ask(`resolve ${long}`), `${long} undefined`);
	});

	testOn("of more names than there is space for each is told of once", async () => {
		const names = Array.from({ length: 8 }, (_, at) => `nobody${at}.invalid`);
		for (const name of names) device().tell(`resolve ${name}`);
		const heard: string[] = [];
		while (heard.length < names.length) heard.push(await device().heard());
		deepEqual(
			heard.sort(),
			names.map(name => `${name} undefined`),
		);
	});
}
