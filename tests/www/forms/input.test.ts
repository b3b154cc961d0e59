import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, listOf, numberOf } from "../../../www/forms/input.js";

test("a number has a point or a comma, and spaces around it", () => {
	assert.equal(numberOf(" -0,5 "), -0.5);
	assert.equal(numberOf("3000"), 3000);
	assert.equal(numberOf("2.5"), 2.5);
});

test("what is no number stays a string, for the device to reject", () => {
	for (const input of ["", "soon", "1e3", "0x10", "1,5,0"]) assert.equal(numberOf(` ${input}`), input);
});

test("names are separated by spaces, commas or both", () => {
	assert.deepEqual(listOf(" a, b  c,d "), ["a", "b", "c", "d"]);
	assert.deepEqual(listOf("  "), []);
});

test("changes are the entries whose JSON differs", () => {
	const before = { name: "dht", hosts: ["a"], private: false };
	assert.deepEqual(changesOf(before, { name: "dht", hosts: ["a"], private: true }), { private: true });
	assert.deepEqual(changesOf(before, { hosts: ["a", "b"], adminPassword: undefined }), { hosts: ["a", "b"] });
});
