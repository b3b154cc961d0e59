/** The JavaScript side of chip.c; its types are in typings/chip.d.ts. */
export default {
	print(line) {
		native("xs_chip_print").call(this, line);
	},
	watch() {
		native("xs_chip_watch").call(this);
	},
	get lossReason() {
		return native("xs_chip_lossReason").call(this);
	},
	get mac() {
		return native("xs_chip_mac").call(this);
	},
	get resetReason() {
		return native("xs_chip_resetReason").call(this);
	},
	get bootPin() {
		return native("xs_chip_bootPin").call(this);
	},
};
