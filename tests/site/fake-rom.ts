// The loader in an ESP32-C3's ROM, and the stub that esptool puts into its RAM, as far as an installer asks (esptool's documentation,
// "Serial Protocol").

const END = 0xc0;
const ESC = 0xdb;

const REGISTERS: Readonly<Record<number, number>> = {
	// The number by which tools know the chip.
	1073745920: 0x1b31506f,
	// The flash's id, with 4 MB.
	1610621016: 0x164020,
};

const DEFL_BEGIN = 0x10;
const DEFL_DATA = 0x11;
const READ_REGISTER = 0x0a;
const MEM_END = 0x06;
const SYNC = 0x08;
const ERASE = 0xd0;

const base64 = (bytes: readonly number[]): string =>
	btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));

export class FakeROM {
	readonly writes: { offset: number; size: number; deflated: string }[] = [];
	/** How often the whole flash was erased. */
	erasures = 0;
	#send: (bytes: Uint8Array) => void;
	#frame: number[] = [];
	#isEscaped = false;
	#received: number[] = [];

	constructor(send: (bytes: Uint8Array) => void) {
		this.#send = send;
	}

	receive(bytes: Uint8Array): void {
		for (const byte of bytes) {
			if (byte === END) {
				if (this.#frame.length >= 8) this.#handle(Uint8Array.from(this.#frame));
				this.#frame = [];
			} else if (byte === ESC) this.#isEscaped = true;
			else {
				this.#frame.push(this.#isEscaped ? (byte === 0xdc ? END : ESC) : byte);
				this.#isEscaped = false;
			}
		}
	}

	#handle(frame: Uint8Array): void {
		const view = new DataView(frame.buffer);
		const command = frame[1]!;
		if (command === DEFL_BEGIN) {
			this.#received = [];
			this.writes.push({ offset: view.getUint32(20, true), size: view.getUint32(8, true), deflated: "" });
		}
		if (command === DEFL_DATA) {
			this.#received.push(...frame.subarray(24));
			this.writes.at(-1)!.deflated = base64(this.#received);
		}
		if (command === ERASE) this.erasures++;
		const value = command === READ_REGISTER ? (REGISTERS[view.getUint32(8, true)] ?? 0) : 0;
		for (let count = command === SYNC ? 8 : 1; count > 0; count--) this.#respond(command, command === SYNC ? 1 : value);
		if (command === MEM_END) this.#sendFrame([...new TextEncoder().encode("OHAI")]);
	}

	#respond(command: number, value: number): void {
		this.#sendFrame([1, command, 4, 0, value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24, 0, 0, 0, 0]);
	}

	#sendFrame(bytes: number[]): void {
		const escaped = bytes.flatMap(byte => (byte === END ? [ESC, 0xdc] : byte === ESC ? [ESC, 0xdd] : [byte]));
		this.#send(Uint8Array.from([END, ...escaped, END]));
	}
}
