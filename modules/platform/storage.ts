export interface Assets {
	/** @returns The file `name` of the built page, a view of flash memory on the chip (no copy), or `undefined`. */
	get(name: string): Uint8Array | undefined;
}

/** Memory that outlasts a restart, as flash behaves: a block is erased before it is written anew. */
export interface Storage {
	/** Bytes; whole blocks. */
	readonly byteLength: number;
	/** Bytes of a block. */
	readonly blockSize: number;
	/** @returns A copy of `byteLength` bytes from `offset`. @throws {Error} They cannot be read. */
	read(offset: number, byteLength: number): Uint8Array;
	/** Sets a block's bytes to 0xFF. May take 50 ms. @throws {Error} It fails. */
	erase(block: number): void;
	/** @param bytes For a place that is erased. @throws {Error} It fails; some of the bytes may be written. */
	write(offset: number, bytes: Uint8Array): void;
}
