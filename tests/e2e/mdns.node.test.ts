// Whether Avahi finds the device: two network namespaces joined by a cable, the device in one, Avahi with a bus of its own in the other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { claimThere, type Link, layLink, missing, startAvahi } from "./link.js";

const skip = missing();

/** A device at one end of a cable, and Avahi as `host` at the other. @returns Runs one of Avahi's tools there. */
async function network(
	t: Parameters<typeof layLink>[0],
	host: string,
): Promise<[link: Link, ask: (tool: string, ...args: string[]) => string]> {
	const link = layLink(t, [7, 9]);
	return [link, await startAvahi(t, link, 9, host)];
}

test("Avahi finds the device by name, by address and as a web page", { skip }, async t => {
	const [link, ask] = await network(t, "peer");
	await claimThere(t, link, 7, "--port", "8088");
	assert.match(
		ask("avahi-browse", "-rtp", "_http._tcp"),
		/^=;\w+;IPv4;dht;Web Site;local;dht\.local;10\.77\.0\.7;8088;(?=.*"path=\/")(?=.*"version=\d+\.\d+\.\d+")/m,
	);
	assert.equal(ask("avahi-resolve", "-4n", "dht.local").trim(), "dht.local\t10.77.0.7");
	assert.equal(ask("avahi-resolve", "-a", "10.77.0.7").trim(), "10.77.0.7\tdht.local");
});

test("where Avahi has the name, the device gets a number", { skip }, async t => {
	const [link, ask] = await network(t, "dht");
	await claimThere(t, link, 7, "--port", "8088");
	assert.equal(ask("avahi-resolve", "-4n", "dht-2.local").trim(), "dht-2.local\t10.77.0.7");
	assert.equal(ask("avahi-resolve", "-4n", "dht.local").trim(), "dht.local\t10.77.0.9");
	assert.match(ask("avahi-browse", "-rtp", "_http._tcp"), /;dht-2;Web Site;local;dht-2\.local;10\.77\.0\.7;8088;/);
});
