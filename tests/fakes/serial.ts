import type { Serial } from "../../modules/platform/serial.js";

/** A serial line without a wire: what the device sends, its console's lines included, is handed to `onSent`. */
export class FakeSerial implements Serial {
	onSent: (bytes: Uint8Array) => void = () => {};
	#onReceived: ((bytes: ArrayBuffer, lost: number) => void) | undefined;

	listen(onReceived: ((bytes: ArrayBuffer, lost: number) => void) | undefined): void {
		this.#onReceived = onReceived;
	}

	write(bytes: Uint8Array): void {
		this.onSent(bytes.slice());
	}

	/** The computer has sent `bytes`, and `lost` more before them. */
	arrive(bytes: Uint8Array, lost = 0): void {
		this.#onReceived?.(bytes.slice().buffer as ArrayBuffer, lost);
	}
}
