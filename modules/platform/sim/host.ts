import { simulatedCapture } from "modules/platform/simulated/capture";
import { simulatedSensors } from "modules/platform/simulated/room";
import type { Platform } from "modules/platform/types";
import { xsHost } from "modules/platform/xs/host";

const platform: Platform = {
	/** The SDK's desktop sockets take 1536 bytes at a time. */
	limits: { maxConnections: 16, sendBuffer: 1536, storage: 0 },
	createHost(sensors) {
		const host = xsHost();
		return {
			...host,
			name: "simulator",
			defaultPort: 8081,
			network: { start: (_credentials, onUp) => onUp("127.0.0.1"), close() {} },
			PulseCapture: simulatedCapture({ clock: host.clock, sensors: simulatedSensors(sensors, host.random) }),
		};
	},
};

export default platform;
