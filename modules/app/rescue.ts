/** A device that reads no sensor: its network, the reason, and what can mend it. */

import type { DeviceSource, SensorReport } from "../api/device.js";
import type { Listing } from "../api/listing.js";
import type { DeviceHead } from "../api/schema.js";
import type { Access } from "../auth/access.js";
import type { Configuration } from "../config/configuration.js";
import type { Log } from "../log/log.js";
import type { Improv } from "../network/improv.js";
import type { Network } from "../network/network.js";
import type { Host } from "../platform/host.js";
import type { Probation } from "../update/probation.js";
import type { BootState } from "./boot-state.js";
import { deviceHead } from "./device-head.js";
import type { HTTPService } from "./http-service.js";
import { createImprov } from "./improv.js";
import { createAccess, createNetwork, createService } from "./reach.js";
import { rescueRoutes } from "./routes.js";
import { SettingsChanger } from "./settings-changer.js";
import { startProbation } from "./trial.js";
import { Updates } from "./updates.js";

export interface RescueOptions {
	host: Host;
	configuration: Configuration;
	log: Log;
	boot: BootState & { readonly reason: string };
}

export class Rescue implements DeviceSource {
	readonly host: Host;
	readonly configuration: Configuration;
	readonly log: Log;
	readonly boot: BootState;
	/** Names this run of the device. */
	readonly bootId: string;
	readonly changer: SettingsChanger;
	readonly access: Access;
	readonly service: HTTPService;
	readonly network: Network;
	readonly improv: Improv | undefined;
	/** Absent on a host that keeps no firmware in slots. */
	readonly updates: Updates | undefined;
	readonly probation: Probation | undefined;

	constructor({ host, configuration, log, boot }: RescueOptions) {
		this.host = host;
		this.configuration = configuration;
		this.log = log;
		this.boot = boot;
		this.bootId = host.random().toString(16).padStart(8, "0");
		this.changer = new SettingsChanger(this);
		this.access = createAccess(this);
		this.updates = host.update && new Updates(this, host.update);
		this.service = createService(this, rescueRoutes(this, boot.reason));
		this.network = createNetwork(this);
		this.improv = createImprov(this);
		this.probation = startProbation(this);
	}

	get report(): DeviceSource {
		return this;
	}

	device(): Listing<DeviceHead, SensorReport> {
		const head = () => deviceHead(this);
		return { head, length: 0, item: () => undefined as never };
	}

	/** Frees everything; may be called twice. */
	close(): void {
		this.probation?.close();
		this.updates?.close();
		this.changer.close();
		this.access.endSetup();
		this.improv?.close();
		this.network.close();
		this.service.close();
	}
}
