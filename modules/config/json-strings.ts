/** JSON in short strings, so that settings of 8 KB never are one string, and bytes of it at the same time. */

/** The JSON of an object, a member at a time, and of a list in it an item. An iterator by hand: a generator would take 1 KB a client. */
export class JSONStrings implements IterableIterator<string> {
	readonly #value: Readonly<Record<string, unknown>>;
	readonly #keys: readonly string[];
	readonly #suffix: string;
	/** What comes before the next member; `undefined` after the last string. */
	#before: string | undefined;
	#key = 0;
	#item = 0;

	/** @param of The object whose last member `value` is, and its key there. @defaultValue `value` stands alone */
	constructor(value: object, of?: { readonly head: object; readonly key: string }) {
		this.#value = value as Record<string, unknown>;
		this.#keys = Object.keys(value).filter(key => this.#value[key] !== undefined);
		this.#before = of ? `${JSON.stringify(of.head).slice(0, -1)},"${of.key}":{` : "{";
		this.#suffix = of ? "}" : "";
	}

	[Symbol.iterator](): this {
		return this;
	}

	next(): IteratorResult<string> {
		const before = this.#before;
		if (before === undefined) return { done: true, value: undefined };
		const key = this.#keys[this.#key];
		if (key !== undefined) return { done: false, value: this.#member(before, key, this.#value[key]) };
		this.#before = undefined;
		return { done: false, value: `${this.#key === 0 ? before : ""}}${this.#suffix}` };
	}

	#member(before: string, key: string, value: unknown): string {
		const name = this.#item === 0 ? `${before}${JSON.stringify(key)}:` : "";
		this.#before = ",";
		if (!Array.isArray(value) || value.length === 0) {
			this.#key++;
			return name + JSON.stringify(value);
		}
		const item = (this.#item === 0 ? "[" : ",") + JSON.stringify(value[this.#item++]);
		if (this.#item < value.length) return name + item;
		this.#item = 0;
		this.#key++;
		return `${name}${item}]`;
	}
}
