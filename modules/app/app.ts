/** The device's components, and how they are joined. */

import type { Heartbeat } from "../api/schema.js";
import { Access } from "../auth/access.js";
import type { Configuration } from "../config/configuration.js";
import type { Settings } from "../config/settings.js";
import { Log } from "../log/log.js";
import type { Network } from "../network/network.js";
import type { Host } from "../platform/host.js";
import { Broadcaster } from "../sse/broadcaster.js";
import { HTTPService, type HTTPServiceOptions } from "./http-service.js";
import { connect, SavedCredentials } from "./network.js";
import { Readings, StreamListener } from "./readings.js";
import { Report } from "./report.js";
import { routes } from "./routes.js";
import { Sensors } from "./sensors.js";
import { SettingsChanger } from "./settings-changer.js";
import { streamOptions } from "./stream.js";

export interface AppOptions {
	host: Host;
	configuration: Configuration;
	/** @defaultValue one that prints by `host` */
	log?: Log;
	/** In a replay: the order in which the sensors are read, as of `SamplerOptions`. */
	sequence?: readonly number[] | undefined;
}

/** Samples, and serves the readings. */
export class App {
	readonly host: Host;
	readonly configuration: Configuration;
	readonly log: Log;
	/** Names this run of the device: eight hexadecimal digits. */
	readonly bootId: string;
	readonly report: Report;
	readonly changer: SettingsChanger;
	readonly broadcaster: Broadcaster;
	readonly readings: Readings;
	readonly sensors: Sensors;
	readonly access: Access;
	readonly service: HTTPService;
	readonly network: Network;

	/** @throws {SettingsError} A pin does not exist or is in use. */
	constructor({ host, configuration, log = new Log(host), sequence }: AppOptions) {
		const { settings } = configuration;
		this.host = host;
		this.configuration = configuration;
		this.log = log;
		this.bootId = host.random().toString(16).padStart(8, "0");
		this.report = new Report(this);
		this.changer = new SettingsChanger(this);
		this.broadcaster = this.#createBroadcaster(settings);
		this.readings = new Readings();
		this.sensors = new Sensors({ host, log, settings, sequence, readings: this.readings });
		this.readings.add(this.sensors);
		this.readings.add(new StreamListener(this.broadcaster));
		this.access = this.#createAccess();
		this.service = new HTTPService({
			host,
			identity: settings,
			log: log.from("server"),
			server: this.#serverOptions(settings),
		});
		this.network = connect(host, settings, {
			version: host.version,
			log: log.from("network"),
			store: new SavedCredentials(configuration),
			onHeld: () => this.changer.forgetPassword(),
			onPressed: () => this.access.setupWindow.begin(),
			onUp: address => this.service.open(address),
		});
	}

	/** Frees everything; may be called twice. */
	close(): void {
		this.changer.close();
		this.access.setupWindow.end();
		this.sensors.close();
		this.broadcaster.close();
		this.network.close();
		this.service.close();
	}

	#createBroadcaster({ maxStreams, progressMs }: Settings): Broadcaster {
		const { clock, text } = this.host;
		const hello = () => this.report.hello();
		const heartbeat = (): Heartbeat => ({ uptimeMs: clock.ticks });
		return new Broadcaster({
			...streamOptions,
			clock,
			text,
			boot: this.bootId,
			hello,
			heartbeat,
			limit: maxStreams,
			progressMs,
		});
	}

	#createAccess(): Access {
		const { clock, text, random, isLoopback = false } = this.host;
		const { configuration } = this;
		return new Access({
			clock,
			text,
			random,
			password: () => configuration.settings.adminPassword,
			private: () => configuration.settings.private,
			isGuest: address => this.network.setup?.isGuest(address) ?? false,
			isLoopback,
			log: this.log.from("access"),
		});
	}

	#serverOptions(settings: Settings): HTTPServiceOptions["server"] {
		const { maxConnections, hosts, origins, headerMs, bodyMs, idleMs, progressMs } = settings;
		return {
			...{ maxConnections, hosts, origins, headerMs, bodyMs, idleMs, progressMs },
			routes: routes(this),
			access: this.access,
			redirectGuest: address => this.#setupPage(address),
		};
	}

	/** @returns The set-up page's URL for a guest of the access point; else `undefined`. */
	#setupPage(remoteAddress: string | undefined): string | undefined {
		const address = this.network.portal(remoteAddress);
		return address && `${this.service.origin(address)}/setup`;
	}
}
