/** Devices on one link: what one sends arrives at the others. */

import { MDNSBrowser } from "../../modules/network/mdns-browser.js";
import { MDNSResponder } from "../../modules/network/mdns-responder.js";
import { neighbourOf } from "../../modules/network/neighbours.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeDatagrams, type Sent } from "../fakes/datagrams.js";
import { numbers } from "../fakes/random.js";

const group = "224.0.0.251";
const mask = "255.255.255.0";

export class LanDevice {
	readonly datagrams = new FakeDatagrams();
	readonly browser: MDNSBrowser;
	readonly responder: MDNSResponder;
	/** `undefined` while its cable is out. */
	address: string | undefined;

	constructor(clock: FakeClock, name: string, seed: number, version: string) {
		const random = numbers(seed);
		this.browser = new MDNSBrowser({ clock, random });
		this.responder = new MDNSResponder({
			clock,
			UDP: this.datagrams.UDP,
			name,
			port: 80,
			texts: ["path=/", `version=${version}`],
			random,
			onName() {},
			browser: this.browser,
			log() {},
		});
	}

	open(address: string): void {
		this.address = address;
		this.responder.open(address, mask);
	}

	/** What it lists, `NAME ADDRESS VERSION`. */
	get list(): string[] {
		return this.browser.neighbours.entries.map(entry => {
			const { name, address, version } = neighbourOf(entry);
			return `${name} ${address} ${version}`;
		});
	}

	/** Names of those that it lists. */
	get names(): string {
		return this.browser.neighbours.entries.map(({ name }) => name).join(" ");
	}

	get ignored(): number {
		return this.browser.neighbours.ignored;
	}
}

export class Lan {
	readonly clock = new FakeClock();
	readonly devices: LanDevice[] = [];
	/** Every datagram so far, with its sender's address. */
	readonly sent: (Sent & { sender: string })[] = [];
	/** Whether a datagram is lost. */
	loses: (to: LanDevice) => boolean = () => false;

	/** Adds a device, which joins at once as 192.0.2.NUMBER. */
	join(name: string, number: number, version = "1.0.0"): LanDevice {
		const device = new LanDevice(this.clock, name, number, version);
		this.devices.push(device);
		device.open(`192.0.2.${number}`);
		return device;
	}

	/** Lets `ms` pass. */
	pass(ms: number): void {
		for (let left = ms; left > 0; left -= 10) {
			this.clock.advance(10);
			for (const device of this.devices) this.deliver(device);
		}
	}

	/** Delivers what `device` has sent, as if from `address`. */
	deliver(device: LanDevice, address = device.address): void {
		for (const one of device.datagrams.take()) {
			if (address === undefined) continue;
			this.sent.push({ ...one, sender: address });
			this.send(one.bytes, address, one.address, device);
		}
	}

	/** Sends a datagram to all but `but`, or to one address. */
	send(bytes: Uint8Array, from: string, to = group, but?: LanDevice): void {
		for (const other of this.devices)
			if (other !== but && other.address !== undefined && (to === group || to === other.address) && !this.loses(other))
				other.datagrams.arrive(5353, bytes, from, 5353);
	}
}
