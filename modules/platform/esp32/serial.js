/** The JavaScript side of serial.c; its types are in typings/serial.d.ts. */
export default Object.freeze(
	{
		print(line) {
			native("xs_serial_print").call(this, line);
		},
		takeEarlier() {
			return native("xs_serial_takeEarlier").call(this);
		},
	},
	true,
);
