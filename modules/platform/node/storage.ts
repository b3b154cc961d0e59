import * as files from "node:fs";
import type { Storage } from "../storage.js";

const blockSize = 4096;

/** Used of `node:fs`. */
export type Files = Pick<
	typeof files,
	| "closeSync"
	| "existsSync"
	| "fstatSync"
	| "fsyncSync"
	| "openSync"
	| "readSync"
	| "renameSync"
	| "statSync"
	| "unlinkSync"
	| "writeSync"
>;

export interface FileStorageOptions {
	/** @defaultValue Node's */
	fs?: Files;
	/** Bytes at the front of a file that is made. @defaultValue none */
	content?: Uint8Array;
	/** What the file is, for a person. @defaultValue "state file" */
	kind?: string;
}

/**
 * A file that behaves as a partition of the chip's flash. A missing or empty one is made with all of its bytes, so that a disk that
 * fills up later takes nothing from it.
 * @param byteLength Whole blocks of 4096.
 * @throws {Error} One line: the file cannot be opened or made, or is something else.
 */
export function fileStorage(path: string, byteLength: number, options: FileStorageOptions = {}): Storage {
	const { fs = files, content = new Uint8Array(0), kind = "state file" } = options;
	const isThere = attempt(path, "opened", () => fs.existsSync(path) && fs.statSync(path).size > 0);
	if (!isThere) make(path, byteLength, content, fs);
	const file = attempt(path, "opened", () => fs.openSync(path, "r+"));
	const { size } = fs.fstatSync(file);
	if (size !== byteLength) {
		fs.closeSync(file);
		throw new Error(`${path}: not a ${kind} (${size} bytes, not ${byteLength}); it is left as it is`);
	}
	const write = (offset: number, bytes: Uint8Array) =>
		attempt(path, "written", () => writeAll(file, bytes, offset, fs));
	return {
		byteLength,
		blockSize,
		read(offset, length) {
			const bytes = new Uint8Array(length);
			const count = attempt(path, "read", () => fs.readSync(file, bytes, 0, length, offset));
			if (count < length) throw new Error(`${path}: cannot be read (it ends early)`);
			return bytes;
		},
		erase(block) {
			write(block * blockSize, new Uint8Array(blockSize).fill(0xff));
		},
		write,
	};
}

/** Makes a file that is erased but for its content, whole or not at all. */
function make(path: string, byteLength: number, content: Uint8Array, fs: Files): void {
	const bytes = new Uint8Array(byteLength).fill(0xff);
	bytes.set(content);
	const made = `${path}.${process.pid}.new`;
	attempt(path, "made", () => {
		const file = fs.openSync(made, "wx");
		try {
			writeAll(file, bytes, 0, fs);
			fs.fsyncSync(file);
		} catch (error) {
			fs.unlinkSync(made);
			throw error;
		} finally {
			fs.closeSync(file);
		}
		fs.renameSync(made, path);
	});
}

/** A disk that is nearly full writes fewer bytes than it is given, and reports an error at the next write. */
function writeAll(file: number, bytes: Uint8Array, offset: number, fs: Files): void {
	for (let at = 0; at < bytes.byteLength; ) at += fs.writeSync(file, bytes, at, bytes.byteLength - at, offset + at);
}

/** @throws {Error} One line that names the file, the action and the error code. */
function attempt<T>(path: string, done: string, action: () => T): T {
	try {
		return action();
	} catch (error) {
		throw new Error(`${path}: cannot be ${done} (${(error as NodeJS.ErrnoException).code})`);
	}
}
