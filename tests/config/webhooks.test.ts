import { deepEqual, equal, throws } from "node:assert/strict";
import { test } from "node:test";
import { settingRows } from "../../modules/config/setting-rows.js";
import { type Rule, SettingsError, validate } from "../../modules/config/validate.js";
import { maskURLs, parseWebhookURL, unmaskURLs, type Webhook, webhookRule } from "../../modules/config/webhooks.js";

const { max } = settingRows.webhooks;
const rule: Rule = { type: "list", max, item: webhookRule };
const check = (value: unknown) => validate(rule, value, "webhooks") as Webhook[];

for (const [url, host, port, path] of [
	["http://ntfy.lan/alerts", "ntfy.lan", 80, "/alerts"],
	["http://homeassistant.local:8123/api/webhook/a1?b=c&d", "homeassistant.local", 8123, "/api/webhook/a1?b=c&d"],
	["http://192.168.1.7:65535", "192.168.1.7", 65_535, "/"],
	["http://a/%F0%9F%8C%A1", "a", 80, "/%F0%9F%8C%A1"],
] as const)
	test(`${url} is taken apart`, () => deepEqual(parseWebhookURL(url), { host, port, path }));

const wrong = [
	"",
	"ntfy.lan/alerts",
	"https://ntfy.sh/topic",
	"HTTP://ntfy.lan/",
	"http:///path",
	"http://:80/",
	"http://a:/",
	"http://a:0/",
	"http://a:080/",
	"http://a:65536/",
	"http://user:word@ntfy.lan/",
	"http://[::1]/",
	"http://ntfy.lan?token",
	"http://ntfy.lan/a b",
	"http://ntfy.lan/a\r\nHost: b",
	"http://ntfy.lan/é",
	"http://ntfy.lan/a#b",
	"http://ntfy.lan/***",
	`http://ntfy.lan/${"x".repeat(200)}`,
];

for (const url of wrong)
	test(`${JSON.stringify(url.slice(0, 40))} is refused, and the message has no more than scheme and host`, () => {
		equal(parseWebhookURL(url), undefined);
		throws(
			() => check([{ url }]),
			(error: unknown) =>
				error instanceof SettingsError &&
				/^webhooks\[0\]\.url: ".*" is not allowed; http:\/\/ with .* is$/.test(error.message) &&
				!/token?$|topic|word|xx|Host:/.test(error.message),
		);
	});

test("without a format it is JSON, and nothing else is in a webhook", () => {
	deepEqual(check([{ url: "http://a/" }]), [{ url: "http://a/", format: "json" }]);
	for (const value of [
		[{}],
		[{ url: 5 }],
		[5],
		"http://a/",
		[{ url: "http://a/", format: "xml" }],
		[{ url: "http://a/", id: 1 }],
	])
		throws(() => check(value), SettingsError);
	throws(() => check(Array.from({ length: max + 1 }, () => ({ url: "http://a/" }))), /an array of at most 4 is/);
});

const kept = check(["http://a/1", "http://b/2", "http://a/3", "http://a:81/4"].map(url => ({ url })));

test("what is reported has no path, and no two are alike", () => {
	deepEqual(
		maskURLs(kept).map(({ url }) => url),
		["http://a/***", "http://b/***", "http://a/***2", "http://a:81/***"],
	);
});

test("what is reported may come back in any order, with more and with less", () => {
	const [first, second, third] = maskURLs(kept);
	const more = { url: "http://new/" };
	deepEqual(check(unmaskURLs([third, more, { ...first, format: "text" }], kept)), [
		kept[2],
		{ url: "http://new/", format: "json" },
		{ ...kept[0], format: "text" },
	]);
	deepEqual(check(unmaskURLs([second], kept)), [kept[1]]);
	deepEqual(unmaskURLs([], kept), []);
	equal(unmaskURLs("text", kept), "text");
});

test("a URL that is not there any more is asked for whole", () => {
	throws(
		() => unmaskURLs([{ url: "http://b/***2" }], kept),
		/webhooks\[0\]\.url: "http:\/\/b\/\*\*\*" .*the whole URL is/,
	);
	throws(() => unmaskURLs([kept[0], { url: "http://a/***/secret" }], kept), /webhooks\[1\]\.url/);
	throws(() => check(unmaskURLs([null], kept)), SettingsError);
});
