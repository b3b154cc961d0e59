/** The serial console, and its newest lines in RTC memory. */
declare module "serial" {
	const Serial: {
		/** Prints in debug and release builds. The newest 512 bytes outlast a reset without a loss of power. */
		print(line: string): void;
		/** @returns The newest lines of the last run, each ended by a line feed; empty after power-on. Once, before the first `print`. */
		takeEarlier(): string;
	};
	export default Serial;
}
