import type { Neighbour, Readings } from "../../modules/api/schema.js";
import { Card } from "../gauges/card.js";
import { take } from "../gauges/intake.js";
import { Model } from "../gauges/model.js";
import { localize as chartString } from "../i18n/chart-strings.js";
import type { Format } from "../i18n/format.js";
import type { Language } from "../i18n/languages.js";
import { localize, type StringKey } from "../i18n/strings.js";
import type { Message } from "../stream/message.js";
import { boundedText } from "./bounded.js";
import { checkedMessage, checkedReadings, MAX_LENGTH, MAX_SENSORS } from "./checked.js";
import type { Hubs, SharedFeed } from "./shared-feed.js";

/** From one look whether a device that cannot be read is there to the next; before it is left PATIENCE_MS. */
const LOOK_MS = 10_000;
/** It responds within so many ms. */
const PATIENCE_MS = 2000;
/** A device that shows no values is left for so long. */
const LEAVE_MS = 60_000;
/** It may send so many messages a second. */
const MAX_A_SECOND = 2000;
/** Its stream may be silent for so long, whatever its heartbeat is said to be: a message without an end would fill the memory. */
const SILENT_MS = 30_000;

export interface DeviceOptions {
	origin: string;
	hubs: Hubs;
	/** Of a card. */
	template: HTMLTemplateElement;
	/** The page's clock, ms. */
	now(): number;
	/** Called when there is something new to draw. */
	onChange(): void;
}

/** Why a device that is there shows no values: the names of the chart's strings. */
type Obstacle = "private" | "older" | "unclear";

/** Another device: its cards, its stream, and whether it is there. What it sends is checked before it is taken. */
export class OtherDevice {
	readonly element = document.createElement("section");
	readonly model = new Model(() => {});
	readonly #options: DeviceOptions;
	readonly #link = document.createElement("a");
	readonly #state = document.createElement("p");
	readonly #cards = new Map<string, Card>();
	/** `undefined` while it is left. */
	#feed: SharedFeed | undefined;
	/** When a device that is left is joined again. */
	#backAt = 0;
	/** Messages since `#since`. */
	#count = 0;
	#since = 0;
	/** Of one that is there. */
	#obstacle: Obstacle | undefined;
	#isOlder = false;
	#lookDue = 0;
	#language: Language | undefined;

	constructor(options: DeviceOptions) {
		this.#options = options;
		this.#link.href = `${options.origin}/`;
		const [header, title] = [document.createElement("header"), document.createElement("h2")];
		title.append(this.#link);
		header.append(title, this.#state);
		this.element.append(header);
		this.#join();
	}

	/** Whether nothing was heard of it lately. */
	get isLost(): boolean {
		return this.model.link === "lost";
	}

	/** Takes it as the list of neighbours has it. @param ownVersion Of the page's own device. */
	list({ name, version }: Neighbour, ownVersion: string): void {
		write(this.#link, name);
		this.#link.title = version;
		this.#isOlder = isOlder(version, ownVersion);
	}

	get name(): string {
		return this.#link.textContent ?? "";
	}

	show(now: number, format: Format, language: Language): void {
		const { model } = this;
		const isSilent = this.#feed && model.link === "live" && now - model.heardAt > SILENT_MS;
		if (isSilent) this.#join();
		else if (!this.#feed && now >= this.#backAt) void this.#return(now);
		if (this.#isRead) this.#obstacle = undefined;
		else if (this.isLost && this.#obstacle !== "unclear" && now >= this.#lookDue) void this.#look(now);
		const obstacle = this.#obstacle;
		this.element.dataset.link = obstacle ?? model.link;
		const since = model.heardAt ? format.time(now - model.heardAt) : "–";
		const { title: version } = this.#link;
		write(this.#state, obstacle ? chartString(obstacle, language, version) : localize(model.link, language, since));
		for (const sensor of model.sensors.values()) this.#card(sensor.name).show(sensor, { model, now, format, language });
		if (language !== this.#language) this.#translate(language);
	}

	get #isRead(): boolean {
		return this.model.link === "live" || this.model.link === "full";
	}

	/** To be called when the machine may have slept. */
	wake(): void {
		this.#feed?.wake();
	}

	close(): void {
		this.#end();
		this.#backAt = Number.POSITIVE_INFINITY;
		this.element.remove();
	}

	#join(): void {
		this.#end();
		this.model.link = "connecting";
		const { hubs, origin } = this.#options;
		this.#feed = hubs.join(origin, message => this.#receive(message));
	}

	#end(): void {
		if (this.#feed) this.#options.hubs.leave(this.#feed);
		this.#feed = undefined;
	}

	/** Ends the stream for a while: its attempts would keep the device busy, or what it sends would keep the page busy. */
	#leave(obstacle: Obstacle): void {
		this.#obstacle = obstacle;
		this.#end();
		this.#backAt = this.#options.now() + LEAVE_MS;
		this.model.link = "lost";
		this.#options.onChange();
	}

	#receive(message: Message): void {
		const now = this.#options.now();
		if (now - this.#since >= 1000) [this.#since, this.#count] = [now, 0];
		try {
			if (++this.#count > MAX_A_SECOND) throw new RangeError("too many messages");
			const checked = checkedMessage(message);
			if (checked && take(this.model, checked, now)) void this.#refresh();
			if (this.model.sensors.size > MAX_SENSORS) throw new RangeError("too many sensors");
			this.#options.onChange();
		} catch {
			this.#clear();
			this.#leave("unclear");
		}
	}

	#clear(): void {
		this.model.sensors.clear();
		for (const { element } of this.#cards.values()) element.remove();
		this.#cards.clear();
	}

	#card(name: string): Card {
		let card = this.#cards.get(name);
		if (!card) {
			card = new Card(this.#options.template);
			card.name = name;
			this.#cards.set(name, card);
			this.element.append(card.element);
			this.#language = undefined;
		}
		return card;
	}

	#translate(language: Language): void {
		this.#language = language;
		for (const element of this.element.querySelectorAll<HTMLElement>("[data-string]"))
			write(element, localize(element.dataset.string as StringKey, language));
	}

	/** Joins one that was left, once it may be read: a stream that may not be read would be one less for others. */
	async #return(now: number): Promise<void> {
		this.#backAt = now + LEAVE_MS;
		const readings = await this.#fetch();
		if (readings && !this.#feed && this.#backAt < Number.POSITIVE_INFINITY) this.#join();
	}

	/** Fetches models and warnings; a failure changes nothing. */
	async #refresh(): Promise<void> {
		const readings = await this.#fetch();
		const { now, onChange } = this.#options;
		if (readings) this.model.readings(readings, now());
		onChange();
	}

	#fetch(): Promise<Readings | undefined> {
		const signal = AbortSignal.timeout(PATIENCE_MS);
		return fetch(`${this.#options.origin}/api/readings`, { redirect: "error", signal })
			.then(response => boundedText(response, MAX_LENGTH))
			.then(checkedReadings)
			.catch(() => undefined);
	}

	/**
	 * Finds out whether it is there: a response that may not be read is one. After two of them in a row it is left, since it is not one that has
	 * just started.
	 */
	async #look(now: number): Promise<void> {
		this.#lookDue = now + LOOK_MS;
		const signal = AbortSignal.timeout(PATIENCE_MS);
		const isThere = await fetch(this.#options.origin, { mode: "no-cors", cache: "no-store", signal }).then(
			() => true,
			() => false,
		);
		if (this.#isRead) return;
		if (isThere && this.#feed) this.#lookDue = now + PATIENCE_MS;
		const obstacle = this.#isOlder ? "older" : "private";
		if (isThere && this.#feed && this.#obstacle) this.#leave(obstacle);
		else this.#obstacle = isThere ? obstacle : undefined;
		if (!isThere && !this.#feed) this.#join();
	}
}

/** Whether `version` comes before `own` by the numbers of both. */
export function isOlder(version: string, own: string): boolean {
	const [numbers, others] = [version, own].map(one => one.split(/[.+-]/, 3).map(Number));
	for (let at = 0; at < 3; at++) if (numbers![at] !== others![at]) return (numbers![at] ?? 0) < (others![at] ?? 0);
	return false;
}

function write(element: Element, content: string): void {
	if (element.textContent !== content) element.textContent = content;
}
