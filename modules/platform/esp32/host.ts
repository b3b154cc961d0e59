import { wifiNetwork } from "modules/platform/esp32/network";
import type { Platform, PulseCapture } from "modules/platform/types";
import { xsHost } from "modules/platform/xs/host";

/** Stands where the RMT receiver belongs. */
class PulseCaptureMissing implements PulseCapture {
	constructor() {
		throw new Error("this build has no pulse capture for the ESP32");
	}
	start(): void {}
	read(): undefined {}
	close(): void {}
}

const platform: Platform = {
	/** What sdkconfig/sdkconfig.defaults gives lwIP on every chip. */
	limits: { maxConnections: 16, sendBuffer: 5744, storage: 0 },
	createHost() {
		const host = xsHost();
		return {
			...host,
			name: "esp32",
			defaultPort: 80,
			network: wifiNetwork(host.clock, host.log),
			PulseCapture: PulseCaptureMissing,
		};
	},
};

export default platform;
