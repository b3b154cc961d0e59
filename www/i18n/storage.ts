/** @returns The browser's storage, where it is allowed. */
export function browserStorage(): Storage | undefined {
	try {
		return localStorage;
	} catch {
		return undefined;
	}
}
