// The desktop's own connections and resolver.

import { setTimeout as sleep } from "node:timers/promises";
import { resolve } from "../../../modules/platform/node/resolver.js";
import { tcpClient } from "../../../modules/platform/node/tcp.js";
import { text } from "../../fakes/text.js";
import { type Device, testOutgoing } from "../outgoing.js";
import { outgoingCommands } from "../outgoing-commands.js";

const lines: string[] = [];
const commands = outgoingCommands({
	TCP: tcpClient({ sendBuffer: 5744, maxOpen: 2 }),
	resolve,
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
