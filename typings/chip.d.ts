/** The ESP32 and the build. */
declare module "chip" {
	const Chip: {
		/** Six bytes. @throws {Error} The chip has none. */
		readonly mac: ArrayBuffer;
		/** ESP-IDF's `esp_reset_reason_t`. */
		readonly resetReason: number;
		/** ESP-IDF's name of the chip: `esp32c3`. */
		readonly target: string;
		/** GPIO of the BOOT button. */
		readonly bootPin: number;
		/** lwIP's TCP connections, incoming and outgoing, that are open at once. */
		readonly connections: number;
		/** Bytes of a connection's send buffer. */
		readonly sendBuffer: number;
		/** Bytes of internal memory: free now, the minimum that was ever free, and of the largest free block. */
		readonly heapFree: number;
		readonly heapLeast: number;
		readonly heapLargestBlock: number;
		/** The chip's own use of the GPIO, as it is configured: `the flash`, …; `undefined` for a free one. */
		pinUse(pin: number): string | undefined;
	};
	export default Chip;
}
