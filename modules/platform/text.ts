export interface Text {
	/** UTF-8. */
	encode(text: string): Uint8Array;
	/** @throws {Error} `bytes` are not UTF-8. */
	decode(bytes: Uint8Array): string;
}
