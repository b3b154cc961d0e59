// `node:test` for the engine, as far as the tests use it: what is declared runs in order when `run` is called.

const tests = [];
const names = [];

export function test(name, body) {
	tests.push({ name: [...names, name].join(" > "), body });
}

export function describe(name, body) {
	names.push(name);
	body();
	names.pop();
}

/** Runs what was declared. @returns How many passed, and of those that failed the names and errors. */
export async function run() {
	const failures = [];
	for (const { name, body } of tests)
		try {
			await body();
		} catch (error) {
			failures.push({ name, error: error?.stack ?? String(error) });
		}
	return { passed: tests.length - failures.length, failures };
}
