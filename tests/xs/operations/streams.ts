// Events, to open streams and to those that return.

import { stream } from "../../fakes/clients.js";
import { text } from "../../fakes/text.js";
import { type Cost, cost } from "../costs.js";
import { type BenchTCP, connect, window } from "../sockets.js";
import { askAlone, bytesOf, data, openStream, PageServer } from "./harness.js";

/** An event written to sockets without a server: what the sockets themselves cost. */
function barePublishing(streams: number): Cost {
	new PageServer();
	const sockets: BenchTCP[] = [];
	for (let count = 0; count < streams; count++) sockets.push(connect());
	const event = text.encode(`event: sensor-data\ndata: ${JSON.stringify(data)}\n\n`);
	return cost(() => {
		for (const socket of sockets) socket.free = window;
		for (let at = 0; at < sockets.length; at++) sockets[at]!.write(event);
	});
}

/** A stream opened again after `missed` events. */
function returning(missed: number): Cost {
	const site = new PageServer();
	for (let event = 0; event < missed + 1; event++) site.publish();
	const arrived = bytesOf(stream("Last-Event-ID: 5f3a-1\r\n"));
	return cost(() => askAlone(arrived));
}

function publishing(streams: number): Cost {
	const site = new PageServer();
	const sockets: BenchTCP[] = [];
	for (let count = 0; count < streams; count++) sockets.push(openStream());
	return cost(() => {
		for (const socket of sockets) socket.free = window;
		site.publish();
	});
}

export const streams: Record<string, () => Cost> = {
	"write ready bytes to 8 sockets, without a server": () => barePublishing(8),
	"an event to 1 stream": () => publishing(1),
	"an event to 4 streams": () => publishing(4),
	"an event to 8 streams": () => publishing(8),
	"a stream that returns after 4 events": () => returning(4),
};
