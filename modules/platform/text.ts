/** The host's UTF-8 codec. */
export interface Text {
	encode(text: string): Uint8Array;
	/** @throws {Error} `bytes` are not UTF-8. */
	decode(bytes: Uint8Array): string;
}

/**
 * Cuts the head of a request as most clients write it: no escape in its path, no character beyond ASCII, HTTP/1.1.
 * @param names Of the fields that are read, in lower case; a comma follows each.
 * @returns Method, path and query, then for each field of these names, in their order, its index among the names and its value;
 * `undefined` where the head is written otherwise, or `bytes` are not one whole head.
 */
export type CutHead = (bytes: Uint8Array, names: string) => readonly (string | number)[] | undefined;
