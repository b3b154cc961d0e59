/** The JavaScript side of chip.c; its types are in typings/chip.d.ts. */
export default Object.freeze(
	{
		get mac() {
			return native("xs_chip_mac").call(this);
		},
		get resetReason() {
			return native("xs_chip_resetReason").call(this);
		},
		get target() {
			return native("xs_chip_target").call(this);
		},
		get bootPin() {
			return native("xs_chip_bootPin").call(this);
		},
		get connections() {
			return native("xs_chip_connections").call(this);
		},
		get sendBuffer() {
			return native("xs_chip_sendBuffer").call(this);
		},
		get heapFree() {
			return native("xs_chip_heapFree").call(this);
		},
		get heapLeast() {
			return native("xs_chip_heapLeast").call(this);
		},
		get heapLargestBlock() {
			return native("xs_chip_heapLargestBlock").call(this);
		},
		pinUse(pin) {
			return native("xs_chip_pinUse").call(this, pin);
		},
	},
	true,
);
