/** The JavaScript side of lwipname.c: looks host names up. */
class Name extends Native("xs_name_destructor") {
	constructor(options) {
		super();
		native("xs_name_constructor").call(this, options);
	}
}

/** Calls `onResolved` with the IPv4 address of the host `name`, or with `undefined`, but not before it returns. */
function resolve(name, onResolved) {
	new Name({ name, onResolved });
}

export default resolve;
