import assert from "node:assert/strict";
import { test } from "node:test";
import { isOnLink, parseIPv4 } from "../../modules/network/ipv4.js";

test("an IPv4 address is four numbers up to 255", () => {
	assert.equal(parseIPv4("192.0.2.7"), 0xc0000207);
	assert.equal(parseIPv4("0.0.0.0"), 0);
	assert.equal(parseIPv4("255.255.255.255"), 0xffffffff);
	for (const text of [
		"",
		"1",
		"1.2.3",
		"1.2.3.",
		".1.2.3",
		"1..2.3",
		"1.2.3.4.5",
		"1.2.3.256",
		"1.2.3.4 ",
		"::1",
		"a.b.c.d",
	])
		assert.equal(parseIPv4(text), -1, text);
	assert.equal(parseIPv4("1".repeat(5000)), -1);
});

const onLink = (address: string, own: string, mask: string) => isOnLink(address, parseIPv4(own), parseIPv4(mask));

test("the mask tells which addresses are on the link", () => {
	assert.equal(onLink("192.0.2.250", "192.0.2.7", "255.255.255.0"), true);
	assert.equal(onLink("192.0.3.7", "192.0.2.7", "255.255.255.0"), false);
	assert.equal(onLink("192.0.3.7", "192.0.2.7", "255.255.254.0"), true);
	assert.equal(onLink("10.9.8.7", "10.1.2.3", "255.0.0.0"), true);
	assert.equal(onLink("203.0.113.9", "192.0.2.7", "255.255.255.128"), false);
	assert.equal(onLink("no address", "192.0.2.7", "0.0.0.0"), false);
});
