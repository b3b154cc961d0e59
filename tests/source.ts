// Reads TypeScript, JavaScript and C as text, as far as tests of the tree need it.

const comment = String.raw`\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*`;
const string = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;
const template = "`(?:[^`\\\\]|\\\\.)*`";
/** A RegExp stands where a value may begin. */
const pattern = String.raw`(?<=[(=,:?!&|[]\s?)\/(?![*/])(?:[^/\n\\[]|\\.|\[(?:[^\]\n\\]|\\.)*\])+\/[a-z]*`;

/** Comments, strings and patterns as spaces, lines kept: what is left is code and the names in it. */
export function namesOnly(code: string): string {
	return code.replace(new RegExp(`${comment}|${pattern}|${string}|${template}`, "g"), found =>
		found.startsWith("`")
			? // What a template embeds is code again.
				found.replace(/\$\{([^}]*)\}|[^\n]/g, (piece, embedded) =>
					embedded === undefined ? " " : `  ${embedded} `.padEnd(piece.length),
				)
			: found.replace(/[^\n]/g, " "),
	);
}

/** Where the bracket that `close` closes was opened. */
function opening(code: string, close: number): number {
	let depth = 0;
	for (let at = close; at >= 0; at--) {
		if (/[)}\]]/.test(code[at]!)) depth++;
		else if (/[({[]/.test(code[at]!) && --depth === 0) return at;
	}
	return 0;
}

/** Whether the `{` at `at` begins the body of a function. */
function beginsFunction(code: string, at: number): boolean {
	const before = code.slice(Math.max(0, at - 400), at).trimEnd();
	if (before.endsWith("=>")) return true;
	// What it returns, an object's type among others, may stand between the parameters and the body.
	const annotated = before.endsWith("}") ? before.slice(0, opening(before, before.length - 1)).trimEnd() : before;
	const [signature] = /^[\s\S]*\)(?=\s*(?::[^;{}=]*)?$)/.exec(annotated) ?? [];
	if (signature === undefined || (annotated !== before && !annotated.endsWith(":"))) return false;
	const name = signature.slice(0, opening(signature, signature.length - 1)).trimEnd();
	return !/(?:^|\W)(?:if|for|while|switch|catch|with|await)$/.test(name);
}

export interface Body {
	/** Where it begins, from 1. */
	readonly line: number;
	/** The bodies' own and all between. */
	readonly lines: number;
	readonly head: string;
}

/** The functions of a source, as far as their bodies stand in braces. */
export function functions(source: string): Body[] {
	const code = namesOnly(source);
	const found: Body[] = [];
	const open: number[] = [];
	for (let at = 0; at < code.length; at++) {
		if (code[at] === "{") open.push(at);
		if (code[at] !== "}") continue;
		const from = open.pop();
		if (from === undefined || !beginsFunction(code, from)) continue;
		// What a function returns, as a type: its body follows.
		if (/:\s*$/.test(code.slice(0, from)) && /^\s*\{/.test(code.slice(at + 1))) continue;
		const line = code.slice(0, from).split("\n").length;
		const lines = code.slice(from, at).split("\n").length;
		found.push({ line, lines, head: source.split("\n")[line - 1]!.trim() });
	}
	return found;
}
