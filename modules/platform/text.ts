/** The host's UTF-8 codec. */
export interface Text {
	encode(text: string): Uint8Array;
	/** @throws {Error} `bytes` are not UTF-8. */
	decode(bytes: Uint8Array): string;
}
