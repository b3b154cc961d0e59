/** What all sockets of the server call back. An exception would end the program: socket owners throw none. */

import type { TCP } from "../platform/io.js";
import type { SocketOwner } from "./response.js";

export function onReadable(this: TCP, byteLength: number): void {
	(this.target as SocketOwner).receive(byteLength);
}

export function onWritable(this: TCP, writable: number): void {
	const owner = this.target as SocketOwner;
	owner.writable = writable;
	if (owner.pending) owner.send();
}

export function onError(this: TCP): void {
	(this.target as SocketOwner).close();
}
