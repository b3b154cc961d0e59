// Rules for .github/workflows/ beyond those of actionlint.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
	env?: Record<string, string>;
}

interface Job {
	uses?: string;
	permissions?: unknown;
	"timeout-minutes"?: number;
	defaults?: { run?: { shell?: string } };
	steps?: Step[];
}

export interface Workflow {
	on: Record<string, unknown>;
	permissions?: unknown;
	jobs: Record<string, Job>;
}

export const parse: (text: string) => Workflow = createRequire(import.meta.url)("yaml").parse;

/** The shell steps of all jobs. */
export const scripts = ({ jobs }: Workflow): string[] =>
	Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []));

const isPinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
/** A version beside each pin, for whoever updates it. */
const isNamed = /uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

function stepProblems({ uses, run, with: inputs = {} }: Step): string[] {
	const found: string[] = [];
	if (uses !== undefined && !uses.startsWith("./") && !isPinned.test(uses))
		found.push(`${uses} is not pinned to a commit`);
	if (uses?.startsWith("actions/checkout@") && inputs["persist-credentials"] !== false)
		found.push("checkout leaves its token behind");
	if (run?.includes("${{")) found.push(`an expression is in a script: ${run}`);
	return found;
}

function jobProblems(name: string, job: Job): string[] {
	const { steps = [] } = job;
	const found = steps.flatMap(stepProblems);
	if (job.permissions === undefined) found.push("no permissions");
	if (job.uses === undefined && !(job["timeout-minutes"]! <= 120)) found.push("no time limit of two hours at most");
	// The shell that a workflow names ends at the first error, in a pipe, too.
	if (steps.some(({ run }) => run !== undefined) && job.defaults?.run?.shell !== "bash") found.push("no bash");
	return found.map(line => `${name}: ${line}`);
}

/** @returns The commands of npm in a script. */
const commands = (script: string) =>
	[...script.matchAll(/\bnpm (run|test|start)\b(?: (?:-\S+ )*([\w:-]+))?/g)].map(([, verb, name = ""]) =>
		verb === "run" ? name : verb!,
	);

/** @returns What a workflow breaks, a line each. */
export function problems(text: string): string[] {
	const workflow = parse(text);
	const { scripts: known } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
	const lines = scripts(workflow).join("\n");
	return [
		...(workflow.permissions === undefined ? ["no permissions"] : []),
		...("pull_request_target" in workflow.on ? ["strangers' code would run with the project's rights"] : []),
		...Object.entries(workflow.jobs).flatMap(([name, job]) => jobProblems(name, job)),
		...text
			.split("\n")
			.filter(line => /uses: \w+\//.test(line) && !isNamed.test(line))
			.map(line => `no version beside ${line.trim()}`),
		...commands(lines)
			.filter(name => !(name in known))
			.map(name => `npm has no ${name}`),
		...[...lines.matchAll(/(?:^|\s)((?:\.ci|tools)\/\S+)/g)]
			.map(([, file]) => file!)
			.filter(file => !existsSync(file))
			.map(file => `no ${file}`),
	];
}
