// An app for the simulator that does what outgoing.node.test.ts tells it to, by a connection to port 8082.

import type { TCP, TCPConstructor } from "modules/platform/io";
import { resolver } from "modules/platform/sim/resolver";
import { Listener, tcpClient } from "modules/platform/sim/sockets";
import { XSClock } from "modules/platform/xs/clock";
import { text } from "modules/platform/xs/text";
import { outgoingCommands } from "tests/platform/outgoing-commands";

let control: TCP | undefined;
let unread = "";

const commands = outgoingCommands({
	TCP: tcpClient(2),
	resolve: resolver(new XSClock()),
	text,
	say: line => control?.write(text.encode(`${line}\n`)),
});

new Listener({
	port: 8082,
	onReadable() {
		const from = this.read() as unknown as TCP;
		control = new (from.constructor as TCPConstructor)({
			from,
			onReadable() {
				unread += text.decode(new Uint8Array(this.read()!));
				for (let end = unread.indexOf("\n"); end >= 0; end = unread.indexOf("\n")) {
					const [name = "", ...words] = unread.slice(0, end).split(" ");
					unread = unread.slice(end + 1);
					commands[name]?.(...words);
				}
			},
			onError() {
				control = undefined;
				this.close();
			},
		});
	},
});
