/** The firmware's slots as ESP-IDF has them. */

import { readDescriptor } from "../../update/image-reader.js";
import type { Firmware, FirmwareImage, FirmwareWriter, ImageState } from "../firmware.js";

/** What is used of slots.c; typings/slots.d.ts says what it does. */
export interface SlotsModule {
	readonly chip: number;
	readonly size: number;
	front(other: boolean): ArrayBuffer;
	state(other: boolean): number;
	digest(other: boolean): ArrayBuffer | undefined;
	confirm(): void;
	activateOther(): void;
	rollBack(): void;
	restart(): void;
}

export interface ChipFirmwareOptions {
	slots: SlotsModule;
	/** Opens the slot that does not run, by the SDK's `embedded:update`, which may be closed twice. @throws {Error} */
	open(): FirmwareWriter;
}

/** As ESP-IDF numbers them. */
const states: readonly ImageState[] = Object.freeze(["new", "pending", "valid", "invalid", "aborted"], true);

export class ChipFirmware implements Firmware {
	#slots: SlotsModule;
	#open: ChipFirmwareOptions["open"];
	/** Whether the other slot holds a whole image; `undefined` until it has been looked for, which takes half a second. */
	#otherIsWhole: boolean | undefined;

	constructor({ slots, open }: ChipFirmwareOptions) {
		this.#slots = slots;
		this.#open = open;
	}

	get chip(): number {
		return this.#slots.chip;
	}

	get slotSize(): number {
		return this.#slots.size;
	}

	get running(): FirmwareImage {
		return this.#image(false);
	}

	get other(): FirmwareImage | undefined {
		this.#otherIsWhole ??= this.#slots.digest(true) !== undefined;
		return this.#otherIsWhole ? this.#image(true) : undefined;
	}

	open(): FirmwareWriter {
		const update = this.#open();
		this.#otherIsWhole = false;
		return update;
	}

	verifyOther(): Uint8Array | undefined {
		const digest = this.#slots.digest(true);
		this.#otherIsWhole = digest !== undefined;
		return digest && new Uint8Array(digest);
	}

	confirm(): void {
		this.#slots.confirm();
	}

	activateOther(): void {
		this.#slots.activateOther();
	}

	rollBack(): void {
		this.#slots.rollBack();
	}

	restart(): void {
		this.#slots.restart();
	}

	/**
	 * Of the image that a cable brings, the boot loader writes a record at its first start: `valid`. What else lies in the other slot has
	 * none, and counts as new. The image that runs lacks one only where that could not be written, and counts as confirmed.
	 */
	#image(other: boolean): FirmwareImage {
		const { version = "", date = "" } = readDescriptor(new Uint8Array(this.#slots.front(other))) ?? {};
		return { version, date, state: states[this.#slots.state(other)] ?? (other ? "new" : "valid") };
	}
}
