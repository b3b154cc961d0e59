// The hubs of the other devices, a stream each, as a SharedWorker that all tabs join. Where there is none the page imports this as a module.

import { Hub } from "../stream/hub.js";
import { ATTEMPT_MS } from "../stream/stream.js";
import { BoundedSource, boundedText } from "./bounded.js";
import { MAX_LENGTH } from "./checked.js";

/** By origin. */
const hubs = new Map<string, Hub>();

/** Gives `port` the messages of the device at `origin`. */
export function join(port: MessagePort, origin: string): void {
	const hub = hubs.get(origin) ?? open(origin);
	hubs.set(origin, hub);
	hub.add(port, () => {
		hub.close();
		hubs.delete(origin);
	});
}

function open(origin: string): Hub {
	return new Hub({
		open: url => new BoundedSource(origin + url),
		poll: async () => {
			const signal = AbortSignal.timeout(ATTEMPT_MS);
			const response = await fetch(`${origin}/api/readings`, { redirect: "error", signal });
			if (!response.ok) throw new Error(response.statusText);
			return boundedText(response, MAX_LENGTH);
		},
	});
}

const scope = self as typeof self & { onconnect?: (event: MessageEvent) => void };

if ("onconnect" in scope) {
	scope.onconnect = ({ ports: [tab] }) => {
		tab!.onmessage = ({ data, ports: [port] }) => join(port!, data);
	};
}
