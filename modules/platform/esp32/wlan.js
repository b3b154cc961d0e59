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
		openPortal(address, uri) {
			native("xs_wlan_openPortal").call(this, address, uri);
		},
	},
	true,
);
