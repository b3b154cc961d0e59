/** Wi-Fi beyond the SDK's `wifi`. */
declare module "wlan" {
	const Wlan: {
		/** Starts to watch events of the radio. @throws {Error} It fails. */
		watch(): void;
		/** ESP-IDF's `wifi_err_reason_t` of the newest disconnection; 0 before the first. */
		readonly disconnectReason: number;
		/** The netmask of the station's network, `255.255.255.0`; `undefined` without one. */
		readonly mask: string | undefined;
		/**
		 * Gives the open access point its address, with 255.255.255.0, and announces the portal's page to its guests (RFC 8910).
		 * @param uri At most 63 bytes. @throws {Error} It fails.
		 */
		openPortal(address: string, uri: string): void;
	};
	export default Wlan;
}
