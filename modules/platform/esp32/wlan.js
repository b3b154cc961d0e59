/** The JavaScript side of wlan.c; its types are in typings/wlan.d.ts. */
export default Object.freeze(
	{
		watch() {
			native("xs_wlan_watch").call(this);
		},
		get lossReason() {
			return native("xs_wlan_lossReason").call(this);
		},
		openPortal(address, uri) {
			native("xs_wlan_openPortal").call(this, address, uri);
		},
	},
	true,
);
