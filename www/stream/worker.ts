// The hub of the one stream: in a SharedWorker that all tabs join, or in the page where there is none.

import { Hub } from "./hub.js";
import { ATTEMPT_MS } from "./stream.js";

const scope = self as typeof self & { onconnect?: (event: MessageEvent) => void };
/** The page's own. */
let own: Hub | undefined;

const makeHub = () =>
	new Hub({
		open: url => new EventSource(url),
		poll: async () => {
			const response = await fetch("/api/readings", { signal: AbortSignal.timeout(ATTEMPT_MS) });
			if (!response.ok) throw new Error(response.statusText);
			return response.text();
		},
	});

if ("onconnect" in scope) {
	const hub = typeof EventSource === "function" ? makeHub() : undefined;
	scope.onconnect = ({ ports: [port] }) => {
		if (hub) hub.add(port!);
		else port!.postMessage(null);
	};
}

/** @returns A port of the page's own hub, with the same messages as the worker's. */
export function join(): MessagePort {
	own ??= makeHub();
	const { port1, port2 } = new MessageChannel();
	own.add(port1);
	return port2;
}
