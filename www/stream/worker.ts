// The keeper of the one stream: a SharedWorker that all tabs join, or, where there is none, a module that a page imports.

import { Hub } from "./hub.js";

const hub = typeof EventSource === "function" ? new Hub() : undefined;
const scope = self as typeof self & { onconnect?: (event: MessageEvent) => void };

if ("onconnect" in scope) {
	scope.onconnect = ({ ports: [port] }) => {
		if (hub) hub.add(port!);
		else port!.postMessage(null);
	};
}

/** @returns A port of the page's own keeper, with the same messages as the worker's. */
export function join(): MessagePort {
	const { port1, port2 } = new MessageChannel();
	hub!.add(port1);
	return port2;
}
