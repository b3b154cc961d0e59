// Web Serial with one port, and a board at it: bundled by page.ts, and run in the browser before the page's own scripts.

import { FakeProgram } from "./fake-program.js";
import { FakeROM } from "./fake-rom.js";

declare global {
	/** Put in by the bundle: the version of the program that was installed. */
	const VERSION: string;
}

/** What a test can look at, and set before the page uses the port. */
export interface FakeBoard {
	/** Whether the board has nothing in it that speaks Improv, until something is installed. */
	isBlank: boolean;
	/** What was done to the port. */
	readonly log: string[];
	/** What was written into flash, in order: address, size, and the zlib stream in base64. */
	readonly writes: { offset: number; size: number; deflated: string }[];
	/** How often the whole flash was erased. */
	readonly erasures: number;
	/** Credentials that Improv received. */
	readonly credentials: { ssid: string; password: string }[];
}

interface Signals {
	dataTerminalReady?: boolean;
	requestToSend?: boolean;
}

/** A port as the browser has it. The board behind it runs its program, or, reset with DTR set, its ROM's loader. */
class FakePort extends EventTarget {
	readonly rom = new FakeROM(bytes => this.#send(bytes));
	readonly program = new FakeProgram(VERSION, bytes => this.#send(bytes));
	readonly log: string[] = [];
	isBlank = false;
	#isOpen = false;
	#isLoader = false;
	#signals: Signals = {};
	#controller: ReadableStreamDefaultController<Uint8Array> | undefined;
	#readable: ReadableStream<Uint8Array> | undefined;
	#writable: WritableStream<Uint8Array> | undefined;

	getInfo(): object {
		return { usbVendorId: 0x10c4, usbProductId: 0xea60 };
	}

	async open({ baudRate }: { baudRate: number }): Promise<void> {
		if (this.#isOpen) throw new DOMException("The port is already open.", "InvalidStateError");
		this.log.push(`open ${baudRate}`);
		this.#isOpen = true;
	}

	async close(): Promise<void> {
		if (this.#readable?.locked || this.#writable?.locked) throw new TypeError("Cannot cancel a locked stream");
		this.log.push("close");
		this.#isOpen = false;
		this.#readable = this.#writable = undefined;
	}

	/** A fresh one after a reader has cancelled the last. */
	get readable(): ReadableStream<Uint8Array> | null {
		if (!this.#isOpen) return null;
		this.#readable ??= new ReadableStream({
			start: controller => {
				this.#controller = controller;
			},
			cancel: () => {
				this.#readable = this.#controller = undefined;
			},
		});
		return this.#readable;
	}

	get writable(): WritableStream<Uint8Array> | null {
		if (!this.#isOpen) return null;
		this.#writable ??= new WritableStream({
			write: bytes => this.#receive(bytes),
		});
		return this.#writable;
	}

	async setSignals(signals: Signals): Promise<void> {
		const wasReset = this.#signals.requestToSend;
		this.#signals = { ...this.#signals, ...signals };
		if (!wasReset || this.#signals.requestToSend) return;
		this.#isLoader = this.#signals.dataTerminalReady === true;
		this.log.push(this.#isLoader ? "reset into the loader" : "reset");
	}

	async getSignals(): Promise<object> {
		return {};
	}

	#receive(bytes: Uint8Array): void {
		if (this.#isLoader) this.rom.receive(bytes);
		else if (!this.isBlank || this.rom.writes.length > 0) this.program.receive(bytes);
	}

	#send(bytes: Uint8Array): void {
		this.#controller?.enqueue(bytes);
	}
}

const port = new FakePort();
Object.assign(globalThis, {
	board: {
		get isBlank() {
			return port.isBlank;
		},
		set isBlank(isBlank) {
			port.isBlank = isBlank;
		},
		log: port.log,
		writes: port.rom.writes,
		get erasures() {
			return port.rom.erasures;
		},
		credentials: port.program.credentials,
	} satisfies FakeBoard,
});
Object.defineProperty(navigator, "serial", {
	value: Object.assign(new EventTarget(), { requestPort: async () => port, getPorts: async () => [port] }),
});
