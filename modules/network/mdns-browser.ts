/**
 * Finds the other devices of this program by mDNS (RFC 6763, 4). Whatever is said of one is checked: it is asked itself, with a number
 * that it has to return. So forged messages can neither put one in nor push one out.
 */

import type { Clock, Timer } from "../platform/clock.js";
import { IN, isName, type Message, type Name, TOP_BIT, Type, Writer } from "./dns-message.js";
import { formatIPv4, parseIPv4 } from "./ipv4.js";
import { group } from "./mdns-announcer.js";
import { gauges, wire } from "./mdns-records.js";
import { addressOf, Neighbours } from "./neighbours.js";
import { readLabel, readVersion } from "./service-text.js";

/** From a query to the next, ms. */
const queryMs = 60_000;
/** A neighbour that was silent for so long is asked for, ms: the responses to one device's query serve all. */
const silentMs = 50_000;
/** A neighbour that was silent for so long is gone, ms. */
const goneMs = 108_000;
/** It is looked so often, ms, and up to half of that later by chance: devices must not query together. */
const lookMs = 4000;
/** The first query waits for 20 to 120 ms (RFC 6762, 5.2). */
const minDelayMs = 20;
const delayMs = 100;

/** Neighbours that are checked at once. */
const maxChecks = 16;
/** Direct questions of a check, from one to the next ms, and by how much the first waits at most, ms. */
const questions = 3;
const questionMs = 600;
const firstMs = 1000;
/**
 * After a farewell the questions follow faster, ms, and the last one waits so long: a record is to be deleted after a second, in which
 * it can be rescued (RFC 6762, 10.1).
 */
const farewellMs = 500;
const lastMs = 200;
/** A check that waits for another's end is given up, ms. */
const checkMs = 6000;
const stepMs = 100;

/** A neighbour that is asked itself. */
interface Check {
	name: string;
	readonly address: number;
	/** What it has to return. */
	readonly id: number;
	/** Whether the neighbour has said farewell. */
	readonly isFarewell: boolean;
	/** Questions left. */
	left: number;
	/** When the next is due, and when the check ends, ms since boot. */
	due: number;
	readonly end: number;
}

/** In flash: an empty array of one's own would take memory. */
const none: readonly Check[] = Object.freeze([]);

export interface MDNSBrowserOptions {
	clock: Clock;
	/** A whole number from 0 to 0xFFFFFFFF. */
	random(): number;
}

/** The responder. */
export interface MDNSSender {
	/** The name of the type of service. */
	readonly service: Name;
	/** The device's address and the netmask, as numbers. */
	readonly address: number;
	readonly mask: number;
	/** Sends to port 5353 of `address`. */
	write(bytes: Uint8Array, address: string): void;
}

/** Its methods are not private fields: each of them would take memory. */
export class MDNSBrowser {
	readonly neighbours = new Neighbours();
	#clock: Clock;
	#random: () => number;
	/** `undefined` while the device is in no network. */
	#sender: MDNSSender | undefined;
	/** When the last query was sent, ms since boot. */
	#queried = Number.NEGATIVE_INFINITY;
	#checks: readonly Check[] = none;
	#look: Timer | undefined;
	#step: Timer | undefined;

	constructor({ clock, random }: MDNSBrowserOptions) {
		this.#clock = clock;
		this.#random = random;
	}

	/** A network is joined. */
	open(sender: MDNSSender): void {
		this.close();
		this.#sender = sender;
		this.lookAfter(minDelayMs + this.chance(delayMs));
	}

	/** The network is left. Neighbours stay until they are gone for long. May be called twice. */
	close(): void {
		const clock = this.#clock;
		clock.clear(this.#look);
		clock.clear(this.#step);
		this.#look = this.#step = undefined;
		this.#sender = undefined;
		this.#checks = none;
	}

	/** A query from within the network: who looks for devices and is a neighbour is there. */
	onQuery(message: Message, address: string): void {
		const entry = this.neighbours.at(parseIPv4(address));
		const service = this.#sender?.service;
		if (!entry || !service) return;
		message.rewind();
		while (message.nextQuestion())
			if (message.type === Type.PTR && isName(message.bytes, message.name, service)) entry.seen = this.#clock.ticks;
	}

	/** A response from within the network. */
	onResponse(message: Message, from: string): void {
		const address = parseIPv4(from);
		const sender = this.#sender;
		if (!sender || address === sender.address) return;
		const { service } = sender;
		message.rewind();
		while (message.nextQuestion());
		const check = this.checkOf(address);
		if (check && message.id !== 0) {
			if (message.id === check.id) this.settle(check, message);
			// Who guesses gets one attempt. Of one that is a neighbour already a guess says nothing.
			else if (this.neighbours.at(address)?.name !== check.name) this.fail(check);
			return;
		}
		let version: string | undefined;
		while (message.nextAnswer())
			if (message.type === Type.TXT) version = readVersion(message);
			else if (message.type === Type.SRV && check) this.rescue(check, message);
			else if (message.type === Type.PTR && isName(message.bytes, message.name, service))
				this.hear(address, readLabel(message, service), message.ttl > 0, version);
	}

	/** Ends a check after a farewell: the device speaks up, by multicast where it sends no more responses to single addresses. */
	private rescue(check: Check, { bytes, name, ttl }: Message): void {
		if (check.isFarewell && ttl > 0 && isName(bytes, name, instanceOf(check.name))) this.drop(check);
	}

	/**
	 * Somebody says that a device is at `address`.
	 * @param name `undefined` for one that no device can have. @param isThere Whether it stays. @param version What an announcement says besides.
	 */
	private hear(address: number, name: string | undefined, isThere: boolean, version: string | undefined): void {
		const { neighbours } = this;
		const entry = neighbours.at(address);
		if (name !== undefined && entry?.name === name) {
			if (isThere) entry.seen = this.#clock.ticks;
			if (!isThere || (version !== undefined && version !== entry.version)) this.check(name, address, !isThere);
		} else if (isThere) {
			if (name === undefined || (!entry && neighbours.isFull) || !this.check(name, address)) neighbours.ignored++;
		}
	}

	/** Begins a check, or gives the one of this address another name. @returns Whether there is one. */
	private check(name: string, address: number, isFarewell = false): boolean {
		const clock = this.#clock;
		const check = this.checkOf(address);
		if (check) {
			if (check.name === name) return true;
			check.name = name;
			return false;
		}
		if (this.#checks.length >= maxChecks) return false;
		const now = clock.ticks;
		const id = 1 + this.chance(0xffff);
		// All devices check a newcomer, which responds ten times a second.
		const due = now + (this.neighbours.at(address) ? 0 : this.chance(firstMs));
		const fresh = { name, address, id, isFarewell, left: questions, due, end: now + checkMs };
		this.#checks = [...this.#checks, fresh];
		this.#step ??= clock.set(() => this.proceed(), stepMs);
		return true;
	}

	private checkOf(address: number): Check | undefined {
		for (const check of this.#checks) if (check.address === address) return check;
		return undefined;
	}

	/** Asks those that are due, and ends the checks that got no response. */
	private proceed(): void {
		const clock = this.#clock;
		const now = clock.ticks;
		for (const check of this.#checks) {
			if (now >= check.end || (check.left === 0 && now >= check.due)) this.fail(check);
			else if (now >= check.due) {
				check.due = now + (check.isFarewell ? farewellMs : questionMs);
				const rival = this.neighbours.rival(check.name, check.address);
				// The one that has the name is asked first.
				if (rival) this.check(rival.name, addressOf(rival));
				else this.ask(check);
			}
		}
		this.#step = this.#checks.length > 0 ? clock.set(() => this.proceed(), stepMs) : undefined;
	}

	private ask(check: Check): void {
		if (--check.left === 0 && check.isFarewell) check.due -= farewellMs - lastMs;
		const writer = new Writer(80).header(check.id, 0, 1, 0).bytes(instanceOf(check.name));
		writer.u16(Type.ANY).u16(IN | TOP_BIT);
		this.#sender?.write(writer.finish(), formatIPv4(check.address));
	}

	/** The message is the response to a check. */
	private settle(check: Check, message: Message): void {
		const { neighbours } = this;
		const { name, address } = check;
		const instance = instanceOf(name);
		let port = 0;
		let version = "";
		while (message.nextAnswer()) {
			const { bytes, type, data, length } = message;
			if (!isName(bytes, message.name, instance)) continue;
			if (type === Type.SRV && length > 6) port = (bytes[data + 4]! << 8) | bytes[data + 5]!;
			else if (type === Type.TXT) version = readVersion(message);
		}
		if (port === 0) return;
		this.drop(check);
		if (neighbours.rival(name, address)) neighbours.ignored++;
		else if (neighbours.set({ name, address, port, version, seen: this.#clock.ticks })) this.end(name);
		else neighbours.ignored++;
	}

	/** Ends the checks of others that claim `name`: it is the name of a neighbour that is there. */
	private end(name: string): void {
		const lower = name.toLowerCase();
		for (const check of this.#checks) if (check.name.toLowerCase() === lower) this.fail(check);
	}

	private fail(check: Check): void {
		this.drop(check);
		const { neighbours } = this;
		if (neighbours.at(check.address)?.name === check.name) neighbours.remove(check.address);
		else neighbours.ignored++;
	}

	private drop(check: Check): void {
		const others = this.#checks.filter(one => one !== check);
		this.#checks = others.length > 0 ? others : none;
	}

	private lookAfter(delay: number): void {
		this.#look = this.#clock.set(() => {
			const now = this.#clock.ticks;
			const { address = -1, mask = -1 } = this.#sender ?? {};
			this.neighbours.sweep(now - goneMs, address, mask);
			const { oldest } = this.neighbours;
			if (now - this.#queried >= queryMs && (oldest === undefined || now - oldest >= silentMs)) this.query(now);
			this.lookAfter(lookMs + this.chance(lookMs / 2));
		}, delay);
	}

	/**
	 * Without what is in memory (RFC 6762, 7.1): each response is a sign of life, for all that hear it. To the first one each responds by
	 * unicast, also one that has just responded to another (5.4).
	 */
	private query(now: number): void {
		const isFirst = this.#queried < 0;
		this.#queried = now;
		const writer = new Writer(64).header(0, 0, 1, 0).name(gauges);
		writer.u16(Type.PTR).u16(isFirst ? IN | TOP_BIT : IN);
		this.#sender?.write(writer.finish(), group);
	}

	private chance(below: number): number {
		return Math.floor((this.#random() / 0x100000000) * below);
	}
}

/** @returns The service's name of the device `name`. */
function instanceOf(name: string): Name {
	return wire(`${name}.${gauges}`);
}
