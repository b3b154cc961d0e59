/** The JavaScript side of wlan.c; its types are in typings/wlan.d.ts. */
export default Object.freeze(
	{
		watch() {
			native("xs_wlan_watch").call(this);
		},
		get disconnectReason() {
			return native("xs_wlan_disconnectReason").call(this);
		},
		get mask() {
			return native("xs_wlan_mask").call(this);
		},
		setStation(hostName, address, mask, gateway, dns) {
			native("xs_wlan_setStation").call(this, hostName, address, mask, gateway, dns);
		},
		hasNeighbour() {
			return native("xs_wlan_hasNeighbour").call(this);
		},
		openPortal(address, uri) {
			native("xs_wlan_openPortal").call(this, address, uri);
		},
	},
	true,
);
