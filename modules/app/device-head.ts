/** The state of the device but for its sensors, as `/api/device` reports it. */

import type { DeviceHead } from "../api/schema.js";
import type { Configuration } from "../config/configuration.js";
import type { Network } from "../network/network.js";
import type { Host } from "../platform/host.js";
import type { Broadcaster } from "../sse/broadcaster.js";
import type { BootState } from "./boot-state.js";
import type { HTTPService } from "./http-service.js";
import type { MQTTService } from "./mqtt-service.js";

/** The components whose state is reported; each is looked up at the time of the report. */
export interface DeviceSources {
	readonly host: Host;
	readonly configuration: Configuration;
	readonly boot: BootState;
	/** Names this run of the device. */
	readonly bootId: string;
	/** These two are absent in rescue mode. */
	readonly broadcaster?: Broadcaster;
	readonly mqtt?: MQTTService;
	readonly service: HTTPService;
	readonly network: Network;
}

/** @returns The state as of now. */
export function deviceHead(sources: DeviceSources): DeviceHead {
	const { host, configuration, boot, bootId, broadcaster, mqtt, service, network } = sources;
	const { clock } = host;
	const { server } = service;
	return {
		name: configuration.settings.name,
		version: host.version,
		host: host.name,
		uptimeMs: clock.ticks,
		heapFree: host.heapFree() ?? null,
		heapLeast: host.heapLeast?.() ?? null,
		heapLargestBlock: host.heapLargestBlock?.() ?? null,
		signalDbm: network.signalDbm,
		counters: {
			connectionsOpen: server?.connections ?? 0,
			...server?.counters,
			streamsOpen: broadcaster?.streams ?? 0,
			...broadcaster?.counters,
		},
		chip: configuration.chip ?? null,
		boot: bootId,
		mode: boot.mode,
		modeReason: boot.reason,
		rolledBack: boot.record.values.rolledBack,
		leftOut: configuration.leftOut,
		time: clock.time === undefined ? null : new Date(clock.time).toISOString(),
		clock: network.time,
		network: network.state,
		mqtt: mqtt?.state ?? null,
		start: host.bootInfo ?? null,
	};
}
