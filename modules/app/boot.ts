/** Boots a device that nobody sits in front of: a wrong configuration is explained by a page. */

import { errorPage } from "../api/error-page.js";
import { Configuration } from "../config/configuration.js";
import { ownConfig, readSettings } from "../config/settings.js";
import { Log } from "../log/log.js";
import type { Host, Platform } from "../platform/host.js";
import { App } from "./app.js";
import { HTTPService } from "./http-service.js";
import { connect, type NetworkIdentity } from "./network.js";

/** A running device. */
export interface Device {
	/** Frees everything; may be called twice. */
	close(): void;
}

/** @param config As of `mc/config`. */
export function boot(platform: Platform, config: object): Device {
	const own = ownConfig(config);
	let host: Host | undefined;
	try {
		const { limits } = platform;
		host = platform.createHost(readSettings(own, limits).sensors);
		const { storage, text } = host;
		const log = new Log(host);
		const options = { config: own, limits, storage, text, log: log.from("settings") };
		return new App({ host, log, configuration: new Configuration(options) });
	} catch (error) {
		const { ssid, password } = own as NetworkIdentity;
		return explain(host ?? platform.createHost([]), { ssid, password }, (error as Error).message);
	}
}

/** Serves `message` at every path: the reason why the device does not work. */
function explain(host: Host, identity: NetworkIdentity, message: string): Device {
	const log = new Log(host);
	log.from("settings")(message, "error");
	const page = errorPage(host.text, message);
	const service = new HTTPService({
		host,
		identity,
		log: log.from("server"),
		server: { routes: { get: () => page } },
	});
	const network = connect(host, identity, {
		version: host.version,
		log: log.from("network"),
		onUp: address => service.open(address),
	});
	return {
		close() {
			network.close();
			service.close();
		},
	};
}
