/** The serial console, its newest lines in RTC memory, and what arrives on its line. */
declare module "serial" {
	const Serial: {
		/** Prints in debug and release builds. The newest 512 bytes outlast a reset without a loss of power. */
		print(line: string): void;
		/** Sends `bytes` as they are, in release builds. */
		write(bytes: Uint8Array): void;
		/** Whether anything can arrive: in release builds, and where the console has a line. */
		readonly receives: boolean;
		/** As of `Serial` of modules/platform/serial.ts. @throws {Error} No interrupt is free. */
		listen(onReceived: ((bytes: ArrayBuffer, lost: number) => void) | undefined): void;
		/** @returns The newest lines of the last run, each ended by a line feed; empty after power-on. Once, before the first `print`. */
		takeEarlier(): string;
	};
	export default Serial;
}
