/** The firmware's two slots, and the boot loader's record of which one starts: types only, no code. */

/**
 * How far an image is trusted, as ESP-IDF has it (`esp_ota_img_states_t`): `new` has not been started, `pending` runs and is not confirmed,
 * `valid` was confirmed, `invalid` took itself back, `aborted` ended before it was confirmed.
 */
export type ImageState = "new" | "pending" | "valid" | "invalid" | "aborted";

/** An image that a slot holds. */
export interface FirmwareImage {
	/** As its descriptor has it, up to 31 bytes. */
	readonly version: string;
	/** When it was compiled, as its descriptor has it: `Nov 27 2026 01:43:54`. */
	readonly date: string;
	readonly state: ImageState;
}

/** Takes an image for the slot that does not run. */
export interface FirmwareWriter {
	/** Appends `bytes`; erases what it needs, a sector at a time (some 50 ms each). @throws {Error} The flash cannot be erased or written. */
	write(bytes: Uint8Array): void;
	/** Ends the writing; may be called twice. */
	close(): void;
}

/** The slots as flash and boot loader have them. */
export interface Firmware {
	/** ESP-IDF's number of the chip (`esp_chip_id_t`): 0 ESP32, 2 S2, 5 C3, 9 S3, 13 C6. */
	readonly chip: number;
	/** Bytes of a slot. */
	readonly slotSize: number;
	/** What runs. */
	readonly running: FirmwareImage;
	/** What the other slot holds; `undefined` when that is no whole image. */
	readonly other: FirmwareImage | undefined;
	/** @throws {Error} The image that runs is not confirmed, or the flash cannot be written. */
	open(): FirmwareWriter;
	/** Reads the other slot again. @returns The appended SHA-256 of its image, verified; `undefined` when it is not whole. */
	verifyOther(): Uint8Array | undefined;
	/** The image that runs is good: it starts again from now on. Does nothing when it was confirmed. @throws {Error} The flash cannot be written. */
	confirm(): void;
	/** Has the other slot's image start next, unconfirmed. @throws {Error} It is not whole, or the flash cannot be written. */
	activateOther(): void;
	/** Takes an unconfirmed image back: the other one starts next. @throws {Error} The other slot holds none that is whole. */
	rollBack(): void;
	/** Restarts. */
	restart(): void;
}
