// Runs before the app: the SDK's compiler has it as syntax for a class in C.

globalThis.Native = destructor => {
	function Base() {
		return Object.setPrototypeOf(host.instance(destructor), new.target.prototype);
	}
	return Base;
};
