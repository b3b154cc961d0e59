/** The JavaScript side of lwiptcp.c: ECMA-419's TCP socket. */
class TCP extends Native("xs_tcp_destructor") {
	/** Without options it is one for `Listener.read` to fill. */
	constructor(options) {
		super();
		if (options) native("xs_tcp_constructor").call(this, options);
	}
	read(length) {
		return native("xs_tcp_read").call(this, length);
	}
	write(bytes) {
		return native("xs_tcp_write").call(this, bytes);
	}
	writeAll(sockets, bytes) {
		return native("xs_tcp_writeAll").call(this, sockets, bytes);
	}
	close() {
		native("xs_tcp_close").call(this);
	}
	get remoteAddress() {
		return native("xs_tcp_get_remoteAddress").call(this);
	}
	get remotePort() {
		return native("xs_tcp_get_remotePort").call(this);
	}
	get format() {
		return "buffer";
	}
	set format(format) {
		if (format !== "buffer") throw new RangeError("unimplemented format");
	}
}

export default TCP;
