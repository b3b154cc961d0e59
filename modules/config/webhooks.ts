/** The settings of webhooks. A URL is secret: it may hold a token, so only scheme and host are reported. */

import { isHostName, isPort } from "./addresses.js";
import { isMasked, mask } from "./mask.js";
import { fields, type Rule, SettingsError } from "./validate.js";

/** A receiver of alerts. */
export interface Webhook {
	url: string;
	/** What it is sent: an object, or a line of text. */
	format: "json" | "text";
}

/** A URL as a connection needs it. */
export interface WebhookURL {
	/** An IPv4 address or a name. */
	readonly host: string;
	readonly port: number;
	/** With the query, if there is one. */
	readonly path: string;
}

const scheme = "http://";
/** Characters of a URL: its digits when sealed are twice as many, and the API takes 512. */
const maxURL = 200;
/** Characters that a rejected URL is named by. */
const maxShown = 60;

/** Visible ASCII without `#`, which begins what a client keeps to itself. */
function isPath(path: string): boolean {
	for (let at = 0; at < path.length; at++) {
		const code = path.charCodeAt(at);
		if (code <= 0x20 || code >= 0x7f || code === 0x23) return false;
	}
	return true;
}

/** @returns `undefined` for what is no `http://` URL of a host name or an IPv4 address. */
export function parseWebhookURL(url: string): WebhookURL | undefined {
	if (!url.startsWith(scheme) || url.length > maxURL || url.includes(mask)) return undefined;
	const slash = url.indexOf("/", scheme.length);
	const authority = url.slice(scheme.length, slash < 0 ? url.length : slash);
	const path = slash < 0 ? "/" : url.slice(slash);
	const colon = authority.indexOf(":");
	const host = colon < 0 ? authority : authority.slice(0, colon);
	const port = colon < 0 ? "80" : authority.slice(colon + 1);
	return isHostName(host) && isPort(port) && isPath(path) ? { host, port: Number(port), path } : undefined;
}

/** @returns Scheme and host of `url`; of one that is not allowed the first characters, unless they may hold a password. */
function maskURL(url: string): string {
	const slash = url.indexOf("/", scheme.length + 1);
	const origin = slash < 0 ? url : url.slice(0, slash);
	if (parseWebhookURL(url)) return `${origin}/${mask}`;
	return origin.includes("@") ? mask : `${origin.slice(0, maxShown)}/${mask}`;
}

/** @returns The webhooks as they are reported: a second URL of the same host ends in `***2`, and so on. */
export function maskURLs(webhooks: readonly Webhook[]): Webhook[] {
	const masked: Webhook[] = [];
	for (const { url, format } of webhooks) {
		const base = maskURL(url);
		const before = masked.filter(other => other.url.startsWith(base)).length;
		masked.push({ url: before === 0 ? base : `${base}${before + 1}`, format });
	}
	return masked;
}

/**
 * @param value A list of webhooks, as a client sent it. @param kept Those of the device.
 * @returns The list with the device's URLs in place of masked ones.
 * @throws {SettingsError} The device has no URL that is masked so.
 */
export function unmaskURLs(value: unknown, kept: readonly Webhook[]): unknown {
	if (!Array.isArray(value)) return value;
	const masked = maskURLs(kept);
	return value.map((item: unknown, index) => {
		const { url } = (item ?? {}) as Partial<Webhook>;
		const key = `webhooks[${index}].url`;
		if (!isMasked(key, url)) return item;
		const at = masked.findIndex(other => other.url === url);
		if (at < 0) throw rejectedURL(key, url as string, "the whole URL is");
		return { ...(item as object), url: kept[at]!.url };
	});
}

/** The message names no more than scheme and host. */
const rejectedURL = (key: string, url: string, allowed: string) => new SettingsError(key, maskURL(url), allowed);

const webhookRules: Readonly<Record<keyof Webhook, Rule>> = Object.freeze(
	{
		url: { type: "checked", required: true, check: checkURL },
		format: { type: "oneOf", values: ["json", "text"], default: "json" },
	} as const,
	true,
);

/** Keys of a webhook. */
export const webhookKeys: readonly string[] = Object.freeze(Object.keys(webhookRules));

/** Of one webhook. */
export const webhookRule: Rule = Object.freeze(
	{ type: "checked", required: true, check: (value, key) => fields<Webhook>(webhookRules, value, key) },
	true,
);

function checkURL(value: unknown, key: string): string {
	if (typeof value === "string" && parseWebhookURL(value)) return value;
	const url = typeof value === "string" ? value : "";
	throw rejectedURL(key, url, `http:// with a host name or IPv4 address, at most ${maxURL} characters in all, is`);
}
