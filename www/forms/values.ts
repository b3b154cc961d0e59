/** @returns The number that a person wrote, with a point or a comma; what is none is left to the device to refuse. */
export function entered(text: string): number | string {
	const plain = text.trim().replace(",", ".");
	return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text.trim();
}

/** @returns The words of `text`. */
export function list(text: string): string[] {
	return text.split(/[\s,]+/).filter(word => word !== "");
}

/** @returns Of `next` what differs from `before`, by key. */
export function changes(before: object, next: Record<string, unknown>): Record<string, unknown> {
	const old = before as Record<string, unknown>;
	return Object.fromEntries(
		Object.entries(next).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(old[key])),
	);
}
