import type { TCP } from "../platform/io.js";
import type { Subscriber } from "./subscriber.js";

/** Writes `bytes` to each of `sockets`, which are of one class and belong to subscribers. @returns Those that did not take them. */
export function writeAll(sockets: readonly TCP[], bytes: Uint8Array): readonly TCP[] {
	return sockets[0]?.writeAll?.(sockets, bytes) ?? writeEach(sockets, bytes);
}

/** Asks for the free space first: under a debugger an exception stops the program. */
function writeEach(sockets: readonly TCP[], bytes: Uint8Array): readonly TCP[] {
	const refused: TCP[] = [];
	for (let at = 0; at < sockets.length; at++) {
		const socket = sockets[at]!;
		const subscriber = socket.target as Subscriber;
		try {
			if (bytes.byteLength <= subscriber.writable) {
				subscriber.writable = socket.write(bytes) ?? 0;
				continue;
			}
		} catch {
			// The peer has gone.
		}
		refused.push(socket);
	}
	return refused;
}
