// The direction of the imports: docs/architecture.md draws what this holds.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative } from "node:path";
import { test } from "node:test";

interface Import {
	from: string;
	specifier: string;
	typeOnly: boolean;
}

/** Folders of `modules/` that know nothing of each other. */
const roles = ["dht", "climate", "history", "storage", "http", "network"];

function imports(folder: string): Import[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter(entry => entry.isFile() && entry.name.endsWith(".ts"))
		.map(entry => relative(".", join(entry.parentPath ?? entry.path, entry.name)))
		.flatMap(from =>
			[
				...readFileSync(from, "utf8").matchAll(
					/^(?:import|export)\s(?:(type)\s)?[^;]*?from "([^"]+)"|import\("([^"]+)"\)/gm,
				),
			].map(([, typeOnly, named, dynamic]) => ({
				from,
				specifier: (named ?? dynamic)!,
				typeOnly: typeOnly !== undefined,
			})),
		);
}

const target = ({ from, specifier }: Import) => posix.join(posix.dirname(from), specifier);
const show = ({ from, specifier }: Import) => `${from} imports ${specifier}`;

const all = imports("modules");
const portable = all.filter(({ from }) => !/^modules\/(platform\/(node|xs|sim|esp32)|dht\/embedded)\//.test(from));

test("portable modules import neither Node nor the SDK", () => {
	assert.deepEqual(portable.filter(({ specifier }) => !specifier.startsWith(".")).map(show), []);
});

test("relative imports end in .js and keep the case of the path", () => {
	assert.deepEqual(
		all.filter(({ specifier }) => specifier.startsWith(".") && !/^[a-z0-9./-]+\.js$/.test(specifier)).map(show),
		[],
	);
});

test("a role imports no other role, and of the platforms only their types", () => {
	const strays = portable.filter(found => {
		const role = roles.find(name => found.from.startsWith(`modules/${name}/`));
		if (!role || target(found).startsWith(`modules/${role}/`)) return false;
		return !(found.typeOnly && /^modules\/platform\/[^/]+$/.test(target(found)));
	});
	assert.deepEqual(strays.map(show), []);
});

test("platforms import no role and no module above them", () => {
	const strays = all.filter(
		found =>
			found.from.startsWith("modules/platform/") &&
			!found.from.startsWith("modules/platform/node/main") &&
			found.specifier.startsWith(".") &&
			!target(found).startsWith("modules/platform/") &&
			!found.typeOnly,
	);
	assert.deepEqual(strays.map(show), []);
});

test("the server is the device's own: nothing imports node:http", () => {
	assert.deepEqual(all.filter(({ specifier }) => /^(node:)?https?2?$/.test(specifier)).map(show), []);
});
