/** The DNS of the access point: every name is the device, so that a phone's look for the Internet ends on its set-up page. */

import type { Datagram, UDP, UDPConstructor } from "../platform/io.js";
import { AUTHORITATIVE, IN, RESPONSE, readMessage, Type, Writer } from "./dns-message.js";
import { parseIPv4 } from "./ipv4.js";

const port = 53;

/** Short, so that a phone that goes on to another network does not take these answers along. */
const ttlSeconds = 10;

const RECURSION_DESIRED = 0x0100;
const OPCODE = 0x7800;
const FORMAT_ERROR = 1;
const NOT_IMPLEMENTED = 4;

/**
 * What to answer to a query: the address to a question for one, no record to any other question.
 * @param address IPv4.
 * @returns `undefined` for what is no query.
 */
export function captiveResponse(query: Uint8Array, address: string): Uint8Array | undefined {
	const message = readMessage(query);
	if (!message || message.flags >= RESPONSE) return undefined;
	const { id, flags, questionCount } = message;
	const reply = RESPONSE | AUTHORITATIVE | (flags & (OPCODE | RECURSION_DESIRED));
	if ((flags & OPCODE) !== 0) return new Writer(12).header(id, reply | NOT_IMPLEMENTED, 0, 0).finish();
	if (questionCount !== 1) return new Writer(12).header(id, reply | FORMAT_ERROR, 0, 0).finish();
	message.nextQuestion();
	const { type, class: code, end } = message;
	const wanted = code === IN && (type === Type.A || type === Type.ANY);
	const writer = new Writer(end + (wanted ? 16 : 0)).header(id, reply, 1, wanted ? 1 : 0);
	writer.bytes(query.subarray(12, end));
	if (wanted) writer.u16(0xc00c).u16(Type.A).u16(IN).u32(ttlSeconds).u16(4).u32(parseIPv4(address));
	return writer.finish();
}

export interface CaptiveDNSOptions {
	UDP: UDPConstructor;
	/** The device's address in the access point. */
	address: string;
	/** Who is answered: nobody else needs to know that the device answers everything with itself. */
	isGuest(address: string): boolean;
}

/** Answers while the access point is open. */
export class CaptiveDNS {
	#options: CaptiveDNSOptions;
	#udp: UDP | undefined;

	/** @throws {Error} The port cannot be opened. */
	constructor(options: CaptiveDNSOptions) {
		this.#options = options;
		this.#udp = new options.UDP({ port, target: this, onReadable });
	}

	/** May be called twice. */
	close(): void {
		this.#udp?.close();
		this.#udp = undefined;
	}

	/** For the socket's callback. */
	receive({ bytes, address, port }: Datagram): void {
		if (!this.#options.isGuest(address)) return;
		const answer = captiveResponse(bytes, this.#options.address);
		if (!answer) return;
		try {
			this.#udp?.write(answer, address, port);
		} catch {
			// Lost like any datagram; the phone asks again.
		}
	}
}

function onReadable(this: UDP): void {
	for (let datagram = this.read(); datagram; datagram = this.read()) (this.target as CaptiveDNS).receive(datagram);
}
