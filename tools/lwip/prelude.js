// Runs before the app. The SDK's compiler has these as syntax for functions in C.

{
	const functions = new Map();
	globalThis.native = name => {
		let found = functions.get(name);
		if (!found) {
			found = host.function(name);
			functions.set(name, found);
		}
		return found;
	};
	globalThis.Native = destructor => {
		function Base() {
			return Object.setPrototypeOf(host.instance(destructor), new.target.prototype);
		}
		return Base;
	};
}
