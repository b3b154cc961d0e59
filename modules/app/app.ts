/** The device's components, and how they are joined. */

import { Access } from "../auth/access.js";
import type { Configuration } from "../config/configuration.js";
import type { Network } from "../network/network.js";
import type { Host } from "../platform/host.js";
import { Broadcaster } from "../sse/broadcaster.js";
import { HTTPService } from "./http-service.js";
import { connect, SavedCredentials } from "./network.js";
import { Readings, StreamListener } from "./readings.js";
import { heartbeatMs, Report } from "./report.js";
import { routes } from "./routes.js";
import { Sensors } from "./sensors.js";
import { SettingsChanger } from "./settings-changer.js";
import { version } from "./version.js";

export interface AppOptions {
	host: Host;
	configuration: Configuration;
	/** In a replay: the order in which the sensors are read, as of `SamplerOptions`. */
	sequence?: readonly number[] | undefined;
}

/** Samples, and serves the readings. */
export class App {
	readonly host: Host;
	readonly configuration: Configuration;
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
	constructor({ host, configuration, sequence }: AppOptions) {
		const { clock, text, random } = host;
		const { settings } = configuration;
		const { maxConnections, maxStreams, hosts, origins, headerMs, bodyMs, idleMs, progressMs } = settings;
		this.host = host;
		this.configuration = configuration;
		this.bootId = random().toString(16).padStart(8, "0");
		this.report = new Report(this);
		this.changer = new SettingsChanger(this);
		this.broadcaster = new Broadcaster({
			clock,
			text,
			boot: this.bootId,
			hello: () => this.report.hello(),
			limit: maxStreams,
			heartbeatMs,
			progressMs,
		});
		this.readings = new Readings();
		this.sensors = new Sensors({ host, settings, sequence, readings: this.readings });
		this.readings.add(this.sensors);
		this.readings.add(new StreamListener(this.broadcaster));
		this.access = new Access({
			clock,
			text,
			random,
			password: () => configuration.settings.adminPassword,
			private: () => configuration.settings.private,
			isGuest: address => this.network.setup?.isGuest(address) ?? false,
		});
		this.service = new HTTPService({
			host,
			identity: settings,
			server: {
				...{ maxConnections, hosts, origins, headerMs, bodyMs, idleMs, progressMs },
				routes: routes(this),
				access: this.access,
				portal: address => this.#setupPage(address),
				onError: error => host.log(`a request failed: ${error}`),
			},
		});
		this.network = connect(host, settings, {
			version,
			store: new SavedCredentials(configuration),
			onHeld: () => this.changer.forgetPassword(),
			onUp: address => this.service.open(address),
		});
	}

	/** Frees everything; may be called twice. */
	close(): void {
		this.changer.close();
		this.sensors.close();
		this.broadcaster.close();
		this.network.close();
		this.service.close();
	}

	/** @returns The set-up page's URL for a guest of the access point; else `undefined`. */
	#setupPage(remoteAddress: string | undefined): string | undefined {
		const address = this.network.portal(remoteAddress);
		return address && `${this.service.origin(address)}/setup`;
	}
}
