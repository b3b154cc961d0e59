// docs/glossary.md retires words; this finds them in modules/, www/ and docs/, comments included.

import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { counted, findRetired, glossaryFiles, retiredWords, type Standing } from "./glossary.js";
import { namesOnly } from "./source.js";

/** What stays although its word is retired, each with the reason. */
const standing: readonly Standing[] = [
	{ word: "answer", use: /\banswer=/g, reason: "the signature's name in Authorization: the wire keeps its names" },
	{ word: "answer", use: /no-answer/g, reason: "a kind of fault and a Wi-Fi reason: the wire keeps its names" },
	{ word: "answer", use: /\banswering\b/g, reason: "a field of /api/device: the wire keeps its names" },
	{ word: "room", use: /soak:rooms/g, reason: "the command's name" },
	{
		word: "bench",
		use: /(npm run |tools\/)?bench(:page|:peers|-page|-peers|\.mjs)|npm run bench\b/g,
		reason: "the commands' and their tools' names",
	},
	{
		word: "station",
		use: /\bstation\b/gi,
		in: /^modules\/(network|platform)\/|^docs\/(network|on-hardware|troubleshooting)\.md$/,
		reason: "Wi-Fi's station",
	},
	{ word: "least", use: /\bat (the )?least\b/gi, reason: "English, not a minimum that has a name" },
	{ word: "place", use: /\bin place( of)?\b|\btakes? place\b|\bin the first place\b/gi, reason: "idioms" },
	{ word: "room", use: /"Room"|\bRoom\b/g, in: /\.(md|ts|html)$/, reason: "the default sensor's name" },
	{ word: "part", use: /\bparts? of\b/gi, reason: "English" },
	{ word: "words", use: /16-bit words?/gi, reason: "what the frame of a DHT22 is made of" },
	{ word: "line", use: /\bdata ?lines?\b/gi, reason: "the manual's word for the wire" },
	{ word: "line", use: /\b(one|on a|a|each|console) lines?\b(?! (low|high))/gi, reason: "a line of text" },
	{ word: "start", use: /\bnpm start\b/g, reason: "the command's name" },
	{
		word: "start",
		use: /\bstart\??\.(reason|boots|lastCrash)\b/g,
		in: /^(docs|www\/forms)\//,
		reason: "a field of /api/device: the wire keeps its names",
	},
	{ word: "start", use: /\bstart: (number|BootInfo|firstTime|host)\b/g, reason: "fields of the wire" },
	{ word: "start", use: /\bstart\b/g, in: /^docs\/http\.md$/, reason: "a field of the wire" },
	{ word: "start", use: /tools\/xs\/start\.mjs/g, reason: "a tool's name" },
	{ word: "start", use: /\bstart(LowUs|UptimeMs)\b/g, reason: "the manual's start signal; the wire's name" },
	{ word: "start", use: /\.start\(|\bstart\(lowUs|\bstart\(\): void/g, reason: "a verb" },
	{ word: "start", use: /\bstart N\b/g, in: /^docs\//, reason: "a line of the console" },
	{ word: "text", use: /\btext\/|\btextContent\b|\bnode\.text\b/g, reason: "media types, and the DOM's name" },
	{ word: "part", use: /\bdata-part\b/g, in: /^www\//, reason: "ties the page's template to its code" },
	{ word: "text", use: /\.text\(\)/g, in: /^www\//, reason: "Fetch's name" },
	{
		word: "part",
		use: /\bdataset\.part\b/g,
		in: /^www\//,
		reason: "reads data-part, which ties the page's template to its code",
	},
	{ word: "damage", use: /\bdamaged\b/gi, reason: "English, of a copy whose checksum is wrong" },
];

const retired = retiredWords(readFileSync("docs/glossary.md", "utf8"));

test("the glossary retires what it shall, each word once", () => {
	ok(retired.length >= 85, `${retired.length} rows`);
	equal(new Set(retired.map(({ word, where }) => `${word} ${where}`)).size, retired.length);
	deepEqual(
		standing.filter(({ word }) => !retired.some(row => row.word === word)),
		[],
	);
});

test("every standing use is still there, else its exception goes", () => {
	const files = glossaryFiles().map(path => ({ path, content: readFileSync(path, "utf8") }));
	const unused = standing.filter(
		({ use, in: where }) => !files.some(({ path, content }) => (where?.test(path) ?? true) && content.search(use) >= 0),
	);
	deepEqual(
		unused.map(({ word, use }) => `${word}: ${use}`),
		[],
	);
});

test("no retired word is left in modules/, www/ and docs/", () => {
	const found = findRetired(retired, standing, glossaryFiles());
	const sum = counted(found).map(([word, count]) => `${word} ${count}`);
	const first = found.slice(0, 40).map(({ word, file, line, text }) => `${file}:${line}: ${word}: ${text}`);
	ok(found.length === 0, `${found.length} uses of retired words\n${sum.join(", ")}\n\n${first.join("\n")}`);
});

test("only names are left of code", () => {
	const code = ['const a = "line"; // line', "/* room", " line */ line();", "const b = `place $", "{place} x`;"];
	const left = namesOnly(`${code.slice(0, 3).join("\n")}\n${code.slice(3).join("")}`).split("\n");
	equal(left.length, 4);
	ok(!/line|room/.test(left[0]! + left[1]!));
	ok(/line\(\)/.test(left[2]!));
	equal(left[3]!.match(/place/g)?.length, 1);
});

const inFile = (content: string, path = "modules/x/y.ts") =>
	findRetired(retired, standing, [path], () => content).map(({ word, line }) => `${line} ${word}`);

test("a retired word is found in comments, strings and names, one or many", () => {
	deepEqual(inFile("// An answer.\nconst least = 1;\nlog(`was turned away`);\nlet turnedAway = 0;"), [
		"1 answer",
		"2 least",
		"3 turned away",
		"4 turned away",
	]);
	for (const form of ["place", "places", "Place"]) deepEqual(inFile(`a ${form}`), ["1 place"]);
});

test("a retired name is found in code, and prose may use it", () => {
	deepEqual(inFile("// The parser is known.\nclass Parser {}\nlet known;\nif (isKnown) {}\nmalformed();"), [
		"2 Parser",
		"3 known",
		"5 malformed()",
	]);
	deepEqual(inFile("The parser is known; see `Parser`.", "docs/x.md"), ["1 Parser"]);
});

test("a row with a folder is about that folder alone", () => {
	deepEqual(inFile("request.open = 1;", "modules/auth/access.ts"), ["1 open"]);
	deepEqual(inFile("request.open = 1;", "modules/http/server.ts"), []);
});

test("what stands is passed over, the rest of its line is not", () => {
	deepEqual(inFile("// at least one npm run bench: answer=, no-answer"), []);
	deepEqual(inFile("// at least the least"), ["1 least"]);
});

test("a longer word that holds a retired one is another word", () => {
	deepEqual(inFile("// department, roommate, replaced, displacement, benchmark, pleasantly"), []);
});
