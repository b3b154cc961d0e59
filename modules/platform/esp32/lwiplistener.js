/** The JavaScript side of lwiplistener.c: ECMA-419's TCP listener socket. */
import TCP from "embedded:io/socket/tcp";

class Listener extends Native("xs_listener_destructor") {
	constructor(options) {
		super();
		native("xs_listener_constructor").call(this, options);
	}
	read() {
		return native("xs_listener_read").call(this, new TCP());
	}
	close() {
		native("xs_listener_close").call(this);
	}
	get port() {
		return native("xs_listener_get_port").call(this);
	}
	get format() {
		return "socket/tcp";
	}
	set format(format) {
		if (format !== "socket/tcp") throw new RangeError("unimplemented format");
	}
}

export default Listener;
