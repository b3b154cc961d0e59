// `node:assert/strict` for the engine, as far as the tests use it.

function show(value) {
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return String(value);
	}
}

class AssertionError extends Error {
	get name() {
		return "AssertionError";
	}
}

/** Fails with `message`, an error or what goes before `reason`. */
function refuse(message, reason) {
	throw message instanceof Error
		? message
		: new AssertionError(message === undefined ? reason : `${message}: ${reason}`);
}

/** The names and symbols of `value`'s own enumerable properties. */
const keys = value => Reflect.ownKeys(value).filter(key => Object.prototype.propertyIsEnumerable.call(value, key));

function same(a, b) {
	if (Object.is(a, b)) return true;
	if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
	if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
	if (a instanceof Map && !same([...a], [...b])) return false;
	if (a instanceof Set && !same([...a], [...b])) return false;
	if (a instanceof Date && a.getTime() !== b.getTime()) return false;
	if (a instanceof RegExp && String(a) !== String(b)) return false;
	if (a instanceof ArrayBuffer && !same(new Uint8Array(a), new Uint8Array(b))) return false;
	if (a instanceof Error && (a.message !== b.message || a.name !== b.name)) return false;
	const own = keys(a);
	return own.length === keys(b).length && own.every(key => Object.hasOwn(b, key) && same(a[key], b[key]));
}

function fits(error, expected) {
	if (expected === undefined) return true;
	if (expected instanceof RegExp) return expected.test(String(error));
	if (typeof expected === "object")
		return Object.keys(expected).every(key =>
			expected[key] instanceof RegExp ? expected[key].test(error[key]) : same(error[key], expected[key]),
		);
	return expected.prototype !== undefined && error instanceof expected ? true : expected.call({}, error) === true;
}

export function ok(value, message) {
	if (!value) refuse(message, `${show(value)} is not truthy`);
}

export function fail(message) {
	refuse(message, "failed");
}

export function equal(actual, expected, message) {
	if (!Object.is(actual, expected)) refuse(message, `${show(actual)} is not ${show(expected)}`);
}

export function notEqual(actual, expected, message) {
	if (Object.is(actual, expected)) refuse(message, `${show(actual)} is ${show(expected)}`);
}

export function deepEqual(actual, expected, message) {
	if (!same(actual, expected)) refuse(message, `${show(actual)} is not like ${show(expected)}`);
}

export function notDeepEqual(actual, expected, message) {
	if (same(actual, expected)) refuse(message, `${show(actual)} is like ${show(expected)}`);
}

export function match(text, pattern, message) {
	if (!pattern.test(text)) refuse(message, `${show(text)} does not match ${pattern}`);
}

export function doesNotMatch(text, pattern, message) {
	if (pattern.test(text)) refuse(message, `${show(text)} matches ${pattern}`);
}

export function throws(body, expected, message) {
	let error;
	try {
		body();
	} catch (thrown) {
		error = { thrown };
	}
	if (!error) refuse(message, "nothing was thrown");
	if (!fits(error.thrown, typeof expected === "string" ? undefined : expected))
		refuse(message, `${error.thrown} was thrown`);
}

export function doesNotThrow(body, message) {
	try {
		body();
	} catch (error) {
		refuse(message, `${error} was thrown`);
	}
}

export async function rejects(promise, expected, message) {
	let error;
	try {
		await (typeof promise === "function" ? promise() : promise);
	} catch (thrown) {
		error = { thrown };
	}
	if (!error) refuse(message, "nothing was rejected");
	if (!fits(error.thrown, expected)) refuse(message, `${error.thrown} was rejected`);
}

export default Object.assign((value, message) => ok(value, message), {
	ok,
	fail,
	equal,
	notEqual,
	deepEqual,
	notDeepEqual,
	match,
	doesNotMatch,
	throws,
	doesNotThrow,
	rejects,
});
