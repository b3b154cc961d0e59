/** Stays connected to a broker: attempts without end, with a growing back-off between them. */

import { isUnicast } from "../config/addresses.js";
import type { Logger } from "../log/log.js";
import type { Timer } from "../platform/clock.js";
import type { Resolve } from "../platform/io.js";
import {
	BrokerConnection,
	type ConnectionFailure,
	type ConnectionOptions,
	type ConnectionOwner,
} from "./connection.js";

/**
 * From a failed attempt to the next, by the number of failures in a row, ms; the last one repeats. It is shortened by up to a half
 * by chance, so that many devices do not return to a broker at once.
 */
const backoffMs = Object.freeze([1000, 2000, 5000, 10_000, 20_000, 40_000, 60_000], true);

/** `no-connection`: the host has no network, no memory, or two connections of its own already. */
export type ClientFailure = ConnectionFailure | "no-such-host" | "no-connection";

/** As in JSON. */
export interface ClientState {
	readonly state: "connecting" | "connected" | "waiting";
	/** Why the newest attempt or connection ended; `null` while connected, and before the first end. */
	readonly failure: ClientFailure | null;
	/** Attempts in a row without a connection that lasted. */
	readonly failures: number;
	/** Since the last message left, ms; `null` if none ever did. */
	readonly sinceSentMs: number | null;
}

export interface ClientOptions extends ConnectionOptions {
	/** Name or address of the broker. */
	host: string;
	resolve: Resolve;
	/** A whole number from 0 to 0xFFFFFFFF. */
	random(): number;
	log: Logger;
}

export class MQTTClient implements ConnectionOwner {
	#options: ClientOptions;
	#state: ClientState["state"] | "idle" = "idle";
	#failure: ClientFailure | null = null;
	#failures = 0;
	#connection: BrokerConnection | undefined;
	#timer: Timer | undefined;
	/** Counts attempts, so that a name that is resolved late is of no account. */
	#attempt = 0;
	/** When the last message left, ms since boot. */
	#sent: number | undefined;

	constructor(options: ClientOptions) {
		this.#options = options;
	}

	get state(): ClientState {
		const { clock } = this.#options;
		return {
			state: this.#state === "idle" ? "waiting" : this.#state,
			failure: this.#failure,
			failures: this.#failures,
			sinceSentMs: this.#sent === undefined ? null : clock.ticks - this.#sent,
		};
	}

	/** A network is joined: connects at once, anew if there is a connection. */
	open(): void {
		this.close();
		this.#failures = 0;
		this.#connect();
	}

	/** Something is due in the outbox. */
	send(): void {
		this.#connection?.send();
	}

	/** Ends all attempts. May be called twice. */
	close(): void {
		this.#stop();
		this.#state = "idle";
	}

	onConnected(): void {
		const { host, log } = this.#options;
		this.#state = "connected";
		this.#failure = null;
		log(`MQTT broker ${host}: connected`);
	}

	onAlive(): void {
		this.#failures = 0;
	}

	onSent(): void {
		this.#sent = this.#options.clock.ticks;
	}

	onEnd(failure: ClientFailure): void {
		const { clock, host, random, log } = this.#options;
		this.#stop();
		const longestMs = backoffMs[Math.min(this.#failures++, backoffMs.length - 1)]!;
		this.#state = "waiting";
		if (failure !== this.#failure) log(`MQTT broker ${host}: ${explain(failure)}`, "warning");
		this.#failure = failure;
		this.#timer = clock.set(() => this.#connect(), longestMs * (1 - random() / 0x2_0000_0000));
	}

	#connect(): void {
		const { clock, host, resolve, responseMs } = this.#options;
		const attempt = ++this.#attempt;
		this.#state = "connecting";
		this.#timer = clock.set(() => this.onEnd("timeout"), responseMs);
		try {
			resolve(host, address => {
				if (attempt === this.#attempt) this.#open(address);
			});
		} catch {
			this.onEnd("no-connection");
		}
	}

	#open(address: string | undefined): void {
		this.#stop();
		if (address === undefined || !isUnicast(address)) {
			this.onEnd("no-such-host");
			return;
		}
		try {
			this.#connection = new BrokerConnection(this.#options, this, address);
		} catch {
			this.onEnd("no-connection");
		}
	}

	/** Ends what is under way. */
	#stop(): void {
		this.#attempt++;
		this.#options.clock.clear(this.#timer);
		this.#connection?.close();
		this.#connection = undefined;
	}
}

/** @returns The reason as the console has it. */
function explain(failure: ClientFailure): string {
	switch (failure) {
		case "no-such-host":
			return "no such host";
		case "refused":
			return "it refuses the connection, or is not reached";
		case "timeout":
			return "no response in time";
		case "wrong-password":
			return "the user or the password is wrong";
		case "rejected":
			return "it rejects the device";
		case "malformed":
			return "what it sends is not MQTT 3.1.1";
		case "closed":
			return "it closed the connection";
		case "no-connection":
			return "no connection can be opened: no network, or no memory";
	}
}
