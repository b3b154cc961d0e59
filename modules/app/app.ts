/** The device's components, and how they are joined. */

import { Alerts } from "../alerts/alerts.js";
import type { Access } from "../auth/access.js";
import type { Configuration } from "../config/configuration.js";
import { Log } from "../log/log.js";
import type { Improv } from "../network/improv.js";
import type { Network } from "../network/network.js";
import type { Host } from "../platform/host.js";
import { Broadcaster } from "../sse/broadcaster.js";
import type { Probation } from "../update/probation.js";
import { type BootState, firstBoot } from "./boot-state.js";
import type { HTTPService } from "./http-service.js";
import { createImprov } from "./improv.js";
import { LogEvents } from "./log-events.js";
import { MQTTService } from "./mqtt-service.js";
import { createAccess, createNetwork, createService } from "./reach.js";
import { Readings, StreamListener } from "./readings.js";
import { Report } from "./report.js";
import { routes } from "./routes.js";
import { Sensors } from "./sensors.js";
import { SettingsChanger } from "./settings-changer.js";
import { StreamOptions } from "./stream.js";
import { startProbation } from "./trial.js";
import { Updates } from "./updates.js";

export interface AppOptions {
	host: Host;
	configuration: Configuration;
	/** @defaultValue one that prints by `host` */
	log?: Log;
	/** In a replay: the order in which the sensors are read, as of `SamplerOptions`. */
	sequence?: readonly number[] | undefined;
	/** @defaultValue that of a first start */
	boot?: BootState;
}

/** Samples, and serves the readings. */
export class App {
	readonly host: Host;
	readonly configuration: Configuration;
	readonly log: Log;
	readonly boot: BootState;
	/** Names this run of the device: eight hexadecimal digits. */
	readonly bootId: string;
	readonly report: Report;
	readonly changer: SettingsChanger;
	readonly logEvents: LogEvents;
	readonly broadcaster: Broadcaster;
	readonly readings: Readings;
	readonly sensors: Sensors;
	readonly alerts: Alerts;
	readonly access: Access;
	readonly service: HTTPService;
	readonly network: Network;
	/** Absent on a host without a serial line. */
	readonly improv: Improv | undefined;
	readonly mqtt: MQTTService;
	/** Absent on a host that keeps no firmware in slots. */
	readonly updates: Updates | undefined;
	readonly probation: Probation | undefined;

	/** @throws {SettingsError} A pin does not exist or is in use. @throws {Error} A component cannot be made. All are freed. */
	constructor({ host, configuration, log = new Log(host), sequence, boot = firstBoot(host) }: AppOptions) {
		const { settings } = configuration;
		this.host = host;
		this.configuration = configuration;
		this.log = log;
		this.boot = boot;
		this.bootId = host.random().toString(16).padStart(8, "0");
		this.report = new Report(this);
		this.changer = new SettingsChanger(this);
		try {
			this.logEvents = new LogEvents(this);
			this.broadcaster = new Broadcaster(new StreamOptions(this));
			this.readings = new Readings();
			this.sensors = new Sensors({ host, log, settings, sequence, readings: this.readings });
			this.alerts = new Alerts(this);
			this.mqtt = new MQTTService(this);
			this.readings.add(this.sensors);
			this.readings.add(new StreamListener(this.broadcaster));
			this.readings.add(this.alerts);
			this.readings.add(this.mqtt);
			this.access = createAccess(this);
			this.updates = host.update && new Updates(this, host.update);
			this.service = createService(this, routes(this));
			this.network = createNetwork(this);
			this.improv = createImprov(this);
			this.probation = startProbation(this);
			log.listener = this.logEvents;
		} catch (error) {
			this.close();
			throw error;
		}
	}

	/** Frees everything, also of a device that is not whole; may be called twice. */
	close(): void {
		this.log.listener = undefined;
		this.probation?.close();
		this.updates?.close();
		this.changer.close();
		this.access?.endSetup();
		this.sensors?.close();
		this.alerts?.close();
		this.broadcaster?.close();
		this.improv?.close();
		this.mqtt?.close();
		this.network?.close();
		this.service?.close();
	}
}
