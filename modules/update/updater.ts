/** Receives one firmware image at a time, and makes it the one that starts next when all of it has proved true. */

import type { Firmware, FirmwareWriter } from "../platform/firmware.js";
import { FRONT, ImageReader } from "./image-reader.js";
import { UpdateError } from "./update-error.js";

export interface UpdaterOptions {
	firmware: Firmware;
	/** The program that an image must be. */
	program: string;
}

/** An image that its sender has announced. */
export interface Announced {
	/** Bytes. */
	readonly size: number;
	/** Its appended SHA-256: its last 32 bytes. */
	readonly digest: Uint8Array;
}

/** What is under way. */
export interface UploadProgress {
	/** Bytes written so far. */
	readonly received: number;
	readonly size: number;
	/** Of the image; `undefined` until it is known. */
	readonly version: string | undefined;
}

/** An image on its way into the slot. Whatever throws has ended it. */
export interface Upload {
	/** Takes the image's next bytes. @throws {UpdateError} `image`, `flash`. */
	write(bytes: Uint8Array): void;
	/** The image has arrived: checks it, and has it start next. @throws {UpdateError} `image`, `flash`. */
	complete(): void;
	/** Gives it up, when it was not completed; may be called twice. */
	close(): void;
}

export class Updater {
	#firmware: Firmware;
	#program: string;
	#upload: ImageUpload | undefined;
	#completed = false;

	constructor({ firmware, program }: UpdaterOptions) {
		this.#firmware = firmware;
		this.#program = program;
	}

	/** What is under way; `undefined` when nothing is. */
	get progress(): UploadProgress | undefined {
		return this.#upload?.progress;
	}

	/** Whether a new image is in place and starts with the next restart. */
	get completed(): boolean {
		return this.#completed;
	}

	/** Begins an upload; nothing is erased or written before its first bytes have told what it is. @throws {UpdateError} `busy`, `too-large`. */
	begin({ size, digest }: Announced): Upload {
		const { slotSize, running } = this.#firmware;
		if (this.#upload) throw new UpdateError("busy", "Another update is under way.");
		if (running.state === "pending")
			throw new UpdateError("busy", "The firmware that runs is on probation: updates are taken once it is confirmed.");
		if (size > slotSize) throw new UpdateError("too-large", `The image has ${size} bytes, the slot takes ${slotSize}.`);
		const reader = new ImageReader({ chip: this.#firmware.chip, program: this.#program, size });
		this.#completed = false;
		this.#upload = new ImageUpload(this.#firmware, reader, { size, digest }, completed => {
			this.#upload = undefined;
			this.#completed = completed;
		});
		return this.#upload;
	}

	/** Gives up what is under way; may be called twice. */
	close(): void {
		this.#upload?.close();
	}
}

class ImageUpload implements Upload {
	#firmware: Firmware;
	#reader: ImageReader;
	#announced: Announced;
	#writer: FirmwareWriter | undefined;
	#received = 0;
	#isOver = false;
	#onEnd: (completed: boolean) => void;

	constructor(firmware: Firmware, reader: ImageReader, announced: Announced, onEnd: (completed: boolean) => void) {
		this.#firmware = firmware;
		this.#reader = reader;
		this.#announced = announced;
		this.#onEnd = onEnd;
	}

	get progress(): UploadProgress {
		return {
			received: this.#received,
			size: this.#announced.size,
			version: this.#reader.descriptor?.version,
		};
	}

	write(bytes: Uint8Array): void {
		this.#check(this.#reader.push(bytes));
		const offset = this.#received;
		this.#received += bytes.byteLength;
		if (this.#received < FRONT) return;
		this.#keep(() => {
			if (offset < FRONT) {
				this.#writer = this.#firmware.open();
				this.#writer.write(this.#reader.front!);
			}
			const rest = bytes.subarray(Math.max(0, FRONT - offset));
			if (rest.byteLength > 0) this.#writer!.write(rest);
		});
	}

	complete(): void {
		this.#check(this.#reader.end());
		const found = this.#keep(() => this.#writer!.digest());
		if (!found) this.#check("what the flash holds is not whole: its digest is wrong");
		const { digest } = this.#announced;
		if (digest.byteLength !== found!.byteLength || digest.some((byte, at) => byte !== found![at]))
			this.#check("its digest is not the one announced");
		this.#writer!.close();
		this.#keep(() => this.#firmware.activateOther());
		this.#end(true);
	}

	close(): void {
		this.#end(false);
	}

	#check(reason: string | undefined): void {
		if (reason === undefined) return;
		this.#end(false);
		throw new UpdateError("image", `The image is refused: ${reason}.`);
	}

	#keep<T>(action: () => T): T {
		try {
			return action();
		} catch (error) {
			this.#end(false);
			throw new UpdateError("flash", `The image cannot be kept: ${(error as Error).message}.`);
		}
	}

	#end(completed: boolean): void {
		if (this.#isOver) return;
		this.#isOver = true;
		this.#writer?.close();
		this.#onEnd(completed);
	}
}
