// The other end of a device's cable: a peer that makes its frames itself, so that it can leave at any point of a connection.

import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const own = { mac: "020000000099", address: [10, 90, 1, 77] };
const device = { mac: "020000000001", address: [10, 90, 1, 2] };

const FIN = 1;
const SYN = 2;
const RST = 4;
const PSH = 8;
const ACK = 16;

/** RFC 1071. */
function checksum(...parts: Uint8Array[]): number {
	let sum = 0;
	for (const part of parts)
		for (let at = 0; at < part.byteLength; at += 2) sum += (part[at]! << 8) | (part[at + 1] ?? 0);
	while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
	return ~sum & 0xffff;
}

export interface Segment {
	/** The longest segment that is taken, of a SYN; without it 536 bytes. */
	mss?: number | undefined;
	flags: number;
	seq: number;
	ack: number;
	data: Buffer;
}

/** A cable and whoever speaks on it. */
export class Wire {
	#socket: Socket;
	#arrived = Buffer.alloc(0);
	#peers = new Map<number, Peer>();
	#port = 1024;

	constructor(socket: Socket) {
		this.#socket = socket;
		socket.on("data", piece => this.#receive(piece as Buffer));
	}

	/** A connection that is yet to be opened, to the device's port `port`. */
	peer(port: number): Peer {
		this.#port = this.#port === 65535 ? 1024 : this.#port + 1;
		const peer = new Peer(this, this.#port, port);
		this.#peers.set(this.#port, peer);
		return peer;
	}

	forget(port: number): void {
		this.#peers.delete(port);
	}

	/** Sends a segment from the own port `from`. */
	send(from: number, to: number, { flags, seq, ack, data, mss }: Segment, window: number): void {
		const header = mss === undefined ? 20 : 24;
		const tcp = Buffer.alloc(header + data.byteLength);
		tcp.writeUInt16BE(from, 0);
		tcp.writeUInt16BE(to, 2);
		tcp.writeUInt32BE(seq >>> 0, 4);
		tcp.writeUInt32BE(ack >>> 0, 8);
		tcp.writeUInt16BE((header << 10) | flags, 12);
		tcp.writeUInt16BE(window, 14);
		if (mss !== undefined) tcp.writeUInt32BE(0x02040000 | mss, 20);
		data.copy(tcp, header);
		const pseudo = Buffer.from([...own.address, ...device.address, 0, 6, tcp.byteLength >> 8, tcp.byteLength & 0xff]);
		tcp.writeUInt16BE(checksum(pseudo, tcp), 16);
		const ip = Buffer.from([0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 6, 0, 0, ...own.address, ...device.address]);
		ip.writeUInt16BE(20 + tcp.byteLength, 2);
		ip.writeUInt16BE(checksum(ip), 10);
		this.#frame("0800", ip, tcp);
	}

	#frame(type: string, ...parts: Uint8Array[]): void {
		const frame = Buffer.concat([Buffer.from(device.mac + own.mac + type, "hex"), ...parts]);
		const length = Buffer.alloc(2);
		length.writeUInt16BE(frame.byteLength);
		this.#socket.write(Buffer.concat([length, frame]));
	}

	#receive(piece: Buffer): void {
		this.#arrived = Buffer.concat([this.#arrived, piece]);
		while (this.#arrived.byteLength >= 2) {
			const end = 2 + this.#arrived.readUInt16BE(0);
			if (this.#arrived.byteLength < end) return;
			const frame = this.#arrived.subarray(2, end);
			this.#arrived = this.#arrived.subarray(end);
			const type = frame.readUInt16BE(12);
			if (type === 0x0806) this.#answerARP(frame.subarray(14));
			else if (type === 0x0800 && frame[23] === 6) this.#hear(frame.subarray(14, 14 + frame.readUInt16BE(16)));
		}
	}

	#answerARP(question: Buffer): void {
		if (question.readUInt16BE(6) !== 1 || !question.subarray(24, 28).equals(Buffer.from(own.address))) return;
		const answer = Buffer.from(`0001080006040002${own.mac}`, "hex");
		this.#frame("0806", answer, Buffer.from(own.address), question.subarray(8, 18));
	}

	#hear(packet: Buffer): void {
		const tcp = packet.subarray((packet[0]! & 15) * 4);
		const flags = tcp.readUInt16BE(12) & 0x3f;
		const data = Buffer.from(tcp.subarray((tcp[12]! >> 4) * 4));
		this.#peers.get(tcp.readUInt16BE(2))?.hear({ flags, seq: tcp.readUInt32BE(4), ack: tcp.readUInt32BE(8), data });
	}
}

/** One connection's far end. It acknowledges what comes, until it is told otherwise. */
export class Peer {
	/** What has been received. */
	text = "";
	/** Whether the device has ended the connection, or reset it. */
	ended = false;
	wasReset = false;
	/** Whether it is up. */
	open = false;
	/** What it advertises. */
	window = 5744;
	/** The longest segment that it takes, where it says so. */
	mss: number | undefined;
	/** Whether it acknowledges. */
	acknowledges = true;
	/** Whether it says nothing more, whatever comes. */
	silent = false;
	#wire: Wire;
	#from: number;
	#to: number;
	#next = Math.floor(Math.random() * 0xffffffff);
	#expected = 0;

	constructor(wire: Wire, from: number, to: number) {
		this.#wire = wire;
		this.#from = from;
		this.#to = to;
	}

	/** Asks for the connection, and lets the answer be, where `finishes` is false. */
	async connect(finishes = true): Promise<void> {
		this.acknowledges = finishes;
		for (let tries = 0; tries < 8 && !(this.#expected > 0 || this.wasReset); tries++) {
			this.#send(SYN);
			await this.until(() => this.#expected > 0 || this.wasReset, 1000);
		}
	}

	/** The acknowledgement that brings the connection up. */
	finish(): void {
		this.acknowledges = true;
		this.open = true;
		this.#send(ACK);
	}

	send(text: string): void {
		const data = Buffer.from(text, "latin1");
		for (let at = 0; at < data.byteLength; at += 536) {
			const piece = data.subarray(at, at + 536);
			this.#send(ACK | PSH, piece);
			this.#next += piece.byteLength;
		}
	}

	fin(): void {
		this.#send(ACK | FIN);
		this.#next++;
	}

	/** @param off How far from the sequence number that is expected. */
	reset(off = 0): void {
		this.#wire.send(
			this.#from,
			this.#to,
			{ flags: RST | ACK, seq: this.#next + off, ack: this.#expected, data: Buffer.alloc(0) },
			0,
		);
	}

	/** Sends the last `length` bytes of what was sent again. */
	again(text: string): void {
		const data = Buffer.from(text, "latin1");
		this.#wire.send(
			this.#from,
			this.#to,
			{ flags: ACK | PSH, seq: this.#next - data.byteLength, ack: this.#expected, data },
			this.window,
		);
	}

	/** Acknowledges all that has come. */
	acknowledge(): void {
		this.#send(ACK);
	}

	/** Waits until something holds, at most `ms`. @returns Whether it does. */
	async until(holds: () => boolean, ms = 3000): Promise<boolean> {
		for (let waited = 0; waited < ms && !holds(); waited++) await sleep(1);
		return holds();
	}

	/** Nobody hears it any more. */
	forget(): void {
		this.silent = true;
		this.#wire.forget(this.#from);
	}

	hear({ flags, seq, data }: Segment): void {
		if (this.silent) return;
		if (flags & RST) {
			this.wasReset = true;
			return;
		}
		if (flags & SYN) {
			if (this.#expected === 0) this.#next++;
			this.#expected = (seq + 1) >>> 0 || 1;
			if (this.acknowledges) this.finish();
			return;
		}
		if (seq >>> 0 !== this.#expected >>> 0) {
			if (this.acknowledges && (data.byteLength > 0 || flags & FIN)) this.#send(ACK);
			return;
		}
		if (data.byteLength > 0) {
			this.text += data.toString("latin1");
			this.#expected = (this.#expected + data.byteLength) >>> 0;
		}
		if (flags & FIN) {
			this.ended = true;
			this.#expected = (this.#expected + 1) >>> 0;
		}
		if (this.acknowledges && (data.byteLength > 0 || flags & FIN)) this.#send(ACK);
	}

	#send(flags: number, data = Buffer.alloc(0)): void {
		if (this.silent) return;
		this.#wire.send(
			this.#from,
			this.#to,
			{
				flags,
				seq: this.#next,
				ack: flags & ACK ? this.#expected : 0,
				data,
				mss: flags & SYN ? this.mss : undefined,
			},
			this.window,
		);
	}
}
