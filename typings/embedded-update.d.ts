/** Of the SDK; npm's typings leave them out. */
declare module "embedded:storage/flash" {
	const Flash: {
		/** @throws {Error} There is no such partition. */
		open(options: { path: string }): object;
	};
	export default Flash;
}

declare module "embedded:update" {
	interface Update {
		/** Appends; erases as it goes. @throws {Error} */
		write(buffer: ArrayBuffer | Uint8Array): void;
		close(): void;
	}
	const OTA: {
		/** @throws {Error} The image that runs is not confirmed, or the partition is none for firmware. */
		open(options: { partition: object }): Update;
	};
	export default OTA;
}
