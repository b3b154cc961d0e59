/** What the ESP32 tells of itself and of the build. */
declare module "chip" {
	const Chip: {
		/** Six bytes. @throws {Error} The chip has none. */
		readonly mac: ArrayBuffer;
		/** ESP-IDF's `esp_reset_reason_t`. */
		readonly resetReason: number;
		/** GPIO of the BOOT button. */
		readonly bootPin: number;
		/** lwIP's TCP connections, incoming and outgoing, that are open at once. */
		readonly connections: number;
		/** Bytes of a connection's send buffer. */
		readonly sendBuffer: number;
		/** Bytes of internal memory: free now, least that were ever free, and of the largest free block. */
		readonly heapFree: number;
		readonly heapLeast: number;
		readonly heapLargestBlock: number;
		/** What this chip, as it is configured, needs the GPIO for: `the flash`, …; `undefined` for one that is free. */
		pinUse(pin: number): string | undefined;
	};
	export default Chip;
}
