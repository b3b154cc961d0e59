/** What the SDK's `wifi` does not do. */
declare module "wlan" {
	const Wlan: {
		/** Starts to note events of the radio. @throws {Error} It fails. */
		watch(): void;
		/** ESP-IDF's `wifi_err_reason_t` of the newest loss; 0 before the first. */
		readonly lossReason: number;
		/**
		 * Gives the open access point its address, with 255.255.255.0, and tells its guests of a page to log in (RFC 8910).
		 * @param uri At most 63 bytes. @throws {Error} It fails.
		 */
		openPortal(address: string, uri: string): void;
	};
	export default Wlan;
}
