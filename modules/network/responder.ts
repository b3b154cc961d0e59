/** Makes the device found as `NAME.local` and as a web page of its network (RFC 6762): claims the name, tells it, answers. */

import type { Clock, Datagram, Timer, UDP, UDPConstructor } from "../platform/types.js";
import { AUTHORITATIVE, IN, type Message, RESPONSE, readMessage, TOP_BIT, Type, Writer } from "./dns.js";
import { answers, compare, type Identity, type OwnRecord, ownRecords, same, writeRecord } from "./records.js";

const port = 5353;
const group = "224.0.0.251";

/** A name is asked for three times, 250 ms apart, before it is taken (RFC 6762, 8.1). */
const probes = 3;
const probeMs = 250;
/** The loser of two devices that ask at once waits before it asks again (8.2). */
const deferMs = 1000;
/** Told twice (8.3). */
const announcements = 2;
const announceMs = 1000;
/** From telling a record to telling it again (6). */
const repeatMs = 1000;
/** Answers that others may give, too, wait for 20 to 120 ms (6). */
const leastDelayMs = 20;
const delayMs = 100;
/** After so many names that were taken, each further one waits (8.1). */
const quickConflicts = 15;
const slowMs = 5000;

export interface ResponderOptions {
	clock: Clock;
	UDP: UDPConstructor;
	/** The name to have: 1 to 24 letters, digits and hyphens. */
	name: string;
	/** Of the HTTP server. */
	port: number;
	/** Entries of the service's text, `key=value`, of ASCII, at most 255 each. */
	texts: readonly string[];
	/** A whole number from 0 to 0xFFFFFFFF. */
	random(): number;
	/** Called with the name that was taken: the one to have, or that with a number, `dht-2`. */
	onName(name: string): void;
	log(line: string): void;
}

export class Responder {
	#options: ResponderOptions;
	#udp: UDP | undefined;
	#identity: Identity;
	#records: OwnRecord[] = [];
	/** When each record was last sent to all, ms since boot. */
	#told = new Map<OwnRecord, number>();
	/** What waits to be sent to all. */
	#waiting = new Set<OwnRecord>();
	#waitingTimer: Timer | undefined;
	/** Next probe or announcement. */
	#timer: Timer | undefined;
	/** Probes that are still to come before the name is the device's. */
	#probesLeft = probes;
	/** Names that were taken by others. */
	#conflicts = 0;

	constructor(options: ResponderOptions) {
		this.#options = options;
		const { name, port, texts } = options;
		this.#identity = { name, address: "", port, texts };
	}

	/** Whether the name is the device's. */
	get claimed(): boolean {
		return this.#udp !== undefined && this.#probesLeft === 0;
	}

	/** The device's name, with a number where others have it. */
	get name(): string {
		return this.#identity.name;
	}

	/** The device is in a network under this address. */
	open(address: string): void {
		this.#shut();
		this.#identity = { ...this.#identity, address };
		try {
			this.#udp = new this.#options.UDP({ port, group, target: this, onReadable });
		} catch (error) {
			this.#options.log(`mDNS: ${(error as Error).message}, next attempt in ${slowMs / 1000} s`);
			this.#later(slowMs, () => this.open(address));
			return;
		}
		this.#claim(this.#chance(probeMs));
	}

	/** The network is left: others are told if they can still be reached. May be called twice. */
	close(): void {
		if (this.claimed) this.#send(this.#records, "farewell");
		this.#shut();
	}

	/** For the socket's callback. */
	receive(datagram: Datagram): void {
		const message = readMessage(datagram.bytes);
		if (!message || (message.flags & 0x7800) !== 0) return;
		if (message.flags >= RESPONSE) this.#hear(message);
		else {
			if (!this.claimed) this.#defer(message);
			else this.#answer(message, datagram);
		}
	}

	/** Asks whether the name is free, first after `delay` ms. */
	#claim(delay: number): void {
		this.#records = ownRecords(this.#identity);
		this.#told.clear();
		this.#waiting.clear();
		this.#probesLeft = probes;
		this.#later(delay, () => this.#probe());
	}

	#probe(): void {
		const claims = this.#claims();
		const names = new Set(claims.map(({ name }) => name));
		const writer = new Writer().header(0, 0, [names.size, 0, claims.length, 0]);
		for (const name of names)
			writer
				.name(name)
				.u16(Type.ANY)
				.u16(IN | TOP_BIT);
		for (const claim of claims) writeRecord(writer, claim, "claim");
		this.#write(writer.finish(), group, port);
		this.#later(probeMs, () => {
			if (--this.#probesLeft > 0) this.#probe();
			else {
				this.#options.onName(this.name);
				this.#announce(announcements);
			}
		});
	}

	/** What must be the device's alone for its names to be. */
	#claims(): OwnRecord[] {
		return this.#records.filter(({ type }) => type === Type.A || type === Type.SRV);
	}

	#announce(times: number): void {
		this.#send(this.#records, "multicast");
		if (times > 1) this.#later(announceMs, () => this.#announce(times - 1));
	}

	/** Whoever else answers with a name that is the device's alone has it, too: the device asks once more, then takes another. */
	#hear({ resources, answers }: Message): void {
		const taken = resources
			.slice(0, answers)
			.filter(({ ttl, class: code }) => ttl > 0 && code === IN)
			.some(other => {
				const claim = this.#claims().find(({ key, type }) => key === other.name && type === other.type);
				return claim !== undefined && !same(claim, other);
			});
		if (!taken) return;
		if (this.claimed) {
			this.#claim(this.#chance(probeMs));
			return;
		}
		this.#conflicts++;
		const { name } = this.#options;
		this.#options.log(`mDNS: ${this.name}.local is taken`);
		this.#identity = { ...this.#identity, name: `${name}-${this.#conflicts + 1}` };
		this.#claim(this.#conflicts > quickConflicts ? slowMs : this.#chance(probeMs));
	}

	/** Of two that ask for a name at once, the one whose records come last has it (8.2). */
	#defer({ resources, answers }: Message): void {
		for (const claim of this.#claims()) {
			const other = resources.slice(answers).find(({ name, type }) => name === claim.key && type === claim.type);
			if (!other || compare(claim.data, other.data) >= 0) continue;
			this.#claim(deferMs);
			return;
		}
	}

	#answer(message: Message, { address, port: from }: Datagram): void {
		const known = message.resources.slice(0, message.answers);
		const fitting = (unicast: boolean) =>
			this.#records.filter(
				own =>
					message.questions.some(
						question =>
							(question.class === IN || question.class === 255) &&
							question.unicast === unicast &&
							answers(own, question.name, question.type),
					) && !known.some(other => other.ttl * 2 >= own.ttl && same(own, other)),
			);
		if (from !== port) {
			this.#sendLegacy(message, [...fitting(true), ...fitting(false)], address, from);
			return;
		}
		this.#send(fitting(true), "multicast", address);
		const due = fitting(false).filter(
			own => this.#options.clock.ticks - (this.#told.get(own) ?? -repeatMs) >= repeatMs,
		);
		if (due.length === 0) return;
		if (due.every(({ unique }) => unique)) this.#send(due, "multicast");
		else {
			for (const own of due) this.#waiting.add(own);
			this.#waitingTimer ??= this.#options.clock.set(() => this.#tell(), leastDelayMs + this.#chance(delayMs));
		}
	}

	#tell(): void {
		this.#waitingTimer = undefined;
		const due = Array.from(this.#waiting);
		this.#waiting.clear();
		this.#send(due, "multicast");
	}

	/** @param to One who asked for it; else to all. */
	#send(records: readonly OwnRecord[], kind: "multicast" | "farewell", to = group): void {
		if (records.length === 0) return;
		const more = kind === "farewell" ? [] : this.#helpful(records);
		const writer = new Writer().header(0, RESPONSE | AUTHORITATIVE, [0, records.length, 0, more.length]);
		for (const own of records) writeRecord(writer, own, kind);
		for (const own of more) writeRecord(writer, own, kind);
		if (to === group) for (const own of records) this.#told.set(own, this.#options.clock.ticks);
		this.#write(writer.finish(), to, port);
	}

	/** Who asks without mDNS gets its question back, and what it may remember only for a moment (6.7). */
	#sendLegacy({ id, questions }: Message, records: readonly OwnRecord[], address: string, to: number): void {
		if (records.length === 0) return;
		const writer = new Writer().header(id, RESPONSE | AUTHORITATIVE, [questions.length, records.length, 0, 0]);
		for (const { name, type, class: code } of questions) writer.name(name).u16(type).u16(code);
		for (const own of records) writeRecord(writer, own, "legacy");
		this.#write(writer.finish(), address, to);
	}

	/** @returns What is asked for next after `records`: of a service the rest, of a name's address that there is no other. */
	#helpful(records: readonly OwnRecord[]): OwnRecord[] {
		const wanted = records.some(({ type }) => type === Type.PTR || type === Type.SRV)
			? this.#records.filter(({ type }) => type !== Type.PTR)
			: this.#records.filter(({ type }) => type === Type.NSEC);
		return wanted.filter(own => !records.includes(own));
	}

	#write(bytes: Uint8Array, address: string, to: number): void {
		try {
			this.#udp?.write(bytes, address, to);
		} catch {
			// Lost like any datagram.
		}
	}

	/** In place of what was to come. */
	#later(delay: number, callback: () => void): void {
		const { clock } = this.#options;
		clock.clear(this.#timer);
		this.#timer = clock.set(callback, delay);
	}

	#chance(below: number): number {
		return Math.floor((this.#options.random() / 0x100000000) * below);
	}

	#shut(): void {
		const { clock } = this.#options;
		clock.clear(this.#timer);
		clock.clear(this.#waitingTimer);
		this.#waitingTimer = undefined;
		this.#udp?.close();
		this.#udp = undefined;
	}
}

function onReadable(this: UDP): void {
	for (let datagram = this.read(); datagram; datagram = this.read()) (this.target as Responder).receive(datagram);
}
