// The simulator's connections and resolver: `npm run test:sdk` starts the app of outgoing/ and tells its port.

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Device, testOutgoing } from "../outgoing.js";

const port = Number(process.env.SIMULATOR_PORT);
const skip = port ? false : "no simulator";

const lines: string[] = [];
let control: Socket;

before(async () => {
	if (skip) return;
	control = connect(port, "127.0.0.1").setEncoding("utf8");
	await once(control, "connect");
	let unread = "";
	control.on("data", piece => {
		const parts = (unread + piece).split("\n");
		unread = parts.pop()!;
		lines.push(...parts);
	});
});
after(() => control?.destroy());

const device: Device = {
	peer: "127.0.0.1",
	flood: 60_000,
	tell: command => control.write(`${command}\n`),
	async heard() {
		for (let waited = 0; waited < 20_000 && lines.length === 0; waited += 5) await sleep(5);
		return lines.shift() ?? "nothing";
	},
};

testOutgoing(() => device, skip);
