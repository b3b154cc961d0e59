// What a stranger may send, and the most memory that each may take.

import type { HostileDevice, Kind } from "./device.js";

export interface Row {
	/** Unique. */
	name: string;
	/** What it tries: `field NAME`, `path PATH`, `setting KEY`, `record TYPE`, … */
	of: string;
	device: Kind;
	/** What is sent on one connection, a character a byte; made when the device is at rest. */
	request?: (device: HostileDevice) => string;
	/** What is sent to a port of UDP. */
	datagram?: { port: number; bytes: () => Uint8Array };
}
