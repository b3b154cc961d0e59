/** Finds the secrets in a change of the settings: the same in the firmware and in the page. */

export interface Secret {
	/** The object that has it, and the key there. */
	readonly holder: Record<string, unknown>;
	readonly key: string;
	/** As `webhooks[0].url`: it is sealed under this name. */
	readonly name: string;
}

/**
 * @param path `adminPassword`, or `webhooks.url` for that field of an object or of each item of a list.
 * @returns Those that `content` has.
 */
export function secretsIn(content: Record<string, unknown>, path: string): Secret[] {
	const [key = "", field] = path.split(".");
	if (!(key in content)) return [];
	if (field === undefined) return [{ holder: content, key, name: key }];
	const value = content[key];
	const isList = Array.isArray(value);
	return (isList ? value : [value]).flatMap((item: unknown, index) =>
		typeof item === "object" && item !== null && field in item
			? [{ holder: item as Secret["holder"], key: field, name: `${key}${isList ? `[${index}]` : ""}.${field}` }]
			: [],
	);
}
