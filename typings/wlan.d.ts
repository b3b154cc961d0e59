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
		 * Sets how the station joins its next network: by DHCP, or under an address. The interface is taken down before.
		 * @param hostName For DHCP, at most 32 characters. @throws {Error} It fails.
		 */
		setStation(hostName: string, address?: string, mask?: string, gateway?: string, dns?: string): void;
		/** Sends the gateway an ARP request. @returns Whether ARP has found any host since the station's interface came up. */
		hasNeighbour(): boolean;
		/**
		 * Gives the open access point its address, with 255.255.255.0, and announces the portal's page to its guests (RFC 8910).
		 * @param uri At most 63 bytes. @throws {Error} It fails.
		 */
		openPortal(address: string, uri: string): void;
	};
	export default Wlan;
}
