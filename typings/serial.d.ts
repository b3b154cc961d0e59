/** The serial console, and what is kept of it in RTC memory. */
declare module "serial" {
	const Serial: {
		/** Prints in debug and release builds; the newest 512 bytes outlast a reset that keeps the power. */
		print(line: string): void;
		/** @returns The newest lines of the run before, each ended by a line feed; empty after power-on. Once, before the first `print`. */
		takeEarlier(): string;
	};
	export default Serial;
}
