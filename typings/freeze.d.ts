/**
 * XS freezes with `true` all that a value holds, too: what is constant at module level then stays in flash and takes no RAM.
 * Elsewhere the second argument is passed over.
 */
interface ObjectConstructor {
	freeze<Value>(value: Value, deep: true): Value;
}
