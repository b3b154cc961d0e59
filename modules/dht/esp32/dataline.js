/** The JavaScript side of dataline.c; its types are in capture.ts. */
export default class DataLine extends Native("xs_dataline_destructor") {
	constructor(options) {
		super();
		native("xs_dataline_constructor").call(this, options);
	}
	hold() {
		native("xs_dataline_hold").call(this);
	}
	listen(waitUs) {
		native("xs_dataline_listen").call(this, waitUs);
	}
	stop() {
		return native("xs_dataline_stop").call(this);
	}
	get level() {
		return native("xs_dataline_level").call(this);
	}
	close() {
		native("xs_dataline_close").call(this);
	}
}
