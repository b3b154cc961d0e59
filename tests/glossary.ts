// Finds the words that docs/glossary.md retires.

import { readdirSync, readFileSync } from "node:fs";
import { namesOnly } from "./source.js";

export interface Retired {
	/** As the table writes it: `keep`, `line()`, `gave way`, `"again"`. */
	readonly word: string;
	/** `words`: anywhere, comments included; `names`: only in the names that code gives to things. */
	readonly kind: "words" | "names";
	/** Folders or files that the row is about; empty for all. */
	readonly where: readonly string[];
}

export interface Found {
	readonly word: string;
	readonly file: string;
	/** From 1; 0 is the file's name. */
	readonly line: number;
	readonly text: string;
}

/** A use of a retired word that stays. */
export interface Standing {
	readonly word: string;
	readonly use: RegExp;
	/** File paths that it is about; all when left out. */
	readonly in?: RegExp;
	readonly reason: string;
}

/** The rows of every table of the glossary whose first column is headed `retired`. */
export function retiredWords(glossary: string): Retired[] {
	const found: Retired[] = [];
	let inTable = false;
	for (const row of glossary.split("\n")) {
		if (!row.startsWith("|")) inTable = false;
		else if (row.startsWith("| retired |")) inTable = true;
		if (!inTable || !row.startsWith("| `")) continue;
		const [, word = "", kind = "", where = ""] = row.split("|").map(cell => cell.trim());
		if (kind !== "words" && kind !== "names") throw new Error(`the kind of ${word} is neither words nor names`);
		found.push({ word: word.slice(1, -1), kind, where: where.split(" ").filter(Boolean) });
	}
	return found;
}

/** The files that keep to the glossary. */
export function glossaryFiles(): string[] {
	return ["modules", "www", "docs"]
		.flatMap(folder =>
			readdirSync(folder, { recursive: true, withFileTypes: true })
				.filter(entry => entry.isFile() && /\.(ts|js|c|h|html|css|md)$/.test(entry.name))
				.map(entry => `${entry.parentPath ?? entry.path}/${entry.name}`.replaceAll("\\", "/")),
		)
		.filter(path => path !== "docs/glossary.md" && !path.startsWith("docs/decisions/"))
		.sort();
}

const asPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\"]/g, "\\$&");

/** Whether `line` of a file has the word. */
function matcher({ word, kind }: Retired): (line: string) => boolean {
	if (word.endsWith("()")) {
		const call = new RegExp(`(?<![\\w.])${word.slice(0, -2)}(?:<[^>()]*>)?\\(`);
		return line => call.test(line);
	}
	if (/[."]/.test(word)) {
		const literal = new RegExp(`(?<![\\w-])${asPattern(word).replace("\\.ts", "\\.(?:ts|js)")}(?!\\w)`, "i");
		return line => literal.test(line);
	}
	if (kind === "names" && /^[A-Z]/.test(word)) {
		const type = new RegExp(`(?<![\\w$])${word}(?![\\w$])`);
		return line => type.test(line);
	}
	const stem = asPattern(word).replace(" ", "[ -]?");
	const whole = new RegExp(`(?<![\\w$])${stem}s?(?![\\w$])`, "i");
	return line => whole.test(line);
}

/** @returns Every use of a retired word in `files` that is not standing. */
export function findRetired(
	retired: readonly Retired[],
	standing: readonly Standing[],
	files: readonly string[],
	read: (path: string) => string = path => readFileSync(path, "utf8"),
): Found[] {
	const found: Found[] = [];
	for (const file of files) {
		const content = read(file);
		const ofFile: Found[] = [];
		const prose = content.split("\n");
		const names = file.endsWith(".md") ? inlineCode(content) : /\.(html|css)$/.test(file) ? "" : namesOnly(content);
		const named = names.split("\n");
		for (const row of retired) {
			if (row.where.length > 0 && !row.where.some(where => file === where || file.startsWith(`${where}/`))) continue;
			const matches = matcher(row);
			if (matches(file.split("/").at(-1)!)) ofFile.push({ word: row.word, file, line: 0, text: "(the file's name)" });
			const uses = standing.filter(use => use.word === row.word && (use.in?.test(file) ?? true));
			(row.kind === "words" ? prose : named).forEach((text, at) => {
				// Most lines have none: what stands is looked at only where there is something.
				if (!matches(text)) return;
				const rest = uses.reduce((left, { use }) => left.replaceAll(use, match => " ".repeat(match.length)), text);
				if (matches(rest)) ofFile.push({ word: row.word, file, line: at + 1, text: prose[at]!.trim() });
			});
		}
		found.push(...ofFile.sort((one, other) => one.line - other.line));
	}
	return found;
}

/** Of a page only what stands between backticks. */
function inlineCode(page: string): string {
	return page
		.split("\n")
		.map(line => [...line.matchAll(/`([^`]+)`/g)].map(([, code]) => code).join(" "))
		.join("\n");
}

/** How often each word was found, the most frequent first. */
export function counted(found: readonly Found[]): [word: string, count: number][] {
	const counts = new Map<string, number>();
	for (const { word } of found) counts.set(word, (counts.get(word) ?? 0) + 1);
	return [...counts].sort(([, one], [, other]) => other - one);
}
