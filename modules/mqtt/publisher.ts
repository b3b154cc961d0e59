/** Publishes a device by MQTT: its status, each reading and fault at once, and what Home Assistant discovers. */

import { maxPin } from "../config/chip-pins.js";
import type { Timer } from "../platform/clock.js";
import { type ClientOptions, type ClientState, MQTTClient } from "./client.js";
import {
	type DeviceState,
	deviceStateMs,
	discoveryStrings,
	discoveryTopic,
	hubTopic,
	type PublishedDevice,
	type PublishedSensor,
} from "./discovery.js";
import { type LongPayload, type Message, type Outbox, TextPayload } from "./message.js";
import { type SensorEvent, SensorOutbox } from "./sensor-outbox.js";
import { DeviceTopics, topicLevel } from "./topics.js";

/** What the broker may keep of a device: noted when it is sent, for the acknowledgement may be lost. */
export interface Announced {
	readonly status: string;
	/** `undefined` while nothing is discovered. */
	readonly discovery: string | undefined;
	/** Pins of the sensors discovered. */
	readonly pins: readonly number[];
}

export interface PublisherOptions extends Omit<ClientOptions, "clientId" | "will" | "topic" | "outbox"> {
	/** In front of the device's name in topics. */
	prefix: string;
	/** Whether Home Assistant is to discover the device; if not, what was discovered is taken back. */
	discovery: boolean;
	/** Home Assistant's, in front of its topics. */
	discoveryPrefix: string;
	device: Omit<PublishedDevice, "sensors">;
	sensors: readonly Omit<PublishedSensor, "level">[];
	state(): DeviceState;
	/**
	 * Of the publisher before this one, at the same broker: what no longer holds of it is taken back. Absent after a restart: then each
	 * pin may have had a sensor.
	 */
	announced?: Announced | undefined;
}

/** After Home Assistant is ready, ms: from the minimum, and up to as much more by chance, for many devices hear of it at once. */
const hubDelayMs = Object.freeze({ min: 1000, chance: 9000 }, true);

/** What is due of the device itself, in the order in which it is sent; all but `state` at QoS 1 and kept by the broker. */
type Step = "birth" | "old status" | "old discovery" | "discovery" | "state";

/** A change of what is published needs a new one. */
export class DevicePublisher implements Outbox {
	#options: PublisherOptions;
	#topics: DeviceTopics;
	#client: MQTTClient;
	#sensors: readonly PublishedSensor[];
	#events: SensorOutbox;
	#announced: Announced | undefined;
	#due: Record<"birth" | "discovery" | "state", boolean> = { birth: false, discovery: false, state: false };
	/** Handed over at QoS 1, and not acknowledged: on this connection, and on the one before. */
	#step: Step | undefined;
	#lost: Step | undefined;
	#timer: Timer | undefined;
	#hubTimer: Timer | undefined;

	constructor(options: PublisherOptions) {
		const { clock, text, prefix, discovery, discoveryPrefix, device, sensors, announced } = options;
		this.#options = options;
		this.#topics = new DeviceTopics(prefix, device.name);
		this.#sensors = sensors.map(sensor => ({ ...sensor, level: topicLevel(text, sensor.name) }));
		this.#events = new SensorOutbox({ clock, text, sensors: this.#sensors, topics: this.#topics });
		this.#announced = announced;
		this.#client = new MQTTClient({
			...options,
			clientId: device.id,
			will: { topic: this.#topics.status, payload: "offline" },
			topic: discovery ? hubTopic(discoveryPrefix) : undefined,
			outbox: this,
		});
	}

	get connection(): ClientState {
		return this.#client.state;
	}

	/** @returns What is announced, for the next publisher, if that is at the same broker. */
	announcedAt(host: string, port: number): Announced | undefined {
		const own = this.#options;
		return host === own.host && port === own.port ? this.#announced : undefined;
	}

	/** A network is joined. */
	open(): void {
		const { clock } = this.#options;
		clock.clear(this.#timer);
		this.#timer = clock.repeat(() => this.#announce("state"), deviceStateMs);
		this.#client.open();
	}

	/** May be called twice. The broker tells the others by the will. */
	close(): void {
		const { clock } = this.#options;
		clock.clear(this.#timer);
		clock.clear(this.#hubTimer);
		this.#client.close();
	}

	onReading(event: SensorEvent): void {
		this.#events.onReading(event);
		this.#client.send();
	}

	onFault(event: SensorEvent): void {
		this.#events.onFault(event);
		this.#client.send();
	}

	onConnected(): void {
		this.#lost = this.#step;
		this.#step = undefined;
		this.#due = { birth: true, discovery: true, state: true };
		this.#events.forget();
	}

	next(): Message | undefined {
		const step = this.#nextStep();
		if (step === undefined) return this.#events.next();
		if (step !== "state") return this.#reliable(step);
		const { text, state } = this.#options;
		this.#due.state = false;
		const payload = text.encode(JSON.stringify(state()));
		return { topic: this.#topics.device, payload, retained: false, qos: 0, dup: false };
	}

	onAcknowledged(): void {
		const step = this.#step;
		this.#step = undefined;
		if (step === this.#lost) this.#lost = undefined;
		const { status } = this.#topics;
		if (step === "birth") this.#due.birth = false;
		else if (step === "old status") this.#announced = { ...this.#announced!, status };
		else if (step === "old discovery") this.#announced = { status, discovery: undefined, pins: [] };
		else this.#discovered();
	}

	/** Home Assistant is ready anew. What the broker had kept is not new. */
	onMessage(payload: Uint8Array, retained: boolean): void {
		const { clock, text, random } = this.#options;
		const online = text.encode("online");
		if (retained || payload.byteLength !== online.byteLength || payload.some((byte, at) => byte !== online[at])) return;
		clock.clear(this.#hubTimer);
		const delayMs = hubDelayMs.min + (hubDelayMs.chance * random()) / 0x1_0000_0000;
		this.#hubTimer = clock.set(() => {
			this.#events.forget();
			this.#due.state = true;
			this.#announce("discovery");
		}, delayMs);
	}

	#announce(step: "discovery" | "state"): void {
		this.#due[step] = true;
		this.#client.send();
	}

	#nextStep(): Step | undefined {
		const { birth, discovery, state } = this.#due;
		const old = this.#announced;
		if (birth) return "birth";
		if (old && old.status !== this.#topics.status) return "old status";
		if (old?.discovery !== undefined && old.discovery !== this.#discoveryTopic) return "old discovery";
		if (discovery) return "discovery";
		return state ? "state" : undefined;
	}

	/** @returns The step's message; one that was not acknowledged before is marked so. */
	#reliable(step: Step): Message {
		const { text, discovery } = this.#options;
		const dup = step === this.#lost;
		this.#step = step;
		const message = (topic: string, payload: Uint8Array | LongPayload): Message => ({
			topic,
			payload,
			retained: true,
			qos: 1,
			dup,
		});
		const nothing = new Uint8Array(0);
		const { status } = this.#topics;
		if (step === "birth") {
			this.#announced ??= { status, discovery: undefined, pins: Array.from({ length: maxPin + 1 }, (_, pin) => pin) };
			return message(status, text.encode("online"));
		}
		if (step === "old status") return message(this.#announced!.status, nothing);
		if (step === "old discovery") return message(this.#announced!.discovery!, nothing);
		return message(this.#discoveryTopic, discovery ? this.#discovery() : nothing);
	}

	get #discoveryTopic(): string {
		const { discoveryPrefix, device } = this.#options;
		return discoveryTopic(discoveryPrefix, device.id);
	}

	/** Pins of the sensors that are discovered, and no longer there. */
	get #gone(): readonly number[] {
		const announced = this.#announced?.pins ?? [];
		return announced.filter(pin => !this.#sensors.some(sensor => sensor.pin === pin));
	}

	#discovery(): LongPayload {
		const { text, device, state } = this.#options;
		const gone = this.#gone;
		const discovery = { device: { ...device, sensors: this.#sensors }, topics: this.#topics, state: state(), gone };
		const pins = [...gone, ...this.#sensors.map(({ pin }) => pin)];
		this.#announced = { ...this.#announced!, discovery: this.#discoveryTopic, pins };
		return new TextPayload(text, () => discoveryStrings(discovery));
	}

	/** Removed sensors are named once: then the message is sent again without them. */
	#discovered(): void {
		const { discovery } = this.#options;
		this.#due.discovery = discovery && this.#gone.length > 0;
		this.#announced = {
			status: this.#topics.status,
			discovery: discovery ? this.#discoveryTopic : undefined,
			pins: discovery ? this.#sensors.map(({ pin }) => pin) : [],
		};
	}
}
