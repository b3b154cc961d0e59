/** The JavaScript side of serial.c and serialreceived.c; its types are in typings/serial.d.ts. */
export default Object.freeze(
	{
		print(line) {
			native("xs_serial_print").call(this, line);
		},
		write(bytes) {
			native("xs_serial_write").call(this, bytes);
		},
		get receives() {
			return native("xs_serial_receives").call(this);
		},
		listen(onReceived) {
			native("xs_serial_listen").call(this, onReceived);
		},
		takeEarlier() {
			return native("xs_serial_takeEarlier").call(this);
		},
	},
	true,
);
