// The desktop's own connections and resolver.

import { equal } from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { NodeClock } from "../../../modules/platform/node/clock.js";
import { resolver } from "../../../modules/platform/node/resolver.js";
import { tcpClient } from "../../../modules/platform/node/tcp.js";
import { text } from "../../fakes/text.js";
import { type Device, testOutgoing } from "../outgoing.js";
import { outgoingCommands } from "../outgoing-commands.js";

const lines: string[] = [];
const commands = outgoingCommands({
	TCP: tcpClient({ sendBuffer: 5744, maxOpen: 2 }),
	resolve: resolver(new NodeClock()),
	text,
	say: line => lines.push(line),
});

const device: Device = {
	peer: "127.0.0.1",
	flood: 8_000_000,
	tell(command) {
		const [name = "", ...words] = command.split(" ");
		commands[name]!(...words);
	},
	async heard() {
		for (let waited = 0; waited < 20_000 && lines.length === 0; waited += 5) await sleep(5);
		return lines.shift() ?? "nothing";
	},
};

testOutgoing(() => device);

test("a connection knows its peer's address from the start", async () => {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	const Client = tcpClient({ sendBuffer: 5744, maxOpen: 2 });
	const client = new Client({ address: "127.0.0.1", port });
	equal(client.remoteAddress, "127.0.0.1");
	client.close();
	server.close();
});
