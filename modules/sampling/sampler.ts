/** Reads several sensors one after the other, never two at once. */

import type { Timer } from "../platform/clock.js";
import { Channel } from "./channel.js";
import type { ChannelOptions, ChannelOwner, SensorOptions, SensorState } from "./reading.js";

export type { FaultReport, Reading, SensorOptions, SensorState } from "./reading.js";

export interface SamplerOptions extends ChannelOptions {
	/** 1 to 16 (any number in a replay), their names and pins all different. */
	sensors: readonly SensorOptions[];
}

export class Sampler implements ChannelOwner {
	#options: SamplerOptions;
	#channels: Channel[] = [];
	#reading = false;
	/** Waits for the end of the read under way. */
	#waiting: (() => void) | undefined;
	#timer: Timer | undefined;
	/** The sensor that is read next. */
	#next: Channel | undefined;
	/** Reads begun, and when the next is due, in a replay. */
	#begun = 0;
	#due: number;
	#wake = () => this.begin();

	/** @throws {RangeError} An option is out of its bounds; the message names it. @throws {Error} A pin does not exist or is in use. */
	constructor(options: SamplerOptions) {
		const { clock, sensors } = options;
		check(options);
		this.#options = options;
		this.#due = clock.ticks;
		try {
			for (const sensor of sensors) this.#channels.push(new Channel(options, sensor, this));
		} catch (error) {
			this.close();
			throw error;
		}
		this.arm();
	}

	/** In the order of the options. */
	get sensors(): readonly SensorState[] {
		return this.#channels;
	}

	/**
	 * Calls `action`, which would spoil a read, while none is under way: now, or as soon as the one under way has ended, before the next.
	 * That takes half a second at most. One action waits at a time.
	 */
	betweenReads(action: () => void): void {
		if (this.#reading) this.#waiting = action;
		else action();
	}

	/** Frees every pin; may be called twice. An action that waits is called, and no callback follows. */
	close(): void {
		this.#options.clock.clear(this.#timer);
		for (const channel of this.#channels) channel.close();
		this.#channels = [];
		this.endRead();
	}

	/** @returns The sensor that is due first. */
	private choose(): Channel | undefined {
		const channels = this.#channels;
		const sequence = this.#options.sequence;
		if (sequence) return channels[sequence[this.#begun % sequence.length]!];
		let next = channels[0];
		for (let at = 1; at < channels.length; at++)
			if (channels[at]!.schedule.next < next!.schedule.next) next = channels[at];
		return next;
	}

	private arm(): void {
		const next = this.choose();
		this.#next = next;
		if (!next) return;
		const options = this.#options;
		const at = options.sequence ? this.#due : next.schedule.next;
		this.#timer = options.clock.set(this.#wake, Math.max(0, at - options.clock.ticks));
	}

	private begin(): void {
		const next = this.#next;
		if (!next) return;
		const options = this.#options;
		const ticks = options.clock.ticks;
		if (ticks < (options.sequence ? this.#due : next.schedule.next)) {
			this.arm();
			return;
		}
		if (options.sequence) {
			this.#begun++;
			this.#due = Math.max(this.#due + options.intervalMs, ticks);
		}
		this.#reading = true;
		next.read();
	}

	/** For channels. */
	onEnd(): void {
		if (!this.#reading) return;
		this.endRead();
		this.arm();
	}

	private endRead(): void {
		const action = this.#waiting;
		this.#waiting = undefined;
		this.#reading = false;
		action?.();
	}
}

function check({ sensors, intervalMs, sequence }: SamplerOptions): void {
	if (!(intervalMs >= 10 && intervalMs <= 3_600_000))
		throw new RangeError(`intervalMs is ${intervalMs}: 10 to 3600000 allowed`);
	if (sensors.length < 1 || (sensors.length > 16 && !sequence))
		throw new RangeError(`sensors has ${sensors.length} entries: 1 to 16 allowed`);
	sensors.forEach(({ name, pin }, index) => {
		if (sensors.findIndex(other => other.name === name) < index)
			throw new RangeError(`two sensors are named "${name}"`);
		if (sensors.findIndex(other => other.pin === pin) < index) throw new RangeError(`two sensors are on pin ${pin}`);
	});
	if (sequence && !(sequence.length > 0 && sequence.every(index => index in sensors)))
		throw new RangeError("sequence is empty or has an index that sensors does not have");
}
