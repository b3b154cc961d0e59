/** Makes the device found as `NAME.local` and as a web page of its network (RFC 6762): claims the name, tells it, answers. */

import type { Clock, Timer } from "../platform/clock.js";
import type { Datagram, UDP, UDPConstructor } from "../platform/io.js";
import { IN, type Message, RESPONSE, readMessage, TOP_BIT, Type, Writer } from "./dns-message.js";
import { isOnLink, parseIPv4 } from "./ipv4.js";
import { Announcer, group, port } from "./mdns-announcer.js";
import { Conflicts } from "./mdns-conflicts.js";
import {
	compareData,
	hasSameData,
	type Identity,
	isClaim,
	isRival,
	type OwnRecord,
	ownRecords,
	writeRecord,
} from "./mdns-records.js";

/** The opcode, which is 0 in all that is understood. */
const OPCODE = 0x7800;

/** A name is asked for three times, 250 ms apart, before it is taken (RFC 6762, 8.1). */
const probes = 3;
const probeMs = 250;
/** The loser of two devices that ask at once waits before it asks again (8.2), a few times: what asks for ever has no name either. */
const deferMs = 1000;
const mostDeferrals = 3;
/** Told twice (8.3). */
const announcements = 2;
const announceMs = 1000;
/** From a port that could not be opened to the next attempt. */
const retryMs = 5000;
/** Of the name's number; after it comes the name without one. */
const mostNumber = 99;

export interface MDNSResponderOptions {
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
	/** Called with the name that was taken: the one to have, or that with a number of 2 to 99, `dht-2`. */
	onName(name: string): void;
	log(line: string): void;
}

export class MDNSResponder {
	#options: MDNSResponderOptions;
	#udp: UDP | undefined;
	#identity: Identity;
	/** The device's address and the network's mask, as `parseIPv4` has them. */
	#address = -1;
	#mask = -1;
	/** Of `#recorded`. */
	#records: OwnRecord[] = [];
	#recorded: Identity | undefined;
	/** Next probe or announcement. */
	#timer: Timer | undefined;
	/** Probes that are still to come before the name is the device's. */
	#probesLeft = probes;
	/** Whether the name, as it is now, was asked for: only then can another's answer be a conflict. */
	#asked = false;
	/** Of the name; 1 for the one to have. */
	#number = 1;
	#conflicts = new Conflicts();
	#deferrals = 0;
	#announcer: Announcer;

	constructor(options: MDNSResponderOptions) {
		this.#options = options;
		const { clock, name, port, texts } = options;
		this.#identity = { name, address: "", port, texts };
		this.#announcer = new Announcer({
			clock,
			chance: below => this.#chance(below),
			write: (bytes, address, to) => this.#write(bytes, address, to),
		});
	}

	/** Whether the name is the device's. */
	get claimed(): boolean {
		return this.#udp !== undefined && this.#probesLeft === 0;
	}

	/** The device's name, with a number where others have it. */
	get name(): string {
		return this.#identity.name;
	}

	/** The device is in a network under this address. @param mask Of the network; what comes from elsewhere is left unread. */
	open(address: string, mask: string): void {
		this.#shut();
		this.#address = parseIPv4(address);
		this.#mask = parseIPv4(mask);
		this.#identity = { ...this.#identity, address };
		try {
			this.#udp = new this.#options.UDP({ port, group, target: this, onReadable });
		} catch (error) {
			this.#options.log(`mDNS: ${(error as Error).message}, next attempt in ${retryMs / 1000} s`);
			this.#later(retryMs, () => this.open(address, mask));
			return;
		}
		this.#claim(this.#chance(probeMs));
	}

	/** The network is left: others are told if they can still be reached. May be called twice. */
	close(): void {
		if (this.claimed) this.#announcer.farewell();
		this.#shut();
	}

	/** For the socket's callback. Nothing is kept of a datagram but where it came from. */
	receive(datagram: Datagram): void {
		if (!isOnLink(datagram.address, this.#address, this.#mask)) return;
		const message = readMessage(datagram.bytes);
		if (!message || (message.flags & OPCODE) !== 0) return;
		if (message.flags >= RESPONSE) {
			if (datagram.port === port) this.#hear(message);
		} else if (this.claimed) this.#announcer.answer(message, datagram);
		else this.#defer(message);
	}

	/** Asks whether the name is free, first after `delay` ms. */
	#claim(delay: number): void {
		this.#announcer.close();
		if (this.#recorded !== this.#identity) {
			this.#recorded = this.#identity;
			this.#records = ownRecords(this.#identity);
			this.#announcer.records = this.#records;
		}
		this.#probesLeft = probes;
		this.#asked = false;
		this.#later(delay, () => this.#probe());
	}

	#probe(): void {
		const claims = this.#records.filter(isClaim);
		const writer = new Writer().header(0, 0, claims.length, 0, claims.length);
		for (const { name } of claims)
			writer
				.bytes(name)
				.u16(Type.ANY)
				.u16(IN | TOP_BIT);
		for (const claim of claims) writeRecord(writer, claim, "claim");
		this.#asked = true;
		this.#write(writer.finish(), group, port);
		this.#later(probeMs, () => {
			if (--this.#probesLeft > 0) this.#probe();
			else this.#take();
		});
	}

	#take(): void {
		this.#deferrals = 0;
		this.#options.onName(this.name);
		this.#announce(announcements);
	}

	#announce(times: number): void {
		this.#announcer.announce();
		if (times > 1) this.#later(announceMs, () => this.#announce(times - 1));
	}

	/** Another that answers with a name that is the device's alone has it, too: the device asks once more, then takes another. */
	#hear(message: Message): void {
		const { clock, log, name } = this.#options;
		if (!this.#conflicts.count(clock.ticks) || !this.#isTaken(message)) return;
		const stays = this.#conflicts.add(clock.ticks);
		if (!this.claimed) {
			log(`mDNS: ${this.name}.local is taken`);
			this.#number = (this.#number % mostNumber) + 1;
			this.#identity = { ...this.#identity, name: this.#number === 1 ? name : `${name}-${this.#number}` };
			this.#deferrals = 0;
		}
		if (stays) log(`mDNS: too many names are taken, ${this.name}.local stays for a minute`);
		this.#claim(this.#chance(probeMs));
	}

	/** Whether `message` has an answer with a name that the device has asked for, and not the device's own. */
	#isTaken(message: Message): boolean {
		if (!this.#asked) return false;
		while (message.nextQuestion());
		while (message.nextAnswer())
			for (let at = 0; at < this.#records.length; at++) {
				const own = this.#records[at]!;
				if (message.ttl > 0 && isClaim(own) && isRival(own, message) && !hasSameData(own, message)) return true;
			}
		return false;
	}

	/** Of two that ask for a name at once, the one whose records come last has it (8.2). */
	#defer(message: Message): void {
		const { clock } = this.#options;
		if (this.#deferrals >= mostDeferrals || !this.#conflicts.count(clock.ticks)) return;
		while (message.nextQuestion());
		while (message.nextAnswer());
		while (message.nextAuthority())
			for (let at = 0; at < this.#records.length; at++) {
				const own = this.#records[at]!;
				if (!isClaim(own) || !isRival(own, message) || compareData(own, message) >= 0) continue;
				this.#deferrals++;
				this.#claim(deferMs);
				return;
			}
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
		this.#announcer.close();
		this.#udp?.close();
		this.#udp = undefined;
	}
}

function onReadable(this: UDP): void {
	for (let datagram = this.read(); datagram; datagram = this.read()) (this.target as MDNSResponder).receive(datagram);
}
