/** Publishes the device by MQTT while a broker is set; without one nothing is kept. */

import type { Configuration } from "../config/configuration.js";
import { type Changeable, changeable, type Settings } from "../config/settings.js";
import type { Log } from "../log/log.js";
import type { ClientState } from "../mqtt/client.js";
import type { DeviceState } from "../mqtt/discovery.js";
import { DevicePublisher, type PublisherOptions } from "../mqtt/publisher.js";
import type { Network } from "../network/network.js";
import type { Host } from "../platform/host.js";
import type { FaultReport, Reading, SensorState } from "../sampling/sampler.js";
import type { BootState } from "./boot-state.js";
import type { HTTPService } from "./http-service.js";
import type { ReadingListener } from "./readings.js";
import { sensorData, sensorFault } from "./sensor-events.js";

/** The components whose state is published; each is looked up when it is needed. */
export interface PublishedComponents {
	readonly host: Host;
	readonly log: Log;
	readonly configuration: Configuration;
	readonly boot: BootState;
	readonly sensors: { readonly states: readonly SensorState[] };
	readonly service: HTTPService;
	readonly network: Network;
}

/** Time limits of the connection, ms: docs/mqtt.md. */
const timing = Object.freeze({ pingMs: 15_000, responseMs: 10_000 }, true);

/** The settings that a publisher is made of, besides the name. */
const mqttKeys: readonly Changeable[] = Object.freeze(changeable.filter(key => key.startsWith("mqtt")));

export class MQTTService implements ReadingListener {
	#device: PublishedComponents;
	/** The device's own; `undefined` until a network is joined. */
	#address: string | undefined;
	#publisher: DevicePublisher | undefined;
	/** All that the publisher was made of, as JSON. */
	#published = "";

	constructor(device: PublishedComponents) {
		this.#device = device;
	}

	/** `null` without a broker. */
	get state(): ClientState | null {
		return this.#publisher?.connection ?? null;
	}

	/** A network is joined, perhaps with another address. */
	open(address: string): void {
		this.#address = address;
		this.#published = "";
		this.change();
	}

	/** Goes on with the settings of now. What the broker keeps of those before is taken back. */
	change(): void {
		const { configuration, sensors, host } = this.#device;
		const { settings } = configuration;
		const { TCP, resolve } = host;
		if (settings.mqttHost === "" || this.#address === undefined || !TCP || !resolve) {
			this.close();
			this.#publisher = undefined;
			this.#published = "";
			return;
		}
		const published = JSON.stringify([
			settings.name,
			...mqttKeys.map(key => settings[key]),
			...sensors.states.map(identityOf),
		]);
		if (published === this.#published) return;
		this.#published = published;
		this.close();
		const before = this.#publisher;
		this.#publisher = new DevicePublisher({
			...this.options(settings),
			...{ TCP, resolve },
			announced: before?.announcedAt(settings.mqttHost, settings.mqttPort),
		});
		this.#publisher.open();
	}

	onReading(reading: Reading): void {
		this.#publisher?.onReading(sensorData(reading));
	}

	onFault(fault: FaultReport): void {
		this.#publisher?.onFault(sensorFault(fault));
	}

	/** May be called twice. */
	close(): void {
		this.#publisher?.close();
	}

	private options(settings: Settings): Omit<PublisherOptions, "TCP" | "resolve"> {
		const { host, log, sensors, service } = this.#device;
		const { clock, text, radio, version } = host;
		const { name, mqttUser, mqttPassword } = settings;
		const id = radio ? `dht${radio.mac.split(":").join("").toLowerCase()}` : name;
		return {
			clock,
			text,
			random: () => host.random(),
			log: log.from("mqtt"),
			...timing,
			host: settings.mqttHost,
			port: settings.mqttPort,
			credentials: mqttUser === "" ? undefined : { user: mqttUser, password: mqttPassword ?? "" },
			prefix: settings.mqttPrefix,
			discovery: settings.mqttDiscovery,
			discoveryPrefix: settings.mqttDiscoveryPrefix,
			device: { id, name, version, url: `${service.origin(this.#address!)}/`, hardware: host.name },
			sensors: sensors.states.map(identityOf),
			state: () => this.deviceState(),
		};
	}

	private deviceState(): DeviceState {
		const { host, network, boot } = this.#device;
		const { clock, version, bootInfo, update } = host;
		return {
			version,
			uptimeMs: clock.ticks,
			signalDbm: network.signalDbm,
			restart: bootInfo?.reason ?? null,
			update: update ? (boot.record.values.rolledBack === null ? update.running.state : "rolled back") : null,
		};
	}
}

function identityOf({ name, pin, model, intervalMs }: SensorState) {
	return { name, pin, model, intervalMs };
}
