/** The files of the built page. */
export interface Assets {
	/** @returns The bytes of a file, on the chip a view of flash memory; `undefined` if there is no such file. */
	get(name: string): Uint8Array | undefined;
}

/** Memory that outlasts a restart. It behaves as flash: a block is erased before it is written again. */
export interface Storage {
	/** Bytes; whole blocks. */
	readonly byteLength: number;
	/** Bytes of a block. */
	readonly blockSize: number;
	/** @returns A copy of `byteLength` bytes from `offset`. @throws {Error} They cannot be read. */
	read(offset: number, byteLength: number): Uint8Array;
	/** Sets a block's bytes to 0xFF. May take 50 ms. @throws {Error} It fails. */
	erase(block: number): void;
	/** @param offset Of erased bytes. @throws {Error} It fails; some of the bytes may be written. */
	write(offset: number, bytes: Uint8Array): void;
}
