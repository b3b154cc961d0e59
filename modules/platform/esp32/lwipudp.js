/** The JavaScript side of lwipudp.c: ECMA-419's UDP socket, with multicast groups. */
class UDP extends Native("xs_udp_destructor") {
	constructor(options) {
		super();
		native("xs_udp_constructor").call(this, options);
	}
	/** @returns The next datagram's bytes, with its sender's `address` and `port`. */
	read() {
		return native("xs_udp_read").call(this);
	}
	write(bytes, address, port) {
		native("xs_udp_write").call(this, bytes, address, port);
	}
	/** Joins a group on every interface that is up. */
	add(group) {
		native("xs_udp_add").call(this, group);
	}
	remove(group) {
		native("xs_udp_remove").call(this, group);
	}
	close() {
		native("xs_udp_close").call(this);
	}
	get format() {
		return "buffer";
	}
	set format(format) {
		if (format !== "buffer") throw new RangeError("unimplemented format");
	}
}

export default UDP;
