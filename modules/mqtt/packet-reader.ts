/** Finds the packets in what a broker sends, of MQTT 3.1.1, in bounded memory. */

import { PacketType } from "./packet.js";

/** Bytes after the fixed header; a longer packet is skipped as it arrives. */
export const maxPacket = 512;

/** The lengths' bytes: four of them at most, section 2.2.3. */
const maxScale = 128 ** 3;

export interface PacketHandler {
	/** @param body What follows the fixed header. @returns Whether the next packet may follow. */
	onPacket(type: number, flags: number, body: Uint8Array): boolean;
}

export class PacketReader {
	#header: number | undefined;
	#length = 0;
	/** What the next byte of the length counts; 0 once the length is complete. */
	#scale = 1;
	#missing = 0;
	/** `undefined` of a packet that is skipped. */
	#body: Uint8Array | undefined;

	/**
	 * Takes what arrived, in whatever pieces.
	 * @returns Whether it is what a broker may send; `true` also when the handler has had enough.
	 */
	push(bytes: Uint8Array, handler: PacketHandler): boolean {
		for (let at = 0; at < bytes.byteLength; ) {
			if (this.#header === undefined) {
				if (!this.#begin(bytes[at++]!)) return false;
				continue;
			}
			if (this.#scale > 0) {
				if (!this.#measure(bytes[at++]!)) return false;
			} else {
				const piece = bytes.subarray(at, at + this.#missing);
				this.#body?.set(piece, this.#length - this.#missing);
				this.#missing -= piece.byteLength;
				at += piece.byteLength;
			}
			if (this.#scale === 0 && this.#missing === 0 && !this.#finish(handler)) return true;
		}
		return true;
	}

	/** @returns Whether a broker's packet may begin so. Its subscription has QoS 0, so nothing comes above. */
	#begin(byte: number): boolean {
		const type = byte >> 4;
		this.#header = byte;
		this.#length = 0;
		this.#scale = 1;
		switch (type) {
			case PacketType.PUBLISH:
				return (byte & 0x0e) === 0;
			case PacketType.CONNACK:
			case PacketType.PUBACK:
			case PacketType.SUBACK:
			case PacketType.PINGRESP:
				return (byte & 0x0f) === 0;
			default:
				return false;
		}
	}

	/** @returns Whether the length may be so. */
	#measure(byte: number): boolean {
		this.#length += (byte & 0x7f) * this.#scale;
		if (byte & 0x80) {
			this.#scale *= 128;
			return this.#scale <= maxScale;
		}
		this.#scale = 0;
		this.#missing = this.#length;
		const fits = this.#length <= maxPacket;
		this.#body = fits ? new Uint8Array(this.#length) : undefined;
		return fits || this.#header! >> 4 === PacketType.PUBLISH;
	}

	#finish(handler: PacketHandler): boolean {
		const header = this.#header!;
		const body = this.#body;
		this.#header = undefined;
		this.#body = undefined;
		return body === undefined || handler.onPacket(header >> 4, header & 0x0f, body);
	}
}
