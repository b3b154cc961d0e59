/** Multicast DNS (RFC 6762): claims the name `NAME.local`, announces it with the web page, and responds to queries. */

import type { Logger } from "../log/log.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { Datagram, UDP, UDPConstructor } from "../platform/io.js";
import { IN, type Message, type Name, RESPONSE, readMessage, TOP_BIT, Type, Writer } from "./dns-message.js";
import { isOnLink, parseIPv4 } from "./ipv4.js";
import { Announcer, group, port } from "./mdns-announcer.js";
import type { MDNSBrowser } from "./mdns-browser.js";
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

/** The bits of the opcode, which is 0 in mDNS. */
const OPCODE = 0x7800;

/** A name is probed three times, 250 ms apart, before it is claimed (RFC 6762, 8.1). */
const probes = 3;
const probeMs = 250;
/** Of two devices that probe at once the loser waits before it probes again (8.2), a few times. Without that bound it might never get a name. */
const deferMs = 1000;
const maxDeferrals = 3;
/** A claimed name is announced twice (8.3). */
const announcements = 2;
const announceMs = 1000;
/** From a port that could not be opened to the next attempt, ms. */
const retryMs = 5000;
/** The highest number of a name. The name without one follows. */
const maxNumber = 99;

export interface MDNSResponderOptions {
	clock: Clock;
	UDP: UDPConstructor;
	/** The name to claim: 1 to 24 letters, digits and hyphens. */
	name: string;
	/** Of the HTTP server. */
	port: number;
	/** Entries of the service's TXT record, `key=value` of at most 255 ASCII characters. */
	texts: readonly string[];
	/** A whole number from 0 to 0xFFFFFFFF. */
	random(): number;
	/** Called with the name that was claimed: the wanted one, or that with a number of 2 to 99, `dht-2`. */
	onName(name: string): void;
	/** Hears what comes from within the network. */
	browser?: MDNSBrowser;
	log: Logger;
}

export class MDNSResponder {
	#options: MDNSResponderOptions;
	#udp: UDP | undefined;
	#identity: Identity;
	/** The device's address and the netmask, as numbers; -1 without one. */
	#address = -1;
	#mask = -1;
	/** Made of `#recorded`. */
	#records: OwnRecord[] = [];
	#recorded: Identity | undefined;
	/** Next probe or announcement. */
	#timer: Timer | undefined;
	/** Probes that are still to be sent before the name is claimed. */
	#probesLeft = probes;
	/** Whether the name was probed: only then can a response be a conflict. */
	#probed = false;
	/** Of the name; 1 for the wanted one. */
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

	/** Whether the name is claimed. */
	get claimed(): boolean {
		return this.#udp !== undefined && this.#probesLeft === 0;
	}

	/** The device's name, with a number where another device has it. */
	get name(): string {
		return this.#identity.name;
	}

	/** The device has joined a network. @param mask Its netmask: messages from outside of it are ignored. */
	open(address: string, mask: string): void {
		this.#shut();
		this.#address = parseIPv4(address);
		this.#mask = parseIPv4(mask);
		this.#identity = { ...this.#identity, address };
		try {
			this.#udp = new this.#options.UDP({ port, group, target: this, onReadable });
		} catch (error) {
			this.#options.log(`mDNS: ${(error as Error).message}, next attempt in ${retryMs / 1000} s`, "warning");
			this.#later(retryMs, () => this.open(address, mask));
			return;
		}
		this.#claim(this.#chance(probeMs));
		this.#options.browser?.open(this);
	}

	/** The network is left: a claimed name is withdrawn if messages still get through. May be called twice. */
	close(): void {
		if (this.claimed) this.#announcer.farewell();
		this.#shut();
	}

	/** For the socket's callback. Of a datagram only its address is stored. */
	receive(datagram: Datagram): void {
		if (!isOnLink(datagram.address, this.#address, this.#mask)) return;
		const message = readMessage(datagram.bytes);
		if (!message || (message.flags & OPCODE) !== 0) return;
		const { browser } = this.#options;
		if (message.flags >= RESPONSE) {
			if (datagram.port !== port) return;
			this.#onResponse(message);
			browser?.onResponse(message, datagram.address);
		} else {
			if (this.claimed) this.#announcer.respond(message, datagram);
			else this.#defer(message);
			browser?.onQuery(message, datagram.address);
		}
	}

	/** The name of the type of service that devices of this program are. */
	get service(): Name {
		return this.#records.at(-1)!.data;
	}

	get address(): number {
		return this.#address;
	}

	get mask(): number {
		return this.#mask;
	}

	/** Sends to port 5353 of `address`, if the device is in a network. */
	write(bytes: Uint8Array, address: string): void {
		this.#write(bytes, address, port);
	}

	/** Probes the name, first after `delay` ms. */
	#claim(delay: number): void {
		this.#announcer.close();
		if (this.#recorded !== this.#identity) {
			this.#recorded = this.#identity;
			this.#records = ownRecords(this.#identity);
			this.#announcer.records = this.#records;
		}
		this.#probesLeft = probes;
		this.#probed = false;
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
		this.#probed = true;
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

	/** Another device's response has the name: a claimed name is probed once more, then the next name. */
	#onResponse(message: Message): void {
		const { clock, log, name } = this.#options;
		if (!this.#conflicts.count(clock.ticks) || !this.#isTaken(message)) return;
		const stays = this.#conflicts.add(clock.ticks);
		if (!this.claimed) {
			log(`mDNS: ${this.name}.local is taken`, "warning");
			this.#number = (this.#number % maxNumber) + 1;
			this.#identity = { ...this.#identity, name: this.#number === 1 ? name : `${name}-${this.#number}` };
			this.#deferrals = 0;
		}
		if (stays) log(`mDNS: too many names are taken, ${this.name}.local stays for a minute`, "warning");
		this.#claim(this.#chance(probeMs));
	}

	/** Whether `message` has a record, in any section (9), with a name that the device has probed, and other data. */
	#isTaken(message: Message): boolean {
		if (!this.#probed) return false;
		while (message.nextQuestion());
		while (message.nextAnswer() || message.nextAuthority() || message.nextAdditional()) {
			if (message.ttl === 0 || (message.type !== Type.A && message.type !== Type.SRV)) continue;
			for (let at = 0; at < this.#records.length; at++) {
				const own = this.#records[at]!;
				if (isRival(own, message) && !hasSameData(own, message)) return true;
			}
		}
		return false;
	}

	/** Of two devices that probe a name at once, the one whose records sort last gets it (8.2). */
	#defer(message: Message): void {
		const { clock } = this.#options;
		if (this.#deferrals >= maxDeferrals || !this.#conflicts.count(clock.ticks)) return;
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

	/** Replaces the pending timer. */
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
		this.#options.browser?.close();
		this.#announcer.close();
		this.#udp?.close();
		this.#udp = undefined;
	}
}

function onReadable(this: UDP): void {
	for (let datagram = this.read(); datagram; datagram = this.read()) (this.target as MDNSResponder).receive(datagram);
}
