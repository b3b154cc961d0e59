/** The ESP32's own calls. */
declare module "chip" {
	const Chip: {
		/** Prints on the serial console, in debug and release builds. */
		print(line: string): void;
		/** Starts to note why Wi-Fi is lost. @throws {Error} It fails. */
		watch(): void;
		/** ESP-IDF's `wifi_err_reason_t` of the newest loss; 0 before the first. */
		readonly lossReason: number;
		/** Six bytes. */
		readonly mac: ArrayBuffer;
		/** ESP-IDF's `esp_reset_reason_t`. */
		readonly resetReason: number;
		/** GPIO of the BOOT button. */
		readonly bootPin: number;
	};
	export default Chip;
}
