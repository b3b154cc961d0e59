import type { Firmware, FirmwareImage, FirmwareWriter } from "../../modules/platform/firmware.js";
import { crc32 } from "../../modules/storage/crc32.js";

const DIGEST = 32;

/** Slots of which nothing is kept but what an image's bytes come to: for images larger than a test's memory. */
export class FakeFirmware implements Firmware, FirmwareWriter {
	readonly chip = 5;
	readonly slotSize = 0x1e0000;
	readonly running: FirmwareImage = { version: "1.0.0", date: "Nov 27 2026 12:34:56", state: "valid" };
	other: FirmwareImage | undefined;
	/** Bytes written since the slot was opened, and their CRC-32. */
	written = 0;
	crc = 0;
	restarts = 0;
	#last = new Uint8Array(DIGEST);
	#onWrite: (written: number, length: number) => void;

	/** @param onWrite Called before each write: an exception fails it. */
	constructor(onWrite: (written: number, length: number) => void = () => {}) {
		this.#onWrite = onWrite;
	}

	open(): FirmwareWriter {
		this.other = undefined;
		this.written = 0;
		this.crc = 0;
		return this;
	}

	verifyOther(): Uint8Array {
		return this.#last.slice();
	}

	close(): void {}

	confirm(): void {}

	activateOther(): void {
		this.other = { ...this.running, version: "1.1.0", state: "new" };
	}

	rollBack(): void {}

	restart(): void {
		this.restarts++;
	}

	write(bytes: Uint8Array): void {
		this.#onWrite(this.written, bytes.byteLength);
		this.written += bytes.byteLength;
		this.crc = crc32(bytes, this.crc);
		const kept = Math.min(bytes.byteLength, DIGEST);
		this.#last.copyWithin(0, kept);
		this.#last.set(bytes.subarray(bytes.byteLength - kept), DIGEST - kept);
	}
}
