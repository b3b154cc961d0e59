import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { secretsIn } from "../../modules/auth/secrets.js";

const namesIn = (content: Record<string, unknown>, path: string) => secretsIn(content, path).map(({ name }) => name);

test("a secret is found at its key, in an object, and in each item of a list", () => {
	deepEqual(namesIn({ password: "a" }, "password"), ["password"]);
	deepEqual(namesIn({ mqtt: { password: "a" } }, "mqtt.password"), ["mqtt.password"]);
	deepEqual(namesIn({ webhooks: [{ url: "a" }, {}, { url: null }] }, "webhooks.url"), [
		"webhooks[0].url",
		"webhooks[2].url",
	]);
});

test("content of another form has none", () => {
	for (const content of [{}, { webhooks: null }, { webhooks: "url" }, { webhooks: [null, "url", 5, ["url"]] }])
		deepEqual(namesIn(content, "webhooks.url"), []);
});

test("its holder can be changed", () => {
	const content = { webhooks: [{ url: "a" }] };
	for (const { holder, key } of secretsIn(content, "webhooks.url")) holder[key] = "b";
	deepEqual(content, { webhooks: [{ url: "b" }] });
});
