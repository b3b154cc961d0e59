// The hub of the one stream, as a SharedWorker that all tabs join. Where there is none the page imports this as a module.

import { Hub } from "./hub.js";

const hub = typeof EventSource === "function" ? new Hub() : undefined;
const scope = self as typeof self & { onconnect?: (event: MessageEvent) => void };

if ("onconnect" in scope) {
	scope.onconnect = ({ ports: [port] }) => {
		if (hub) hub.add(port!);
		else port!.postMessage(null);
	};
}

/** @returns A port of the page's own hub, with the same messages as the worker's. */
export function join(): MessagePort {
	const { port1, port2 } = new MessageChannel();
	hub!.add(port1);
	return port2;
}
