// What the project's own pages name: files, commands of npm, names of code.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folders = ["docs", "examples", "modules", "sdkconfig", "site", "tests", "tools", "typings", "www"].filter(
	existsSync,
);

function filesOf(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
		const inside = join(folder, entry.name).replaceAll("\\", "/");
		return entry.isDirectory() ? [inside, ...filesOf(inside)] : [inside];
	});
}

const own = readdirSync(".", { withFileTypes: true }).filter(entry => entry.isFile());

/** All files and folders, from the project's folder. */
const tree = [...own.map(entry => entry.name), ...folders.flatMap(filesOf)];

const isPage = /^(docs\/.*|README|CONTRIBUTING)\.md$/;
export const pages: readonly string[] = tree.filter(file => isPage.test(file));

/** Files of the SDK, of lwIP, of releases and of users. */
const foreign = [
	"buildinfo.c",
	"examples/io/listener/httpserver",
	"mc.resources.c",
	"mc.xs.c",
	"moddable.local.json",
	"notes.md",
	"tcp.h",
	"tools/mcmanifest.js",
	"udp.c",
	"xsHost.c",
];
/** Names of built-ins that the engine lacks. */
const foreignNames = ["structuredClone"];

/** @returns What is between backticks, and the lines of blocks of code. The glossary's table of retired names is left out. */
function code(page: string): string[] {
	const blocks: string[] = [];
	const prose = page
		.replace(/^```.*\n([\s\S]*?)^```/gm, (_, block: string) => {
			blocks.push(...block.split("\n"));
			return "";
		})
		.replace(/^\| retired \|.*\n(\|.*\n)*/gm, "");
	return [...prose.matchAll(/`([^`]+)`/g)].map(([, span]) => span!).concat(blocks);
}

/** Whether a file or folder ends in `wanted`. `*` and words in capitals stand for anything; a module needs no ending. */
function isThere(wanted: string): boolean {
	const escaped = wanted.replace(/^(\.\.?\/)+|\/$/g, "").replace(/[.+]/g, "\\$&");
	const pattern = escaped.replace(/\*|(?<![A-Za-z])[A-Z]{2,}(?![A-Za-z])/g, "[^/]*").replace(/…$/, ".*");
	const whole = new RegExp(`(^|/)${pattern.replace(/\\\.js$/, "\\.[jt]s")}(\\.ts|\\.test\\.ts|\\.node\\.test\\.ts)?$`);
	return foreign.includes(wanted) || isBuilt.test(wanted) || tree.some(file => whole.test(file));
}

const isPath = new RegExp(`^(\\./)?(${folders.join("|")})/[\\w./*…-]+$`);
/** Files of the built page. */
const isBuilt = /-HASH\.js(on)?$|^gauge\.js$/;
const isFileName = /^[\w-]+(\.[\w-]+)*\.(ts|js|mjs|json|md|csv|c|h)$/;
/** What is given to `npm test` chooses files of tests by a part of their path. */
const testFilter = /\bnpm (?:test|run test:\w+) -- (.*)$/;

/** @returns Files that the page names and that are not there. */
export function missingFiles(page: string): string[] {
	return code(page).flatMap(span => {
		const filters = (testFilter.exec(span)?.[1] ?? "").split(" ").filter(filter => /^[a-z\d./-]+$/.test(filter));
		const named = span
			.split(/[\s"'(),;=]+/)
			.filter(token => !filters.includes(token) && (isPath.test(token) || isFileName.test(token)));
		return [
			...named.filter(token => !isThere(token)),
			...filters.filter(filter => !tree.some(file => file.startsWith("tests/") && file.includes(filter))),
		];
	});
}

/** @returns Commands that the page names and that package.json has not. */
export function missingCommands(page: string): string[] {
	const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
	return code(page)
		.flatMap(span => [...span.matchAll(/\bnpm run (?:--?\w+ )*([\w:-]+)/g)].map(([, name]) => name!))
		.filter(name => !(name in scripts));
}

const isName = /^[A-Za-z_]\w{2,}(\.\w+|\(\))*$/;

/** @returns Names of code that the page has and no source. */
export function missingNames(page: string): string[] {
	const sources = tree
		.filter(file => /^(modules|site|www|tests|tools|typings)\/.*\.(ts|mjs|js|c|html)$|^[\w.]+\.json$/.test(file))
		.filter(file => !file.startsWith("tests/docs."))
		.map(file => readFileSync(file, "utf8"))
		.join("\n");
	return code(page)
		.filter(span => isName.test(span) && !isFileName.test(span) && !/^[A-Z_]+$/.test(span))
		.flatMap(span => span.replaceAll("()", "").split("."))
		.filter(name => !foreignNames.includes(name) && !new RegExp(`\\b${name}\\b`).test(sources));
}
