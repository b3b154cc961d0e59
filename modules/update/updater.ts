/** Receives one firmware image at a time, and makes it the one that starts next when all of it has proved true. */

import type { Firmware, FirmwareWriter } from "../platform/firmware.js";
import { FRONT, ImageReader } from "./image-reader.js";
import { UpdateError } from "./update-error.js";

export interface UpdaterOptions {
	firmware: Firmware;
	/** The program that an image must be. */
	program: string;
	/** The other slot's image starts next, on probation. */
	onActivated(version: string): void;
	/** The image that was to start next is gone: an upload into its slot has failed. */
	onDropped?(): void;
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
	#options: UpdaterOptions;
	#upload: ImageUpload | undefined;
	/** Whether the other slot's image starts next. */
	#activated = false;

	constructor(options: UpdaterOptions) {
		this.#options = options;
	}

	/** What is under way; `undefined` when nothing is. */
	get progress(): UploadProgress | undefined {
		return this.#upload?.progress;
	}

	/** Whether the other slot's image is whole, and starts with the next restart. */
	get activated(): boolean {
		return this.#activated && !this.#upload?.hasWritten;
	}

	/** Begins an upload; nothing is erased or written before its first bytes have told what it is. @throws {UpdateError} `too-large`, `busy`. */
	begin(announced: Announced): Upload {
		const { size } = announced;
		const { firmware, program } = this.#options;
		const { chip, slotSize, running } = firmware;
		if (size > slotSize) throw new UpdateError("too-large", `The image has ${size} bytes, the slot takes ${slotSize}.`);
		if (this.#upload) throw new UpdateError("busy", "Another update is under way.");
		if (running.state === "pending")
			throw new UpdateError("busy", "The firmware that runs is on probation: updates are taken once it is confirmed.");
		const reader = new ImageReader({ chip, program, size });
		this.#upload = new ImageUpload(firmware, reader, announced, version => this.#end(version));
		return this.#upload;
	}

	/** Has the other slot's image start next. One on probation takes itself back. @throws {UpdateError} `busy`, `missing`, `flash`. */
	goBack(): void {
		const { firmware, onActivated } = this.#options;
		if (this.#upload) throw new UpdateError("busy", "An update is under way.");
		try {
			const { running, other } = firmware;
			if (!other) throw new UpdateError("missing", "The other slot holds no whole image.");
			const isOnProbation = running.state === "pending";
			if (isOnProbation) firmware.rollBack();
			else firmware.activateOther();
			this.#activated = true;
			if (!isOnProbation) onActivated(other.version);
		} catch (error) {
			throw error instanceof UpdateError ? error : notKept(error);
		}
	}

	/** Gives up what is under way; may be called twice. */
	close(): void {
		this.#upload?.close();
	}

	/** @param version Of the image that starts next; `undefined` where the upload has failed. */
	#end(version: string | undefined): void {
		const { onActivated, onDropped } = this.#options;
		const before = this.#activated;
		this.#activated = this.activated || version !== undefined;
		this.#upload = undefined;
		if (version !== undefined) onActivated(version);
		else if (before && !this.#activated) onDropped?.();
	}
}

function notKept(error: unknown): UpdateError {
	return new UpdateError("flash", `The flash cannot be written: ${(error as Error).message}.`);
}

class ImageUpload implements Upload {
	#firmware: Firmware;
	#reader: ImageReader;
	#announced: Announced;
	#writer: FirmwareWriter | undefined;
	#received = 0;
	#isOver = false;
	#onEnd: (version: string | undefined) => void;

	/** @param onEnd Called once, with the version of the image where it starts next. */
	constructor(
		firmware: Firmware,
		reader: ImageReader,
		announced: Announced,
		onEnd: (version: string | undefined) => void,
	) {
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

	/** Whether the slot was erased or written. */
	get hasWritten(): boolean {
		return this.#writer !== undefined;
	}

	write(bytes: Uint8Array): void {
		this.#requireOpen();
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
		this.#requireOpen();
		this.#check(this.#reader.end());
		const found = this.#keep(() => this.#firmware.verifyOther());
		if (!found) this.#check("what the flash holds is not whole: its digest is wrong");
		const { digest } = this.#announced;
		if (digest.byteLength !== found!.byteLength || digest.some((byte, at) => byte !== found![at]))
			this.#check("its digest is not the one announced");
		this.#writer!.close();
		this.#keep(() => this.#firmware.activateOther());
		this.#end(this.#reader.descriptor!.version);
	}

	close(): void {
		this.#end();
	}

	#requireOpen(): void {
		if (this.#isOver) throw new UpdateError("busy", "The update was given up.");
	}

	#check(reason: string | undefined): void {
		if (reason === undefined) return;
		this.#end();
		throw new UpdateError("image", `The image is refused: ${reason}.`);
	}

	#keep<T>(action: () => T): T {
		try {
			return action();
		} catch (error) {
			this.#end();
			throw notKept(error);
		}
	}

	#end(version?: string): void {
		if (this.#isOver) return;
		this.#isOver = true;
		this.#writer?.close();
		this.#onEnd(version);
	}
}
