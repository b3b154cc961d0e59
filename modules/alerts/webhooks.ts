/**
 * Sends alerts to receivers, one request at a time. Of each sensor and quantity it keeps the newest alert, and what each receiver was
 * told last: so the newest state wins, and a receiver that was told of a zone is told of its end.
 */

import { parseWebhookURL, type Webhook, type WebhookURL } from "../config/webhooks.js";
import type { Logger } from "../log/log.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { Resolve, TCPClientConstructor } from "../platform/io.js";
import type { Text } from "../platform/text.js";
import type { Alert } from "./alert.js";
import { alertJSON, alertLine, alertRequest } from "./message.js";
import { Post } from "./post.js";

export interface WebhooksOptions {
	clock: Clock;
	text: Text;
	TCP: TCPClientConstructor;
	resolve: Resolve;
	/** Its name is part of each message. */
	device: { readonly settings: { readonly name: string } };
	log: Logger;
}

/** From a failed request to the next one to that receiver, by the number of failures in a row, ms; the last one repeats. */
const backoffMs = Object.freeze([30_000, 300_000, 900_000], true);
/** Three messages of one cause at once, then one every 20 minutes: six at most in any hour. */
const spacingMs = 1_200_000;
const burstMs = 2 * spacingMs;

/** The last message to a receiver, two bits. A quantity has either limits or faults. */
const codes = Object.freeze({ normal: 0, below: 1, above: 2, fault: 1 }, true);
/** The request failed after some of it was sent. */
const unknown = 3;

interface Receiver extends Webhook, WebhookURL {
	/** In a row. */
	failures: number;
	/** Nothing is sent before, ms since boot. */
	due: number;
}

/** Of one sensor and quantity. */
interface Slot {
	alert: Alert;
	/** What each receiver was told last, two bits each. */
	told: number;
	/** When messages of this cause would be 20 minutes apart each, ms since boot. */
	spacedAt: number;
	/** Whether `alert` has gone out, to whichever receiver. */
	isOut: boolean;
}

const toldTo = ({ told }: Slot, receiver: number) => (told >> (2 * receiver)) & 3;

export class Webhooks {
	#options: WebhooksOptions;
	#receivers: Receiver[] = [];
	/** Their settings, as JSON. */
	#written = "";
	/** At most one for each sensor and quantity. */
	#slots: Slot[] = [];
	/** The request under way, its slot and its receiver. */
	#sending: { readonly post: Post; readonly slot: Slot; readonly at: number } | undefined;
	#timer: Timer | undefined;

	constructor(options: WebhooksOptions) {
		this.#options = options;
	}

	/** Sends to these from now on; one that stays is not told again what it was told. */
	change(webhooks: readonly Webhook[]): void {
		const written = JSON.stringify(webhooks);
		if (written === this.#written) return;
		this.#written = written;
		this.#abort();
		const before = this.#receivers;
		this.#receivers = webhooks.map(webhook => ({ ...parseWebhookURL(webhook.url)!, ...webhook, failures: 0, due: 0 }));
		for (const slot of this.#slots) {
			let told = 0;
			for (const [at, { url }] of this.#receivers.entries()) {
				const old = before.findIndex(receiver => receiver.url === url);
				if (old >= 0) told |= toldTo(slot, old) << (2 * at);
			}
			slot.told = told;
		}
		this.#proceed();
	}

	/** The state of a sensor's quantity has changed, or is as it was. */
	report(alert: Alert): void {
		const { sensor, quantity } = alert;
		const slot = this.#slots.find(one => one.alert.sensor === sensor && one.alert.quantity === quantity);
		if (!slot) this.#slots.push({ alert, told: 0, spacedAt: 0, isOut: false });
		else if (slot.alert !== alert) {
			slot.alert = alert;
			slot.isOut = false;
		}
		this.#proceed();
	}

	/** Forgets other sensors. */
	keepOnly(names: readonly string[]): void {
		this.#slots = this.#slots.filter(({ alert }) => names.includes(alert.sensor));
	}

	/** Nothing is sent afterwards. May be called twice. */
	close(): void {
		this.#options.clock.clear(this.#timer);
		this.#abort();
		this.#slots = [];
	}

	/** Sends what is due, or waits for it. */
	#proceed(): void {
		const { clock } = this.#options;
		if (this.#sending) return;
		clock.clear(this.#timer);
		const { ticks } = clock;
		this.#slots = this.#slots.filter(
			({ alert, told, spacedAt }) => alert.state !== "normal" || told !== 0 || spacedAt > ticks,
		);
		let next = Number.POSITIVE_INFINITY;
		for (const [at, receiver] of this.#receivers.entries())
			for (const slot of this.#slots) {
				if (toldTo(slot, at) === codes[slot.alert.state]) continue;
				const due = slot.isOut ? receiver.due : Math.max(receiver.due, slot.spacedAt - burstMs);
				if (due <= ticks) {
					this.#send(slot, at);
					return;
				}
				next = Math.min(next, due);
			}
		if (next < Number.POSITIVE_INFINITY) this.#timer = clock.set(() => this.#proceed(), next - ticks);
	}

	#send(slot: Slot, at: number): void {
		const { clock, text, TCP, resolve, device } = this.#options;
		const receiver = this.#receivers[at]!;
		const { alert } = slot;
		if (!slot.isOut) slot.spacedAt = Math.max(slot.spacedAt, clock.ticks) + spacingMs;
		slot.isOut = true;
		const sender = { clock, name: device.settings.name };
		const content = receiver.format === "json" ? alertJSON(alert, sender) : alertLine(alert, sender);
		const post = new Post({
			...{ clock, TCP, resolve, host: receiver.host, port: receiver.port },
			request: alertRequest(text, receiver, receiver.format, content),
			onEnd: (status, sent) => {
				this.#sending = undefined;
				const isTaken = typeof status === "number" && status < 300;
				if (isTaken || sent) tell(slot, at, isTaken ? codes[alert.state] : unknown);
				if (isTaken) this.#succeed(receiver);
				else this.#fail(receiver, typeof status === "number" ? explain(status) : status);
				this.#proceed();
			},
		});
		this.#sending = { post, slot, at };
	}

	#succeed(receiver: Receiver): void {
		if (receiver.failures > 0) this.#options.log(`${receiver.host}: takes alerts again`);
		receiver.failures = 0;
	}

	/** The log has the host alone: the rest of a URL is secret. */
	#fail(receiver: Receiver, reason: string): void {
		const { clock, log } = this.#options;
		const waitMs = backoffMs[Math.min(receiver.failures, backoffMs.length - 1)]!;
		if (receiver.failures === 0) log(`${receiver.host}: ${reason}; next attempt in ${waitMs / 1000} s`, "warning");
		receiver.failures++;
		receiver.due = clock.ticks + waitMs;
	}

	/** Ends the request under way: whether it was taken is not known. */
	#abort(): void {
		if (!this.#sending) return;
		const { post, slot, at } = this.#sending;
		post.close();
		tell(slot, at, unknown);
		this.#sending = undefined;
	}
}

function tell(slot: Slot, receiver: number, code: number): void {
	slot.told = (slot.told & ~(3 << (2 * receiver))) | (code << (2 * receiver));
}

function explain(status: number): string {
	return status < 400 ? `responds ${status}, and no redirect is followed` : `responds ${status}`;
}
