// Webhooks on a fake clock and network, and the receivers that they reach.

import type { Alert } from "../../modules/alerts/alert.js";
import { Webhooks } from "../../modules/alerts/webhooks.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeNetwork, type Peer } from "../fakes/sockets.js";
import { text } from "../fakes/text.js";

/** What happens to a connection: it is refused, nobody is there, or it comes up and its peer is taken. */
export type Receiver = "refuse" | "silent" | ((peer: Peer) => void);

export class Bench {
	readonly clock = new FakeClock();
	readonly network = new FakeNetwork();
	readonly lines: string[] = [];
	/** By address; others refuse. */
	readonly receivers = new Map<string, Receiver>();
	/** The requests that were answered, with the time of each, ms. */
	readonly requests: { address: string; request: string; at: number }[] = [];
	/** Connections so far. */
	dialled = 0;
	/** The most that were ever open at once. */
	mostOpen = 0;
	readonly webhooks: Webhooks;

	constructor() {
		const { clock, network } = this;
		network.onDial = (peer, { address }) => {
			this.dialled++;
			this.mostOpen = Math.max(this.mostOpen, network.open.size);
			const receiver = this.receivers.get(address) ?? "refuse";
			if (typeof receiver === "string") return receiver === "silent" ? undefined : false;
			clock.set(() => receiver(peer), 60);
			return true;
		};
		this.webhooks = new Webhooks({
			clock,
			text,
			TCP: network.TCP,
			resolve: (name, onResolved) => {
				if (name === "too-many") throw new Error("no memory for it");
				clock.set(() => onResolved(/^[\d.]+$/.test(name) ? name : undefined), name === "mute" ? 99_000 : 1);
			},
			device: { settings: { name: "dht" } },
			log: line => this.lines.push(line),
		});
	}

	/** A receiver that takes every request, and responds with `status`. */
	respond(address: string, status = 200): void {
		this.receivers.set(address, peer => {
			this.requests.push({ address, request: peer.received, at: this.clock.ticks });
			peer.send(`HTTP/1.1 ${status} Well\r\nLocation: http://192.0.2.66/\r\nContent-Length: 0\r\n\r\n`);
		});
	}

	pass(ms: number): void {
		for (let left = ms; left > 0; left -= 50) {
			this.clock.advance(Math.min(left, 50));
			this.network.settle();
		}
	}

	/** @returns The bodies since the last call. */
	take(): string[] {
		return this.requests.splice(0).map(({ request }) => request.slice(request.indexOf("\r\n\r\n") + 4));
	}
}

export const alert = (state: Alert["state"], more: Partial<Alert> = {}): Alert => ({
	sensor: "Room",
	quantity: "temperature",
	state,
	value: 31.2,
	limit: 30,
	sinceUptimeMs: 0,
	...more,
});
