/**
 * The firmware's slots on a host that simulates: what ESP-IDF's boot loader and its OTA functions do, over storage that behaves as flash.
 * The storage holds the two slots, and two blocks of `otadata`, each with the record of one activation (`esp_ota_select_entry_t`):
 *
 *     0    number of the activation, counted up: u32, little-endian, as all that follows; the slot is (number - 1) % 2
 *     24   state of the image, u32
 *     28   CRC-32 of the number, u32
 *
 * A record is erased and written as one; the other one decides when power is lost in between.
 */

import type { Firmware, FirmwareImage, FirmwareWriter, ImageState } from "../firmware.js";
import type { Storage } from "../storage.js";
import type { VerifiedImage } from "./verify.js";

export interface SimulatedFirmwareOptions {
	/** Two slots and two blocks. */
	storage: Storage;
	/** As of `Firmware`. */
	chip: number;
	/** Bytes of a slot; whole blocks. */
	slotSize: number;
	/** @param read Reads the slot. @returns The image in it, verified; `undefined` when there is no whole one. */
	verify(read: (offset: number, byteLength: number) => Uint8Array, slotSize: number): VerifiedImage | undefined;
	/** As of the chip's ROM: CRC-32 with all bits set at first. */
	crc32(bytes: Uint8Array): number;
	/** Ends the program; what starts next is another instance's to tell. */
	restart(): void;
}

/** As ESP-IDF numbers them. */
const states: readonly ImageState[] = Object.freeze(["new", "pending", "valid", "invalid", "aborted"], true);
const RECORD = 32;
const STATE = 24;
const CRC = 28;

/** A block of `otadata`. */
interface Activation {
	readonly number: number;
	readonly state: ImageState | undefined;
}

const slotOf = ({ number }: Activation): 0 | 1 => ((number - 1) % 2) as 0 | 1;

export class SimulatedFirmware implements Firmware {
	readonly chip: number;
	readonly slotSize: number;
	#storage: Storage;
	#verify: SimulatedFirmwareOptions["verify"];
	#crc32: SimulatedFirmwareOptions["crc32"];
	#slot: 0 | 1;
	/** What each slot held when it was last verified, which takes long where the image is large. */
	#images: [VerifiedImage | undefined, VerifiedImage | undefined] = [undefined, undefined];
	readonly restart: () => void;

	/**
	 * Starts as the boot loader does: chooses the slot, and notes that a new image has been started.
	 * @throws {Error} No slot holds a whole image. @throws {RangeError} The storage is too small.
	 */
	constructor({ storage, chip, slotSize, verify, crc32, restart }: SimulatedFirmwareOptions) {
		if (storage.byteLength < 2 * slotSize + 2 * storage.blockSize)
			throw new RangeError(`two slots of ${slotSize} bytes: the storage is too small`);
		this.chip = chip;
		this.slotSize = slotSize;
		this.restart = restart;
		this.#storage = storage;
		this.#verify = verify;
		this.#crc32 = crc32;
		this.#slot = this.#boot();
	}

	/** Which one runs. */
	get slot(): 0 | 1 {
		return this.#slot;
	}

	get running(): FirmwareImage {
		return this.#describe(this.#slot, "valid")!;
	}

	get other(): FirmwareImage | undefined {
		return this.#describe(this.#otherSlot, "new");
	}

	open(): FirmwareWriter {
		if (this.running.state === "pending") throw new Error("the image that runs is not confirmed");
		const slot = this.#otherSlot;
		this.#images[slot] = undefined;
		return new SlotWriter(this.#storage, slot * this.slotSize, this.slotSize);
	}

	verifyOther(): Uint8Array | undefined {
		return this.#verifySlot(this.#otherSlot)?.digest;
	}

	confirm(): void {
		const active = this.#active();
		const record = active === undefined ? undefined : this.#records()[active];
		if (record && record.state !== "valid") this.#write(active!, { ...record, state: "valid" });
	}

	activateOther(): void {
		this.#requireOther();
		const active = this.#active();
		const before = active === undefined ? undefined : this.#records()[active]!;
		if (!before) this.#write(0, { number: this.#otherSlot + 1, state: "new" });
		else if (slotOf(before) === this.#otherSlot) this.#write(active!, { ...before, state: "new" });
		else this.#write(active === 0 ? 1 : 0, { number: before.number + 1, state: "new" });
	}

	rollBack(): void {
		this.#requireOther();
		const active = this.#active();
		if (active !== undefined) this.#write(active, { ...this.#records()[active]!, state: "invalid" });
	}

	get #otherSlot(): 0 | 1 {
		return this.#slot === 0 ? 1 : 0;
	}

	/**
	 * As `bootloader_utility_get_selected_boot_partition` and `bootloader_utility_load_boot_image` do. Where there is no record yet, one of the
	 * image that starts is written: it is valid.
	 */
	#boot(): 0 | 1 {
		for (const [at, record] of this.#records().entries())
			if (record?.state === "pending") this.#write(at as 0 | 1, { ...record, state: "aborted" });
		const active = this.#active();
		const record = active === undefined ? undefined : this.#records()[active];
		if (record?.state === "new") this.#write(active!, { ...record, state: "pending" });
		const chosen = record ? slotOf(record) : 0;
		const other = chosen === 0 ? 1 : 0;
		this.#verifySlot(chosen);
		this.#verifySlot(other);
		if (!this.#images[0] && !this.#images[1]) throw new Error("no slot holds a whole image");
		const slot = this.#images[chosen] ? chosen : other;
		if (this.#records().every(found => found === undefined)) this.#write(0, { number: slot + 1, state: "valid" });
		return slot;
	}

	/** @returns Which record decides; `undefined` when none does. */
	#active(): 0 | 1 | undefined {
		const valid = this.#records().map(record =>
			record && record.state !== "invalid" && record.state !== "aborted" ? record.number : 0,
		);
		if (valid[0] === 0 && valid[1] === 0) return undefined;
		return valid[0]! >= valid[1]! ? 0 : 1;
	}

	/** @param unrecorded The state of an image that no record is about. */
	#describe(slot: 0 | 1, unrecorded: ImageState): FirmwareImage | undefined {
		const image = this.#images[slot];
		const record = this.#records().find(found => found && slotOf(found) === slot);
		return image && { version: image.version, date: image.date, state: record?.state ?? unrecorded };
	}

	#requireOther(): void {
		if (!this.#verifySlot(this.#otherSlot)) throw new Error("the other slot holds no whole image");
	}

	#verifySlot(slot: 0 | 1): VerifiedImage | undefined {
		const from = slot * this.slotSize;
		const read = (offset: number, byteLength: number) => this.#storage.read(from + offset, byteLength);
		this.#images[slot] = this.#verify(read, this.slotSize);
		return this.#images[slot];
	}

	#recordBlock(at: 0 | 1): number {
		return (2 * this.slotSize) / this.#storage.blockSize + at;
	}

	/** @returns The two records; `undefined` for one that was never written, or not whole. */
	#records(): (Activation | undefined)[] {
		return ([0, 1] as const).map(at => {
			const bytes = this.#storage.read(this.#recordBlock(at) * this.#storage.blockSize, RECORD);
			const view = new DataView(bytes.buffer, bytes.byteOffset, RECORD);
			if (view.getUint32(CRC, true) !== this.#crc32(bytes.subarray(0, 4))) return undefined;
			return { number: view.getUint32(0, true), state: states[view.getUint32(STATE, true)] };
		});
	}

	#write(at: 0 | 1, { number, state }: Activation): void {
		const block = this.#recordBlock(at);
		const bytes = new Uint8Array(RECORD).fill(0xff);
		const view = new DataView(bytes.buffer);
		view.setUint32(0, number, true);
		view.setUint32(STATE, state === undefined ? 0xffffffff : states.indexOf(state), true);
		view.setUint32(CRC, this.#crc32(bytes.subarray(0, 4)), true);
		this.#storage.erase(block);
		this.#storage.write(block * this.#storage.blockSize, bytes);
	}
}

/** Erases blocks as it comes to them, as `esp_ota_write` does. */
class SlotWriter implements FirmwareWriter {
	#storage: Storage;
	/** Of the storage, where the slot begins. */
	#from: number;
	#size: number;
	#written = 0;
	#erased = 0;

	constructor(storage: Storage, from: number, size: number) {
		this.#storage = storage;
		this.#from = from;
		this.#size = size;
	}

	write(bytes: Uint8Array): void {
		const { blockSize } = this.#storage;
		const end = this.#written + bytes.byteLength;
		if (end > this.#size) throw new Error(`a slot has ${this.#size} bytes`);
		for (; this.#erased < end; this.#erased += blockSize) this.#storage.erase((this.#from + this.#erased) / blockSize);
		this.#storage.write(this.#from + this.#written, bytes);
		this.#written = end;
	}

	close(): void {}
}
