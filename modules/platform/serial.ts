/** The serial line to a computer: types only, no code. */

export interface Serial {
	/**
	 * Has `onReceived` called with what arrives from now on; `undefined` ends it. Without it what arrives is dropped.
	 * `lost` bytes that came before them found no memory.
	 */
	listen(onReceived: ((bytes: ArrayBuffer, lost: number) => void) | undefined): void;
	/** Sends all of `bytes` between two lines of the console, which share the line. What no computer takes is lost. */
	write(bytes: Uint8Array): void;
}
