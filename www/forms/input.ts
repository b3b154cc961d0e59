/** @returns The number in `input`, written with a point or a comma; any other string as it is, for the device to reject. */
export function numberOf(input: string): number | string {
	const plain = input.trim().replace(",", ".");
	return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : input.trim();
}

/** @returns The names in `input`, which are separated by spaces or commas. */
export function listOf(input: string): string[] {
	return input.split(/[\s,]+/).filter(name => name !== "");
}

/** @returns The entries of `next` that differ from `before`. */
export function changesOf(before: object, next: Record<string, unknown>): Record<string, unknown> {
	const old = before as Record<string, unknown>;
	return Object.fromEntries(
		Object.entries(next).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(old[key])),
	);
}
