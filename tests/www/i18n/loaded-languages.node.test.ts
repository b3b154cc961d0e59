// Needs fetch, which only browsers and Node have.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LoadedLanguages } from "../../../www/i18n/loaded-languages.js";

/** Runs `body` with `respond` in place of `fetch`. @returns The URLs that were fetched. */
async function withFetch(respond: () => Promise<Response>, body: () => Promise<void>): Promise<string[]> {
	const urls: string[] = [];
	const { fetch } = globalThis;
	globalThis.fetch = url => {
		urls.push(String(url));
		return respond();
	};
	try {
		await body();
	} finally {
		globalThis.fetch = fetch;
	}
	return urls;
}

const found = () => Promise.resolve(new Response('{"gauges":{"none":"kein Wert"}}'));

test("English is there at once, without a file", async () => {
	const languages = new LoadedLanguages("/gauges-{}-1.json");
	const urls = await withFetch(found, () => languages.load("en"));
	assert.deepEqual(urls, []);
	assert.equal(languages.get("en").key, "en");
});

test("another language is English until its file has come, and is fetched once", async () => {
	const languages = new LoadedLanguages("/gauges-{}-1.json");
	assert.equal(languages.get("de").key, "en");
	const urls = await withFetch(found, async () => {
		await languages.load("de");
		await languages.load("de");
	});
	assert.deepEqual(urls, ["/gauges-de-1.json"]);
	assert.equal(languages.get("de").tables.gauges?.none, "kein Wert");
});

for (const [name, respond] of [
	["no response", () => Promise.reject(new Error("refused"))],
	["a file that is not there", () => Promise.resolve(new Response("There is nothing here.\n", { status: 404 }))],
] as const)
	test(`${name} leaves the page in English, and the next choice tries again`, async () => {
		const languages = new LoadedLanguages("/gauges-{}-1.json");
		await withFetch(respond, () => languages.load("es"));
		assert.equal(languages.get("es").key, "en");
		await withFetch(found, () => languages.load("es"));
		assert.equal(languages.get("es").key, "es");
	});
